"""Who may do what, said once more: the other tests take the tables' word for it."""

from __future__ import annotations

import pytest

from services.site.people.roles import Action, Role
from services.web.access.table import CALLBACKS, EXPORTS, OWN_EXPORTS, ROUTES
from tests.web.people import READING

NAMES_NOBODY = {"/export/preset.toml"}
# what each role of the first versions could do beside looking; nobody gained or lost anything by the others
BEFORE = {
    Role.VIEWER: set(),
    Role.ANALYST: {
        "callbacks.clusters.training",
        "callbacks.customers.contact_saving",
        "callbacks.data.contacts",
        "callbacks.data.training",
        "callbacks.imports.adding",
        "callbacks.playbooks.saving",
        "callbacks.presets.saving",
        "callbacks.presets.training",
        "callbacks.releases.publishing",
        "/uploads",
        "/uploads/<string:upload>",
        "/uploads/<string:upload>/inspection",
        "/uploads/<string:upload>/left-out.csv",
        "/uploads/<string:upload>/ledger",
    },
    Role.EXPORTER: {
        "callbacks.audiences.changing",
        "callbacks.audiences.pushing",  # newer: what goes to a tool by a file goes there without one
        "callbacks.audiences.saving",
        *EXPORTS,
    },
}


@pytest.mark.parametrize("role", BEFORE)
def test_f2_an_older_role_allows_what_it_did_and_no_more(role):
    guarded = {name: action for name, action in (CALLBACKS | ROUTES).items() if action in tuple(Action)}
    assert {name for name, action in guarded.items() if role.may(action) and action not in READING} == BEFORE[
        role
    ]
    assert role.may(Action.CONTACTS) is (role is not Role.VIEWER)


def test_an_admin_may_do_everything():
    assert all(Role.ADMIN.may(action) for action in Action)


@pytest.mark.parametrize("route", EXPORTS)
def test_what_takes_customers_away_is_for_who_exports(route):
    assert ROUTES[route] is Action.EXPORT
    assert {role for role in Role if role.may(Action.EXPORT)} == {
        Role.MARKETER,
        Role.EXPORTER,
        Role.ADMIN,
    }


def test_who_saves_campaigns_takes_their_files():
    # a page shows both or neither
    assert all(role.may(Action.CAMPAIGNS) == role.may(Action.EXPORT) for role in Role)


def test_every_file_that_can_be_taken_away_is_an_export_or_names_nobody():
    assert {route for route in ROUTES if route.startswith("/export/")} - set(EXPORTS) == NAMES_NOBODY


def test_what_gives_back_what_somebody_brought_is_for_those_who_bring_files():
    left_out, table = (ROUTES[route] for route in OWN_EXPORTS)
    assert left_out is ROUTES["/uploads"] is Action.DATA
    assert table is ROUTES["/predict/rows"] is Action.LOOK  # nothing that the site holds is given back


@pytest.mark.parametrize("route", ["/audit", "/users"])
def test_the_log_and_the_users_are_for_admins(route):
    assert {role for role in Role if role.may(ROUTES[route])} == {Role.ADMIN}


def test_a_viewer_saves_nothing():
    saving = {module: action for module, action in CALLBACKS.items() if module.endswith("saving")}
    assert len(saving) >= 4
    assert not any(Role.VIEWER.may(action) for action in saving.values())


def test_who_serves_customers_writes_to_them_alone():
    changing = {module for module, action in CALLBACKS.items() if action not in READING}
    allowed = {module for module in changing if Role.SERVICE.may(CALLBACKS[module])}
    assert allowed == {"callbacks.customers.contact_saving"}


def test_who_markets_needs_no_other_role():
    assert all(map(Role.MARKETER.may, (Action.SERVE, Action.PLAYBOOKS, Action.CAMPAIGNS, Action.EXPORT)))
    assert not any(map(Role.MARKETER.may, (Action.TRAIN, Action.PUBLISH, Action.DATA, Action.PRESETS)))
