"""Saved views over the site: each role, and what no page sends."""

from __future__ import annotations

import pytest

from services.releases import read_current
from services.site.people.roles import Action, Role
from services.site.tabs import TABS
from services.site.views import Views
from tests.releases.tiny import make_tiny_release
from tests.web.people import guarded, sent

CALLBACK = "callbacks.shared.views.on_asked"


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder, 30)
    return folder


@pytest.fixture
def site(models, tmp_path):
    return guarded(models, tmp_path)


def press(site, role, what, name="", chosen=(), **view):
    asked = {"what": what, "search": "?segment=lost&x=1", "view": None, "seen": "", "press": 1, **view}
    values = {
        "segments-views-store.data": asked,
        "segments-views-name-input.value": name,
        "segments-views-new-input.value": name,
        "segments-views-checklist.value": list(chosen),
        "shell-release-store.data": None,
    }
    return sent(site, site.signed_in(role), CALLBACK, values)


@pytest.mark.parametrize("role", Role)
def test_every_role_saves_for_itself_and_for_the_team_who_may_save_campaigns(site, role):
    press(site, role, "save", "Mine")
    press(site, role, "save", "Ours", ["team"])
    shared = [view.shared for view in Views(site.state, role.value).listed()]
    assert shared == ([False, True] if role.may(Action.CAMPAIGNS) else [False])
    assert Views(site.state, role.value).listed()[0].query == "segment=lost"


def test_the_numbers_that_are_kept_are_those_of_a_release_that_there_is(site, models):
    press(site, Role.VIEWER, "save", "Now", ["pinned"])
    (view,) = Views(site.state, "viewer").listed()
    assert view.query == f"segment=lost&release={read_current(models)}"


def test_nobody_deletes_the_views_of_others_but_an_admin_those_of_the_team(site):
    press(site, Role.MARKETER, "save", "Mine")
    press(site, Role.MARKETER, "save", "Ours", ["team"])
    numbers = {view.name: view.id for view in Views(site.state, "marketer").listed()}
    for role in (Role.VIEWER, Role.ANALYST):
        for name, number in numbers.items():
            press(site, role, "delete", view=number, seen=name)
    press(site, Role.ADMIN, "delete", view=numbers["Mine"], seen="Mine")
    assert [view.name for view in Views(site.state, "marketer").listed()] == ["Mine", "Ours"]
    press(site, Role.ADMIN, "delete", view=numbers["Ours"], seen="Ours")
    assert [view.name for view in Views(site.state, "marketer").listed()] == ["Mine"]


def test_the_menu_stands_on_each_tab_whose_address_holds_filters(site):
    menus = {
        part["id"].removesuffix("-views-store")
        for entry in site.app.callback_map.values()
        for part in entry["inputs"]
        if part["id"].endswith("-views-store")
    }
    assert menus == {"segments", "movement", "cohorts", "churn", "baskets"}
    assert menus <= {tab.key for tab in TABS}
