"""The tools are the API's reading operations: the same for each role, the same bodies and sentences."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from services.releases import read_current
from services.site.alerts.served import Served
from services.site.people.roles import Role
from services.web.access.table import OPEN, ROUTES
from services.web.api.asked import MOST_PREDICTIONS
from services.web.api.document import OPERATIONS, Operation
from services.web.assistants.tools import TOOLS
from tests.releases.tiny import IDS
from tests.web.assistants.sending import ask, asked, called
from tests.web.people import guarded

EXAMPLES = int(os.environ.get("FUZZED", "150"))
VALUES = {"recency": 30, "frequency": 2, "monetary": 100.5}
PREDICT = next(each for each in OPERATIONS if each.name == "predict")


@pytest.fixture(scope="module")
def listed(program):
    return {each["name"]: each for each in ask(program, "tools/list")["result"]["tools"]}


def query_of(arguments):
    """Write arguments as an address has them, by hand."""
    return urlencode(arguments, doseq=True)


@pytest.mark.parametrize("role", Role)
def test_f2_a_role_is_told_of_the_operations_that_it_may_ask_and_of_no_other(site, role):
    told = [each["name"] for each in ask(site.program(role), "tools/list")["result"]["tools"]]
    wanted = [
        each.name
        for each in OPERATIONS
        if ROUTES[each.rule] != OPEN and each.name != "openapi" and role.may(ROUTES[each.rule])
    ]
    assert told == wanted


def test_an_operation_that_changes_something_is_no_tool_though_it_is_added_to_the_table():
    assert PREDICT.reads
    assert not replace(PREDICT, only_reads=False).reads
    assert Operation("/api/v1/new", "new", "New.", None).reads
    assert set(TOOLS) <= {each.name for each in OPERATIONS if each.reads}


def test_every_tool_says_what_the_apis_document_says(program, listed):
    document = program.get("/api/v1/openapi.json").json
    described = {
        told["operationId"]: told for methods in document["paths"].values() for told in methods.values()
    }
    for name, tool in listed.items():
        schema, told = tool["inputSchema"], described[name]
        Draft202012Validator.check_schema(schema)
        assert "$ref" not in json.dumps(schema)
        assert tool["description"] == told["summary"]
        assert tool["annotations"] == {"readOnlyHint": True, "openWorldHint": False}
        assert schema["additionalProperties"] is False
        takes = {
            each["name"]: each["schema"] | {"description": each["description"]} for each in told["parameters"]
        }
        assert {key: value for key, value in schema["properties"].items() if key != "body"} == takes
        assert ("body" in schema["properties"]) == ("requestBody" in told)
        for each in schema["properties"].values():
            assert "default" not in each or Draft202012Validator(each).is_valid(each["default"])


ASKED = [
    ("releases", {}),
    ("segments", {}),
    ("cohorts", {"every": "quarter"}),
    ("campaigns", {"state": "draft"}),
    ("customers", {"limit": 4}),
    ("customers", {"segment": ["recent", "distant"], "m_min": 20.5, "sort": "recency:asc"}),
    ("customers", {"limit": 10, "offset": 35}),
    ("rules", {"item": ["cake", "heart"], "unpruned": True}),
    ("rules", {"min_lift": 0.00001, "unpruned": False}),
]


@pytest.mark.parametrize(("name", "arguments"), ASKED)
def test_a_tools_answer_is_the_apis_to_the_letter(program, listed, name, arguments):
    Draft202012Validator(listed[name]["inputSchema"]).validate(arguments)
    written = {
        key: f"{value:f}"
        if isinstance(value, float)
        else str(value).lower()
        if value in (True, False)
        else value
        for key, value in arguments.items()
    }
    answer = program.get(f"/api/v1/{name}?{query_of(written)}")
    assert answer.status_code == 200, answer.text
    failed, texts = called(program, name, arguments)
    assert (failed, texts[-1]) == (False, answer.text)


@pytest.mark.parametrize("customer", [*IDS, " 12346.0 "])
def test_a_customer_is_told_by_any_id(program, models, customer):
    failed, (note, body) = called(program, "customer", {"id": customer})
    assert (failed, note) == (False, f"From release {read_current(models)}.")
    assert body == program.get(f"/api/v1/customers/{quote(customer, safe='')}").text


def test_an_id_may_come_as_a_number(program):
    assert called(program, "customer", {"id": 12346}) == called(program, "customer", {"id": "12346"})


def test_a_prediction_takes_one_object_or_a_list(program):
    for body in (VALUES, [VALUES, VALUES], []):
        failed, texts = called(program, "predict", {"body": body})
        assert (failed, texts[-1]) == (False, program.post("/api/v1/predict", json=body).text)


def test_a_page_says_how_many_there_are_and_how_to_go_on_with_the_same_release(program, models):
    release = read_current(models)
    _, (note, _) = called(program, "customers", {"limit": 15, "offset": 15})
    assert note == (
        f"From release {release}. 40 in all. "
        f"For the next ones, ask the same with offset 30 and release {release}."
    )
    _, (note, last) = called(program, "customers", {"limit": 15, "offset": 30, "release": release})
    assert (note, len(json.loads(last))) == (f"From release {release}. 40 in all.", 10)


REFUSED = [
    ("segments", {"release": "newest"}),
    ("segments", {"segment": "recent"}),
    ("customers", {"segment": ["__class__"]}),
    ("customers", {"segment": None}),
    ("customers", {"segment": {"id": "recent"}}),
    ("customers", {"segmnt": "recent"}),
    ("customers", {"limit": 0}),
    ("customers", {"limit": True}),
    ("customers", {"limit": [1, 2]}),
    ("customers", {"limit": 10**4_000}),
    ("customers", {"r_max": float("nan")}),
    ("customers", {"r_max": "1e5"}),
    ("customers", {"attribute": ["Tier:Gold"]}),
    ("rules", {"unpruned": "maybe"}),
    ("rules", {"min_confidence": 1.1}),
    ("customer", {"id": "nobody"}),
    ("customer", {"id": "x/../segments"}),
    ("customer", {"id": "12346", "x": 1}),
    ("predict", {"body": VALUES | {"frequency": 0}}),
    ("predict", {"body": [VALUES, []]}),
    ("predict", {"body": "VALUES"}),
    ("predict", {"body": [1] * (MOST_PREDICTIONS + 1)}),
    ("predict", {}),
]


@pytest.mark.parametrize(("name", "arguments"), REFUSED)
def test_what_the_api_refuses_is_an_error_of_the_tool_with_its_sentence(program, name, arguments):
    failed, (sentence,) = called(program, name, arguments)
    assert failed
    detail, _, reference = sentence.rpartition(" Reference: ")
    assert reference.startswith("SD-")
    assert detail.endswith(".")
    assert "Something went wrong" not in detail


def test_a_refusal_names_the_argument_at_fault(program):
    _, (sentence,) = called(program, "predict", {"body": [VALUES, VALUES | {"frequency": 0}]})
    assert " Argument: [1].frequency. Reference: " in sentence
    detail = program.get("/api/v1/customers?limit=0").json["detail"]
    assert called(program, "customers", {"limit": 0})[1][0].startswith(f"{detail} Argument: limit. ")


def test_without_an_id_there_is_nothing_to_ask(program):
    for arguments in ({}, {"id": ""}, {"id": None}):
        assert called(program, "customer", arguments) == (
            True,
            ["id takes the ID of a customer, in any spelling."],
        )


def test_what_is_done_once_the_apis_answer_is_sent_is_not_waited_for(program, monkeypatch):
    kept = []
    monkeypatch.setattr(Served, "due", True)
    monkeypatch.setattr(Served, "keep", lambda served: kept.append(served))
    message = asked("tools/call", {"name": "segments", "arguments": {}})
    with program.post("/mcp", json=message) as answer:
        assert (answer.status_code, kept) == (200, [])
    assert len(kept) == 2  # of the tool's address and of the API's


def test_without_a_release_a_tool_says_what_the_api_says(tmp_path):
    program = guarded(tmp_path / "models", tmp_path / "state", mcp=True).program(Role.ADMIN)
    failed, (sentence,) = called(program, "segments")
    assert failed
    assert sentence.startswith(program.get("/api/v1/segments").json["detail"])


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=5,
)
NAMES = st.sampled_from(["id", "body", "release", "limit", "segment", "r_max", "item", "unpruned", "every"])


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(TOOLS)), arguments=st.dictionaries(NAMES, ANYTHING, max_size=4))
def test_no_arguments_are_an_error_of_ours(program, name, arguments):
    logging.disable(logging.CRITICAL)
    failed, texts = called(program, name, arguments)
    assert texts[0]
    assert not (failed and "Something went wrong" in texts[0]), arguments


@pytest.fixture(autouse=True)
def heard_again():
    yield
    logging.disable(logging.NOTSET)
