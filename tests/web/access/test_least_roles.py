"""Who may do what, said once more: the other tests take the table's word for it."""

from __future__ import annotations

import pytest

from services.site.people.roles import Role
from services.web.access.table import CALLBACKS, EXPORTS, OWN_EXPORTS, ROUTES

NAMES_NOBODY = {"/export/preset.toml"}


@pytest.mark.parametrize("route", EXPORTS)
def test_what_takes_customers_away_needs_an_exporter(route):
    assert ROUTES[route] is Role.EXPORTER


def test_every_file_that_can_be_taken_away_is_an_export_or_names_nobody():
    assert {route for route in ROUTES if route.startswith("/export/")} - set(EXPORTS) == NAMES_NOBODY


def test_what_gives_back_what_somebody_brought_is_for_those_who_bring_files():
    left_out, table = (ROUTES[route] for route in OWN_EXPORTS)
    assert left_out is ROUTES["/uploads"] is Role.ANALYST
    assert table is ROUTES["/predict/rows"] is Role.VIEWER  # nothing that the site holds is given back


def test_the_log_is_for_admins():
    assert ROUTES["/audit"] is Role.ADMIN


def test_a_viewer_saves_nothing():
    saving = {module: role for module, role in CALLBACKS.items() if module.endswith("saving")}
    assert len(saving) >= 4
    assert Role.VIEWER not in saving.values()
