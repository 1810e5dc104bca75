"""A request's id: the proxy's or a new one, in the answer, the log and, by number, in the audit log."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from werkzeug.test import Client

from app import create_app
from services.site.people.accounts import Accounts
from services.site.people.audit import Audit, What
from services.site.people.roles import Role
from services.site.requests import begin, end
from services.site.settings import Settings
from services.web.server.request_ids import HEADER, TRACED
from tests.web.conftest import RELEASE, named

KEY = "0123456789abcdef" * 4
PASSWORD = "four words and more"
OURS = re.compile(r"[0-9a-f]{32}")
GIVEN = "6f2a-request.of_the-proxy"
BEHIND = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "desk.example.com", "Host": "desk.example.com"}


def behind_a_proxy(folder):
    return Settings(state_dir=folder, secret_key=KEY, trusted_proxies=1, data_max_age_days=0)


@pytest.fixture(scope="module")
def hosted(tmp_path_factory):
    settings = behind_a_proxy(tmp_path_factory.mktemp("state"))
    services = named(settings, RELEASE)
    accounts = Accounts(services.state)
    accounts.add("ana", Role.VIEWER, PASSWORD)
    return SimpleNamespace(server=create_app(settings, services).server, state=services.state)


def asked(server, path, **how):
    """Ask, and return the answer and the request as the access log finds it."""
    environments = []

    def as_gunicorn(environ, start_response):
        environments.append(environ)  # what the access log is handed, too
        return server(environ, start_response)

    with Client(as_gunicorn).open(path, **how) as answer:
        answer.get_data()
    return answer, environments[0][TRACED]


def signed_in(server):
    client = server.test_client()
    form = {"name": "ana", "password": PASSWORD, "next": "/"}
    client.post("/sign-in", data=form, headers=BEHIND, base_url="https://desk.example.com")
    return client


def test_a_proxys_id_goes_from_its_header_to_the_answer_and_the_log(hosted):
    answer, traced = asked(hosted.server, "/healthz", headers={HEADER: GIVEN})
    assert (answer.headers.getlist(HEADER), traced.id) == ([GIVEN], GIVEN)


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with a blank", 'quote"quote', "ümläut-id"])
def test_what_has_not_the_form_of_an_id_is_replaced(hosted, given):
    answer, _traced = asked(hosted.server, "/healthz", headers={HEADER: given})
    assert OURS.fullmatch(answer.headers[HEADER])


def test_without_a_proxy_nobody_chooses_an_id_and_each_request_has_its_own(app):
    first, second = (asked(app.server, "/healthz", headers={HEADER: GIVEN})[0].headers[HEADER] for _ in "12")
    assert OURS.fullmatch(first)
    assert first != second


def test_an_answer_that_says_no_carries_the_id_beside_its_reference(hosted):
    answer, traced = asked(hosted.server, "/_dash-layout")
    assert answer.status_code == 401
    assert answer.headers[HEADER] == traced.id
    assert answer.headers["X-Reference"].startswith("SD-")


def test_what_a_request_wrote_into_the_audit_log_is_named_with_it(hosted):
    form = {"name": "ana", "password": "another one altogether", "next": "/"}
    _answer, traced = asked(
        hosted.server,
        "/sign-in",
        method="POST",
        data=form,
        headers=BEHIND | {HEADER: GIVEN},
        base_url="https://desk.example.com",
    )
    newest = Audit(hosted.state).listed(what=What.SIGN_IN)[0]
    assert (newest.who, newest.result) == ("ana", "failed")
    assert (traced.id, traced.rows) == (GIVEN, [newest.number])
    assert asked(hosted.server, "/healthz")[1].rows == []


def test_a_list_that_counts_on_names_its_one_row_each_time(hosted):
    log, numbers = Audit(hosted.state), []
    for _ in range(2):
        traced = begin("a-request")
        for _ in range(2):
            log.count_on("ana", What.LIST, "/?segment=Loyal", release="r", rows=50)
        numbers.append(traced.rows)
    end()
    assert numbers[0] == numbers[1] or len(numbers[0]) <= 2  # a minute may end in between
    assert {each.number for each in log.listed(what=What.LIST)} == {*numbers[0], *numbers[1]}


def test_whether_the_site_is_ready_is_all_that_a_stranger_learns(hosted, monkeypatch):
    assert hosted.server.test_client().get("/readyz").json == {"status": "ready"}
    broken = {"Authorization": "Bearer not-a-token"}
    assert hosted.server.test_client().get("/readyz", headers=broken).json == {"status": "ready"}
    told = signed_in(hosted.server).get("/readyz", headers=BEHIND, base_url="https://desk.example.com")
    assert told.json == {"status": "ready", "release": RELEASE.id}


def test_a_stranger_does_not_learn_why_it_is_not_ready(tmp_path):
    settings = behind_a_proxy(tmp_path)
    server = create_app(settings, named(settings, None)).server
    answer = server.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "not ready"})
