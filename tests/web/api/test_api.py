"""The HTTP API answers as the command line does, refuses in problem+json, and tells the log who asked."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from app import create_app
from services.cli import main
from services.desk import load_services
from services.releases import activate
from services.site.people.audit import Audit
from services.site.people.roles import Role
from services.site.settings import Settings
from services.site.state import StateUnusable
from services.web.api.asked import MOST_BYTES, MOST_PREDICTIONS
from services.web.server.access_log import JsonLogger
from tests.releases.tiny import IDS, make_tiny_release
from tests.web.people import guarded

VALUES = {"recency": 30, "frequency": 2, "monetary": 100.5}
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models, 40)
    return models


@pytest.fixture(scope="module")
def site(folder, tmp_path_factory):
    return guarded(folder, tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def program(site):
    return site.program(Role.EXPORTER)


def printed(folder, *words):
    ran = CliRunner().invoke(main, [*map(str, words), "--models", str(folder), "--json"])
    assert ran.exit_code == 0, ran.stderr
    return ran.stdout_bytes


def pages(program, path):
    """Follow the links to the next page; gives the answers."""
    while path:
        answer = program.get(path)
        assert answer.status_code == 200, answer.text
        yield answer
        found = re.fullmatch(r'<(.*)>; rel="next"', answer.headers.get("Link", ""))
        path = found and found.group(1)


@pytest.mark.parametrize("customer", [*IDS, " 12346.0 "])
def test_a_customer_is_told_as_the_command_tells_it(program, folder, customer):
    answer = program.get(f"/api/v1/customers/{quote(customer, safe='')}")
    assert (answer.status_code, answer.data) == (200, printed(folder, "customer", customer))


def test_a_prediction_is_told_as_the_command_tells_it(program, folder):
    words = [word for axis, value in VALUES.items() for word in (f"--{axis}", value)]
    assert program.post("/api/v1/predict", json=VALUES).data == printed(folder, "predict", *words)


def test_releases_are_told_as_the_command_tells_them(program, folder):
    assert program.get("/api/v1/releases").data == printed(folder, "releases")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ()),
        ("limit=1", ("--limit", 1)),
        ("item=cake&min_lift=0.5&unpruned=1", ("--item", "cake", "--min-lift", 0.5, "--unpruned")),
        ("min_confidence=0.7&min_support=0.02", ("--min-confidence", 0.7, "--min-support", 0.02)),
    ],
)
def test_rules_are_told_as_the_command_tells_them(program, folder, query, words):
    assert program.get(f"/api/v1/rules?{query}").data == printed(folder, "rules", *words)


def test_a_rule_holds_every_item_asked_for(program):
    both = program.get("/api/v1/rules?item=cake&item=heart&unpruned=1")
    assert len(both.json) == 2
    assert program.get("/api/v1/rules?item=cake&item=nothing").json == []


def test_many_predictions_are_those_of_each(program):
    rows = [VALUES, VALUES | {"recency": 400}, VALUES | {"monetary": 0}]
    each = [program.post("/api/v1/predict", json=row).json for row in rows]
    assert program.post("/api/v1/predict", json=rows).json == each
    assert program.post("/api/v1/predict", json=[]).json == []


def test_pages_hold_every_customer_of_the_filter_once_in_order_and_as_each_is_told_alone(program):
    sent = list(pages(program, "/api/v1/customers?segment=recent&segment=distant&sort=recency:asc&limit=7"))
    found = [customer for answer in sent for customer in answer.json]
    assert [len(answer.json) for answer in sent] == [7, 7, 7, 7, 7, 5]
    assert {answer.headers["X-Total-Count"] for answer in sent} == {"40"}
    order = [(each["recency"], each["customer_id"].encode()) for each in found]
    assert order == sorted(set(order))
    for told in found[:5]:
        address = f"/api/v1/customers/{quote(told['customer_id'], safe='')}"
        assert program.get(address).json == told


def test_filters_narrow_the_customers(program):
    everybody = program.get("/api/v1/customers?limit=1000").json
    within = program.get("/api/v1/customers?r_max=200&f_min=2&cluster=c2&limit=1000").json
    fits = [
        each["customer_id"]
        for each in everybody
        if each["recency"] <= 200 and each["frequency"] >= 2 and each["cluster"]["id"] == "c2"
    ]
    assert 0 < len(fits) < len(everybody)
    assert [each["customer_id"] for each in within] == fits
    nobody = program.get("/api/v1/customers?r_min=5&r_max=1")
    assert (nobody.json, nobody.headers["X-Total-Count"]) == ([], "0")


def test_segments_count_every_customer(program):
    segments = program.get("/api/v1/segments").json
    assert [(each["id"], each["name"]) for each in segments] == [("recent", "Recent"), ("distant", "Distant")]
    for each in segments:
        of_it = program.get(f"/api/v1/customers?segment={each['id']}&limit=1000").json
        assert {customer["segment"] for customer in of_it} == {each["name"]}
        assert len(of_it) == each["customers"]
        assert sum(customer["monetary"] for customer in of_it) == pytest.approx(each["revenue"])


def test_d9_pages_stay_with_the_release_they_began_with(tmp_path):
    models = tmp_path / "models"
    before = make_tiny_release(models, 12)
    after = make_tiny_release(models, 9, made_at=datetime(2026, 11, 22, tzinfo=UTC), active=False)
    program = guarded(models, tmp_path / "state").program(Role.ADMIN)
    following = pages(program, "/api/v1/customers?limit=5")
    sent = [next(following)]
    activate(models, after)
    sent += following
    assert [answer.headers["X-Release"] for answer in sent] == [before] * 3
    assert sum(len(answer.json) for answer in sent) == 12
    named = program.get(f"/api/v1/customers?release={after}")
    assert (named.headers["X-Release"], len(named.json)) == (after, 9)


ODD_NUMBERS = ["1_0", "1e1", "inf", "0x10", "1,5", "1.000,5", "\u0661", "\uff11", "1 0", "x", ""]


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/api/v1/customers/nobody", 404, "id"),
        ("/api/v1/customers/" + "x" * 5_000, 404, "id"),
        ("/api/v1/customers/%00%ff%2e%2e%2f", 404, "id"),
        ("/api/v1/customers/%0A", 404, "id"),
        ("/api/v1/customers/12346?x=1", 400, "x"),
        ("/api/v1/segments?release=newest", 404, "release"),
        ("/api/v1/segments?release=20200101T000000Z-abcdef", 404, "release"),
        ("/api/v1/customers?segmnt=recent", 400, "segmnt"),
        ("/api/v1/customers?segment=__class__", 400, "segment"),
        ("/api/v1/customers?cluster=99", 400, "cluster"),
        ("/api/v1/customers?country=", 400, "country"),
        ("/api/v1/customers?r_max=nan", 400, "r_max"),
        ("/api/v1/customers?m_min=1,5", 400, "m_min"),
        ("/api/v1/customers?m_min=1&m_min=2", 400, "m_min"),
        *((f"/api/v1/customers?m_min={quote(odd)}", 400, "m_min") for odd in ODD_NUMBERS),
        *((f"/api/v1/rules?min_lift={quote(odd)}", 400, "min_lift") for odd in ODD_NUMBERS),
        *((f"/api/v1/rules?limit={quote(odd)}", 400, "limit") for odd in [*ODD_NUMBERS, "1.0"]),
        ("/api/v1/customers?limit=0", 400, "limit"),
        ("/api/v1/customers?limit=1001", 400, "limit"),
        ("/api/v1/customers?offset=-1", 400, "offset"),
        ("/api/v1/customers?offset=" + "9" * 400, 400, "offset"),
        ("/api/v1/customers?sort=password:asc", 400, "sort"),
        ("/api/v1/customers?sort=monetary", 400, "sort"),
        ("/api/v1/rules?cluster=c99", 400, "cluster"),
        ("/api/v1/rules?cluster=c1&segment=recent", 400, "segment"),
        ("/api/v1/rules?min_support=0.000001", 400, "min_support"),
        ("/api/v1/rules?min_confidence=1.1", 400, "min_confidence"),
        ("/api/v1/rules?min_lift=inf", 400, "min_lift"),
        ("/api/v1/rules?unpruned=maybe", 400, "unpruned"),
        ("/api/v1/health?x=1", 400, "x"),
        ("/api/v1/nothing", 404, None),
        ("/api/v1/predict", 404, None),
    ],
)
def test_what_cannot_be_answered_is_a_problem_that_names_the_input(program, path, status, field):
    answer = program.get(path, headers={"Accept": "text/html"})
    told = answer.json
    assert (answer.status_code, answer.mimetype) == (status, PROBLEM), answer.text
    assert (told["status"], told.get("field"), told["ref"]) == (status, field, answer.headers["X-Reference"])
    assert re.search(r"[a-z].*\.$", told["detail"])


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (VALUES | {"frequency": 0}, 400, "frequency"),
        (VALUES | {"recency": True}, 400, "recency"),
        (VALUES | {"recency": 2.5}, 400, "recency"),
        (VALUES | {"monetary": "100"}, 400, "monetary"),
        (VALUES | {"monetary": None}, 400, "monetary"),
        (VALUES | {"monetary": 10**400}, 400, "monetary"),
        (VALUES | {"monetary": float("nan")}, 400, "monetary"),
        (VALUES | {"margin": 1}, 400, "margin"),
        ({"recency": 1, "frequency": 1}, 400, "monetary"),
        ([VALUES, VALUES | {"frequency": 0}], 400, "[1].frequency"),
        ([VALUES, []], 400, "[1]"),
        (7, 400, None),
        ([VALUES] * (MOST_PREDICTIONS + 1), 400, None),
        (b"", 400, None),
        (b"[" * 100_000, 400, None),
        (b"9" * 5_000, 400, None),
        (b'{"\\ud800": 1}', 400, None),
        (b"\xff", 400, None),
        (b" " * (MOST_BYTES + 1), 413, None),
    ],
)
def test_values_that_no_customer_has_are_refused_by_name(program, body, status, field):
    sent = body if isinstance(body, bytes) else json.dumps(body)
    answer = program.post("/api/v1/predict", data=sent, content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (status, PROBLEM), answer.text
    assert field is None or answer.json["field"] == field


def test_a_body_that_is_not_said_to_be_json_is_415(program):
    assert program.post("/api/v1/predict", data=json.dumps(VALUES)).status_code == 415


def test_g6_looking_up_a_person_by_token_is_one_row(site, folder):
    program = site.program(Role.VIEWER)
    release = program.get("/api/v1/customers/00123").headers["X-Release"]
    program.get("/api/v1/customers/nobody")
    rows = site.audit.listed(who="token:viewer", what="look-up")
    assert [(row.subject, row.release, row.result) for row in rows] == [
        ("nobody", "", "not found"),
        ("00123", release, "done"),
    ]


def test_the_servers_log_holds_no_id_of_a_customer(program, caplog):
    with caplog.at_level("INFO"):
        program.get("/api/v1/customers/nobody-42")
        logger = JsonLogger.__new__(JsonLogger)
        logger.access_log = logging.getLogger("access")
        asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/api/v1/customers/nobody-42"}
        logger.access(SimpleNamespace(status="404 NOT FOUND", status_code=404), None, asked, timedelta(0))
    paths = [record.path for record in caplog.records if hasattr(record, "path")]
    assert paths == ["/api/v1/customers/…"] * 2
    assert "nobody-42" not in caplog.text


def test_g6_a_page_of_customers_is_one_row_with_its_filter(site):
    answer = site.program(Role.EXPORTER).get("/api/v1/customers?segment=recent&limit=3")
    entry = site.audit.listed(what="export")[0]
    assert (entry.who, entry.subject) == ("token:exporter", "/api/v1/customers?segment=recent&limit=3")
    assert (entry.release, entry.rows) == (answer.headers["X-Release"], 3)


def test_g6_e8_customers_that_cannot_be_logged_are_not_given_out(program, monkeypatch):
    def fail(*_given, **_named):
        raise StateUnusable

    monkeypatch.setattr(Audit, "add", fail)
    answer = program.get("/api/v1/customers")
    assert (answer.status_code, answer.mimetype) == (503, PROBLEM)
    assert "cannot be logged" in answer.json["detail"]


def test_without_accounts_this_computer_needs_no_token_but_a_wrong_one_is_refused(folder, tmp_path):
    given = Settings(models_dir=folder, state_dir=tmp_path)
    client = create_app(given, load_services(given)).server.test_client()
    assert client.get("/api/v1/customers/00123").status_code == 200
    assert client.post("/api/v1/predict", json=VALUES).status_code == 200
    wrong = client.get("/api/v1/customers/00123", headers={"Authorization": "Bearer sdt_wrong"})
    assert wrong.status_code == 401
    assert client.get("/api/v1/customers/00123", headers={"Host": "desk.example"}).status_code == 403
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    assert client.get("/api/v1/customers/00123", headers=foreign).status_code == 403


def test_without_a_release_everything_says_so(tmp_path):
    given = Settings(models_dir=tmp_path / "models", state_dir=tmp_path)
    client = create_app(given, load_services(given)).server.test_client()
    health = client.get("/api/v1/health")
    assert (health.status_code, health.json["status"], health.json["release"]) == (503, "not ready", None)
    assert client.get("/api/v1/releases").json == []
    answers = [client.get(f"/api/v1/{path}") for path in ("segments", "customers", "customers/1", "rules")]
    answers.append(client.post("/api/v1/predict", json=VALUES))
    assert {(answer.status_code, answer.mimetype) for answer in answers} == {(503, PROBLEM)}
