"""The OpenAPI document describes every address of the API, and every answer is what it says."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from services.site.people.roles import Role, who_may
from services.web.access.table import OPEN, ROUTES
from tests.releases.tiny import make_tiny_release
from tests.web.people import guarded

VALUES = {"recency": 30, "frequency": 2, "monetary": 100.5}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models)
    return guarded(models, tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="module")
def program(site):
    return site.program(Role.ADMIN)


@pytest.fixture(scope="module")
def document(program):
    return program.get("/api/v1/openapi.json").json


def validator(document, schema):
    return Draft202012Validator({**schema, "components": document["components"]})


def described(document):
    return {
        (path, method): told
        for path, methods in document["paths"].items()
        for method, told in methods.items()
    }


def parts(value):
    """Walk every object of the document."""
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from parts(each)
    elif isinstance(value, list):
        for each in value:
            yield from parts(each)


def test_every_route_and_method_of_the_api_is_described(site, document):
    routes = {
        (rule.rule.replace("<customer_id:id>", "{id}"), method.lower())
        for rule in site.app.server.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert set(described(document)) == routes


def test_the_document_is_sound_in_itself(document):
    assert document["openapi"] == "3.1.0"
    named = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert {part["$ref"] for part in parts(document) if "$ref" in part} == named
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    told = described(document)
    assert len({each["operationId"] for each in told.values()}) == len(told)
    for (path, _), each in told.items():
        names = [(parameter["in"], parameter["name"]) for parameter in each["parameters"]]
        assert len(set(names)) == len(names)
        assert ("path", "id") in names or "{" not in path
        for parameter in each["parameters"]:
            Draft202012Validator.check_schema(parameter["schema"])


def test_the_document_says_which_role_each_address_needs(document):
    for (path, _), each in described(document).items():
        needed = ROUTES[path.replace("{id}", "<customer_id:id>")]
        assert (each.get("security") == []) == (needed == OPEN)
        assert needed == OPEN or f"{needed}: {who_may(needed, older=True)}." in each["description"]


ASKED = [
    ("/api/v1/health", "/api/v1/health", None),
    ("/api/v1/releases", "/api/v1/releases", None),
    ("/api/v1/segments", "/api/v1/segments", None),
    ("/api/v1/cohorts", "/api/v1/cohorts?every=quarter", None),
    ("/api/v1/customers/{id}", "/api/v1/customers/00123", None),
    ("/api/v1/customers", "/api/v1/customers?limit=4", None),
    ("/api/v1/rules", "/api/v1/rules?unpruned=1", None),
    ("/api/v1/predict", "/api/v1/predict", VALUES),
    ("/api/v1/predict", "/api/v1/predict", [VALUES, VALUES]),
]


@pytest.mark.parametrize(("described_as", "path", "body"), ASKED)
def test_every_answer_is_what_the_document_says_and_holds_nothing_else(
    program, document, described_as, path, body
):
    method = "post" if body else "get"
    answer = program.open(path, method=method.upper(), json=body)
    told = described(document)[described_as, method]["responses"]["200"]
    schema = told["content"]["application/json"]["schema"]
    validator(document, schema).validate(answer.json)
    assert set(told.get("headers", {})) - {"Link"} == {
        name for name in ("X-Release", "X-Total-Count") if name in answer.headers
    } - ({"X-Release"} if "health" in path else set())
    entry = answer.json[0] if isinstance(answer.json, list) else answer.json
    of = schema.get("anyOf", [schema])[0]
    name = (of.get("items") or of)["$ref"].rpartition("/")[2]
    assert set(entry) == set(document["components"]["schemas"][name]["properties"])


def test_every_refusal_is_a_problem_of_a_status_that_the_document_names(site, program, document):
    viewer, nobody = site.program(Role.VIEWER), site.visitor()
    for described_as, status, answer in [
        ("/api/v1/customers/{id}", 404, program.get("/api/v1/customers/nobody")),
        ("/api/v1/customers", 400, program.get("/api/v1/customers?segment=x")),
        ("/api/v1/customers", 401, nobody.get("/api/v1/customers")),
        ("/api/v1/customers", 403, viewer.get("/api/v1/customers")),
    ]:
        assert answer.status_code == status
        schema = described(document)[described_as, "get"]["responses"][str(status)]["content"][
            answer.mimetype
        ]
        validator(document, schema["schema"]).validate(answer.json)


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        (VALUES, True),
        ([VALUES], True),
        ([], True),
        (VALUES | {"frequency": 0}, False),
        (7, False),
        ({}, False),
    ],
)
def test_what_the_document_takes_is_what_the_site_takes(program, document, body, fits):
    content = described(document)["/api/v1/predict", "post"]["requestBody"]["content"]["application/json"]
    assert validator(document, content["schema"]).is_valid(body) == fits
    sent = program.post("/api/v1/predict", data=json.dumps(body), content_type="application/json")
    assert (sent.status_code == 200) == fits


@pytest.mark.parametrize("name", ["recency", "frequency", "monetary", "median_monetary"])
def test_figures_of_a_segment_in_which_nobody_is_may_be_null(document, name):
    described = document["components"]["schemas"]["Segment"]["properties"][name]
    assert {"type": "null"} in described["anyOf"]
