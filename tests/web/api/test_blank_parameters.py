"""A parameter without a value is refused by every address of the API, and so is one that is given twice."""

from __future__ import annotations

from typing import get_origin

import pytest

from services.site.people.roles import Role
from services.web.api.document import OPERATIONS
from tests.releases.tiny import make_tiny_release
from tests.web.people import guarded

GIVEN = [(each, name) for each in OPERATIONS for name in each.query.model_fields]


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models)
    return guarded(models, tmp_path_factory.mktemp("state")).program(Role.ADMIN)


def asked(program, operation, query):
    path = operation.path.replace("{id}", "12346")
    return program.open(f"{path}?{query}", method=operation.method.upper())


@pytest.mark.parametrize(("operation", "name"), GIVEN, ids=lambda value: getattr(value, "name", value))
def test_a_blank_value_is_refused_and_named(program, operation, name):
    answer = asked(program, operation, f"{name}=")
    assert (answer.status_code, answer.json["field"]) == (400, name)
    assert answer.json["detail"] == f"{name} has no value. Give it one, or remove it from the address."


@pytest.mark.parametrize(("operation", "name"), GIVEN, ids=lambda value: getattr(value, "name", value))
def test_a_single_value_given_twice_is_refused_and_named(program, operation, name):
    answer = asked(program, operation, f"{name}=1&{name}=1")
    if get_origin(operation.query.model_fields[name].annotation) is list:
        assert "2 times" not in answer.text
    else:
        assert answer.json["detail"] == f"{name} is given 2 times. Give it once."
