"""Commands, API and tabs tell the same of one release, to the digit that is shown."""

from __future__ import annotations

import pytest

from services.releases import read_current
from services.serving.release.loaded import Loaded
from services.site.people.roles import Role
from tests.truth.agreement import disagreements, told_everywhere
from tests.web.people import guarded


@pytest.fixture(scope="module")
def told(models, tmp_path_factory):
    client = guarded(models, tmp_path_factory.mktemp("state")).program(Role.ADMIN)
    return list(told_everywhere(Loaded(models, read_current(models)), models, client))


@pytest.mark.slow
def test_a_figure_is_the_same_in_commands_api_and_tabs(told):
    assert disagreements(told) == []
    places = {where for _, where, _ in told}
    assert {
        "releases",
        "train",
        "API customers",
        "API segments",
        "Segments",
        "Data",
        "Clusters",
        "churn",
        "segments",
    } <= places


@pytest.mark.slow
def test_a_figure_that_one_place_tells_otherwise_is_found(told):
    what, where, value = next(each for each in told if each[1] == "Clusters" and "revenue" in each[0])
    other = [(what, where, "£1") if each == (what, where, value) else each for each in told]
    assert [line.split(":")[0] for line in disagreements(other)] == [what]
