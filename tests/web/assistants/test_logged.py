"""What assistants ask stands in the log as the same question to the API does; nothing unlogged is told."""

from __future__ import annotations

import pytest
from werkzeug.test import EnvironBuilder

from services.site.people.audit import Audit
from services.site.people.roles import Role
from services.site.state import StateUnusable
from services.web.server.request_ids import TRACED
from tests.web.assistants.sending import asked, called


def rows_of(site, role, most=50):
    rows = site.audit.listed(who=f"token:{role}", most=most)
    return [(each.what, each.subject, each.result, each.release, each.rows) for each in rows]


@pytest.mark.parametrize(
    ("name", "arguments", "address"),
    [
        ("customer", {"id": "00123"}, "/api/v1/customers/00123"),
        ("customer", {"id": "é/7"}, "/api/v1/customers/%C3%A9%2F7"),
        ("customer", {"id": "nobody"}, "/api/v1/customers/nobody"),
        (
            "customers",
            {"segment": ["recent"], "r_max": 300.0, "limit": 3},
            "/api/v1/customers?segment=recent&r_max=300&limit=3",
        ),
        ("customers", {"limit": 0}, "/api/v1/customers?limit=0"),
        ("segments", {}, "/api/v1/segments"),
    ],
)
def test_g6_the_log_has_the_same_rows_as_of_the_same_question_to_the_api(site, name, arguments, address):
    program, role = site.program(Role.MARKETER), Role.MARKETER
    before = len(rows_of(site, role, 10_000))
    program.get(address)
    by_the_api = len(rows_of(site, role, 10_000)) - before
    called(program, name, arguments)
    rows = rows_of(site, role, 10_000)
    assert len(rows) - before == 2 * by_the_api
    assert rows[:by_the_api] == rows[by_the_api : 2 * by_the_api]
    assert by_the_api == (1 if name.startswith("customer") and arguments != {"limit": 0} else 0)


def test_f2_a_tool_that_the_role_may_not_use_is_refused_as_by_the_api_and_logged(site):
    viewer = site.program(Role.VIEWER)
    detail = viewer.get("/api/v1/customers").json["detail"]
    before = len(rows_of(site, Role.VIEWER, 10_000))
    failed, (sentence,) = called(viewer, "customers")
    assert failed
    assert sentence.startswith(f"{detail} Reference: ")
    rows = rows_of(site, Role.VIEWER, 10_000)
    assert len(rows) == before + 1
    assert rows[0] == rows[1]
    assert rows[0][:2] == ("refused", "/api/v1/customers")


def test_the_rows_of_a_call_are_those_of_the_request_that_an_assistant_sent(site):
    shown = {"Authorization": f"Bearer {site.tokens[Role.EXPORTER]}"}
    message = asked("tools/call", {"name": "customer", "arguments": {"id": "NA"}})
    sent = EnvironBuilder("/mcp", method="POST", json=message, headers=shown).get_environ()
    told = []
    b"".join(site.app.server(sent, lambda _status, headers: told.extend(headers)))
    newest = site.audit.listed(who="token:exporter", what="look-up")[0]
    assert (newest.subject, sent[TRACED].rows) == ("NA", [newest.number])
    assert [value for name, value in told if name == "X-Request-Id"] == [sent[TRACED].id]


def test_g6_e8_customers_that_cannot_be_logged_are_not_told_to_an_assistant(program, monkeypatch):
    def fail(*_given, **_named):
        raise StateUnusable

    monkeypatch.setattr(Audit, "add", fail)
    failed, (sentence,) = called(program, "customers")
    assert failed
    assert "cannot be logged" in sentence


def test_the_servers_log_holds_no_id_that_an_assistant_asked_for(program, caplog):
    with caplog.at_level("INFO"):
        called(program, "customer", {"id": "nobody-42"})
    assert "nobody-42" not in caplog.text
    assert [record.path for record in caplog.records if hasattr(record, "path")] == ["/api/v1/customers/…"]
