"""What changes something runs on a press, and on nothing else: a button that appears is nobody's act."""

from __future__ import annotations

import pytest

from services.site.people.roles import Role
from services.web.access.gate import CALLBACKS as ADDRESS
from services.web.access.gate import PRESSES
from services.web.access.table import CALLBACKS
from tests.releases.tiny import make_tiny_release
from tests.web.people import READING, body_of, guarded, pressed_body


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    models = tmp_path_factory.mktemp("tiny")
    make_tiny_release(models)
    return guarded(models, tmp_path_factory.mktemp("state"))


def changing(site):
    """Callbacks that change something."""
    return {
        key: entry
        for key, entry in site.app.callback_map.items()
        if "callback" in entry and CALLBACKS[entry["callback"].__module__] not in READING
    }


def test_every_callback_that_changes_something_answers_presses_alone(site):
    found = changing(site)
    assert {entry["callback"].__name__ for entry in found.values()} >= {"on_save", "on_switch", "on_note"}
    for key, entry in found.items():
        assert {each["property"] for each in entry["inputs"]} <= set(PRESSES), key


@pytest.mark.parametrize("clicks", [None, 0])
@pytest.mark.parametrize("role", Role)
def test_a_button_that_appears_runs_nothing_and_is_no_row_of_the_log(site, role, clicks):
    client = site.signed_in(role)
    before = site.audit.listed(who=role.value)
    for key, entry in changing(site).items():
        for body in (body_of(key, entry), pressed_body(key, entry)):
            for each in body["inputs"]:
                for part in each if isinstance(each, list) else [each]:
                    part["value"] = clicks
            answer = client.post(ADDRESS, json=body)
            assert (answer.status_code, answer.data) == (204, b""), key
    assert site.audit.listed(who=role.value) == before


def test_a_press_without_the_role_is_refused_and_logged_whatever_else_the_body_says(site):
    viewer = site.signed_in(Role.VIEWER)
    for key, entry in changing(site).items():
        for changed in ([], pressed_body(key, entry)["changedPropIds"]):
            before = len(site.audit.listed(what="refused"))
            answer = viewer.post(ADDRESS, json=pressed_body(key, entry) | {"changedPropIds": changed})
            assert answer.status_code == 403, key
            assert len(site.audit.listed(what="refused", most=10_000)) == before + 1, key


@pytest.mark.parametrize("forged", [True, -1, 0.5, "1", [1], {"x": 1}])
def test_a_press_that_no_page_counts_is_400(site, forged):
    for key, entry in changing(site).items():
        body = pressed_body(key, entry)
        for each in body["inputs"]:
            (each[0] if isinstance(each, list) else each)["value"] = forged
        assert site.signed_in(Role.ADMIN).post(ADDRESS, json=body).status_code == 400, key
