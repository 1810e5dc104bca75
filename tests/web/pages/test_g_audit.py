"""Section G: what is taken away and who is looked up is logged, in rows that nobody can forge or remove."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import quote, unquote, urlencode

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from services.releases import read_current
from services.serving.release.loaded import Loaded
from services.site.people.audit import Audit, What
from services.site.people.roles import Action, Role
from services.site.state import State, StateUnusable
from services.web.access.gate import CALLBACKS as ADDRESS
from tests.cli.commands import run
from tests.web.people import body_of, guarded


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("state"))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("path", ["/export/customers.csv", "/export/rules.csv"])
def test_g3_only_who_may_export_does_and_others_are_logged(site, role, path):
    with site.signed_in(role).get(path) as answer:
        allowed = role.may(Action.EXPORT)
        assert answer.status_code == (200 if allowed else 403)
    newest = site.audit.listed(who=role.value)[0]
    assert newest.what == ("export" if allowed else "refused")


@pytest.mark.parametrize("role", Role)
def test_g3_the_buttons_are_hidden_from_who_may_not_export(site, role):
    layout = site.signed_in(role).get("/_dash-layout").json
    assert (layout["props"].get("className") == "sd-no-exports") == (not role.may(Action.EXPORT))


def test_g5_g6_an_export_is_one_row_with_filter_release_and_rows(site, models):
    with site.signed_in(Role.EXPORTER).get("/export/customers.csv?r_max=30&sort=monetary:desc") as answer:
        rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True))))
    entry = site.audit.listed(what="export")[0]
    assert (entry.who, entry.result) == ("exporter", "done")
    assert entry.subject == "/export/customers.csv?r_max=30&sort=monetary:desc"
    assert (entry.release, entry.rows) == (read_current(models), len(rows) - 1)


UNKNOWN = [
    ("/export/customers.csv", "x"),
    ("/export/customers.csv", "limit"),
    ("/export/customers.csv?cause=ordered", "segment"),
    ("/export/rules.csv", "x"),
    ("/export/bundles.csv", "country"),
    ("/export/bundle.csv", "x"),
    ("/export/cohorts.csv", "cell"),
    ("/export/audience.csv?audience=1", "x"),
    ("/export/audience.xlsx?audience=1", "segment"),
    ("/export/contacts.csv?audience=1&tool=meta", "column"),
    ("/export/preset.toml", "x"),
    ("/predict/rows", "x"),
    ("/churn/table/rows", "x"),
    ("/api/v1/customers", "x"),
    ("/api/v1/customers/12001", "x"),
    ("/api/v1/rules", "country"),
    ("/api/v1/segments", "x"),
    ("/api/v1/cohorts", "x"),
    ("/api/v1/campaigns", "x"),
    ("/api/v1/releases", "release"),
    ("/api/v1/health", "x"),
    ("/api/v1/openapi.json", "x"),
    ("/api/v1/predict", "x"),
]


@pytest.mark.parametrize(("address", "name"), UNKNOWN, ids=[f"{a.partition('?')[0]}-{n}" for a, n in UNKNOWN])
@pytest.mark.parametrize("value", ["a" * 300, ""])
def test_g6_a_parameter_that_is_none_is_refused_by_name_and_nothing_is_given_out(site, address, name, value):
    before = len(site.audit.listed(what="export", most=10_000))
    ask = site.program if address.startswith("/api/") else site.signed_in
    method = "POST" if "predict" in address or "/rows" in address else "GET"
    joined = f"{address}{'&' if '?' in address else '?'}{name}={value}"
    answer = ask(Role.ADMIN).open(joined, method=method, json={} if method == "POST" else None)
    assert answer.status_code == 400, answer.text
    assert f"“{name}”" in (answer.json.get("error") or answer.json["detail"])
    assert len(site.audit.listed(what="export", most=10_000)) == before


def test_g6_every_file_and_every_address_of_the_api_is_among_those(site):
    rules = {rule.rule for rule in site.app.server.url_map.iter_rules()}
    tried = {address.partition("?")[0].replace("12001", "<customer_id:id>") for address, _ in UNKNOWN}
    assert {rule for rule in rules if rule.startswith(("/export/", "/api/"))} <= tried


def test_g6_the_filters_are_logged_as_understood_and_whole(site, models):
    countries = [each.name for each in Loaded(models, read_current(models)).overview.countries]
    many = [("country", each) for each in countries]
    asked = [
        (
            [*many, *many, ("r_max", "300.0"), ("group", "cluster")],
            "/export/customers.csv?"
            + urlencode([*many, ("r_max", 300), ("sort", "monetary:desc")], safe=":"),
        ),
        (
            [("containing", "1&r_max=1"), ("m_min", "100.0"), ("sort", "recency:asc")],
            "/export/customers.csv?m_min=100&containing=1%26r_max%3D1&sort=recency:asc",
        ),
        (
            [("item", " tea "), ("min_lift", "1.50"), ("sort", "-lift")],
            "/export/rules.csv?item=tea&min_lift=1.5&sort=-lift",
        ),
        ([("held_up", "yes"), ("sort", "lift")], "/export/bundles.csv?held_up=yes"),
        (
            [*many[:2], ("limit", "5"), ("release", read_current(models))],
            "/api/v1/customers?" + urlencode(many[:2]) + "&limit=5",
        ),
    ]
    for query, subject in asked:
        address = subject.partition("?")[0]
        ask = site.program if address.startswith("/api/") else site.signed_in
        with ask(Role.EXPORTER).get(address, query_string=query) as answer:
            assert answer.status_code == 200, answer.text
        assert site.audit.listed(what="export")[0].subject == subject
    assert len(asked[0][1]) > 256


def test_g6_the_flow_of_a_file_is_logged_with_both_its_days(site):
    with site.signed_in(Role.EXPORTER).get("/export/customers.csv?cause=ordered") as answer:
        assert answer.status_code == 200
    subject = site.audit.listed(what="export")[0].subject
    assert re.fullmatch(
        r"/export/customers\.csv\?from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d&cause=ordered&sort=monetary:desc",
        subject,
    )


def test_g6_a_text_longer_than_any_id_is_in_none_and_does_not_swell_the_log(site):
    with site.signed_in(Role.EXPORTER).get(
        "/export/customers.csv?r_max=30&containing=" + "1" * 9_000
    ) as answer:
        assert answer.get_data().count(b"\r\n") == 1
    entry = site.audit.listed(what="export")[0]
    assert (entry.rows, unquote(entry.subject)) == (
        0,
        "/export/customers.csv?r_max=30&containing=" + "1" * 64 + "…&sort=monetary:desc",
    )


@pytest.mark.parametrize("path", ["/export/customers.csv", "/export/rules.csv"])
def test_g6_e8_an_export_that_cannot_be_logged_is_not_given_out(site, monkeypatch, path):
    client = site.signed_in(Role.EXPORTER)
    before = len(site.audit.listed(what="export"))

    def fail(*_given, **_named):
        raise StateUnusable

    monkeypatch.setattr(Audit, "add", fail)
    answer = client.get(path)
    assert (answer.status_code, set(answer.json)) == (503, {"error", "ref"})
    assert "cannot be logged" in answer.json["error"]
    assert "nosniff" in answer.headers["X-Content-Type-Options"]
    assert len(site.audit.listed(what="export")) == before


def asked(site, client, output, search, release):
    """Ask the callback with that output as the page of an address does."""
    key, entry = next(
        each for each in site.app.callback_map.items() if output in each[0] and "callback" in each[1]
    )
    body = body_of(key, entry)
    for each in body["inputs"] + body["state"]:
        if each["property"] == "search":
            each["value"] = search
        elif each["property"] == "data":
            each["value"] = (
                {"search": search, "by": None, "ask": 1} if each["id"] == "predict-asked-store"
                else None if each["id"] == "customers-kept-store" else release
            )  # fmt: skip
        elif each["property"] == "value":
            each["value"] = {"kind": "new", "method": "best"}[each["id"].split("-")[-2]]
    answer = client.post(ADDRESS, json=body)
    assert answer.status_code == 200, answer.text


HEAD, CARDS = "customers-page-div.hidden", "customers-months-graph.figure"
OFFERS, PREDICT = "customers-offers-finding.children@", "predict-data-store.data"


def test_g6_looking_up_people_is_a_row_each_with_the_id_alone_whatever_hides_it(site, models):
    client, release = site.signed_in(Role.ANALYST), read_current(models)
    pasted = quote("," * 300 + "12001.0 nobody" + ",12002" * 25)
    for output in (HEAD, CARDS):
        asked(site, client, output, f"?id={pasted}", release)
    rows = site.audit.listed(who="analyst", what="look-up")
    assert [(row.subject, row.release) for row in rows] == [
        ("nobody", release),
        ("12002", release),
        ("12001", release),
    ]


@pytest.mark.parametrize(
    ("output", "query"), [(HEAD, "id"), (CARDS, "id"), (OFFERS, "id"), (PREDICT, "customer")]
)
def test_g6_every_answer_about_a_customer_is_logged_once_a_minute(site, models, output, query):
    client, before = site.signed_in(Role.VIEWER), len(site.audit.listed(who="viewer", what="look-up"))
    customer = str(12_010 + len(output))
    for _ in range(2):
        asked(site, client, output, f"?{query}={customer}", read_current(models))
    rows = site.audit.listed(who="viewer", what="look-up")
    assert [row.subject for row in rows[: len(rows) - before]] == [customer]


@pytest.mark.parametrize("verb", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_g6_no_row_is_changed_or_removed_even_by_sql(tmp_path, verb):
    state = State(tmp_path)
    Audit(state).add("ana", What.LOOK_UP, "12347")
    with pytest.raises(StateUnusable) as fault, state.writing() as connection:
        connection.execute(text(verb))
    assert isinstance(fault.value.__cause__, DatabaseError)
    assert "can only grow" in str(fault.value.__cause__)
    assert [entry.who for entry in Audit(state).listed()] == ["ana"]
    state.close()


@pytest.mark.parametrize(
    "forged", ["12347\n2026-01-01 ana export", "a\r\nb", "\x1b[2J", "a\u2028b", "\u202eab", "\x00"]
)
def test_g6_no_field_breaks_a_line_or_hides_one(tmp_path, forged):
    state = State(tmp_path)
    Audit(state).add(forged, What.LOOK_UP, forged, release=forged, result=forged)
    entry = Audit(state).listed(subject=forged)[0]
    for field in (entry.who, entry.subject, entry.release, entry.result):
        assert field.isprintable()
        assert re.search(r"\\x[0-9a-f]{2}", field)
    state.close()


def test_g6_a_sign_in_name_cannot_forge_a_row(site):
    site.visitor().post("/sign-in", data={"name": "x\nadmin", "password": "wrong password"})
    assert site.audit.listed(what="sign-in")[0].who == "x\\x0aadmin"


def test_the_log_is_filtered_paged_and_escaped(site):
    for number in range(120):
        site.audit.add("robot", What.LOOK_UP, f"<b>{number}</b>")
    admin = site.signed_in(Role.ADMIN)
    first = admin.get("/audit?who=robot&what=look-up").text
    assert "&lt;b&gt;119&lt;/b&gt;" in first
    assert "<b>119" not in first
    assert ">Older</a>" in first
    assert ">Newer</a>" not in first
    last = admin.get("/audit?who=robot&page=3").text
    assert last.count("<tr>") == 1 + 20
    assert ">Older</a>" not in last
    assert "No row matches" in admin.get("/audit?who=robot&subject=nothing").text
    for odd in ("page=-1", "page=x", "page=99999999999", "what=__class__", "who=%00", "who=" + "x" * 5_000):
        assert admin.get(f"/audit?{odd}").status_code == 200


def test_the_command_prints_json_lines(tmp_path):
    state = State(tmp_path)
    Audit(state).add("ana", What.EXPORT, "/export/rules.csv", release="r", rows=3)
    state.close()
    lines = run("audit", "--who", "ana", STATE_DIR=str(tmp_path)).out.splitlines()
    entry = json.loads(lines[0])
    assert {name: entry[name] for name in ("who", "what", "subject", "rows")} == {
        "who": "ana",
        "what": "export",
        "subject": "/export/rules.csv",
        "rows": 3,
    }
