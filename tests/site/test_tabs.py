"""The registry of tabs and the folders agree: a folder without its line would be served to nobody."""

from __future__ import annotations

from importlib import import_module

import pytest

from services.site.tabs import TABS, Place
from services.web.access.table import CALLBACKS
from tests.running import ROOT

KEYS = {tab.key for tab in TABS}
NAMED = [tab for tab in TABS if tab.place is not Place.NOWHERE]


@pytest.mark.parametrize(("room", "module"), [("layouts", "frame"), ("callbacks", "wiring")])
def test_every_tab_has_its_folder_in_each_room_and_every_folder_its_tab(room, module):
    folders = {path.parent.name for path in (ROOT / room).glob(f"*/{module}.py")} - {"shell"}
    assert folders == KEYS


def test_a_style_sheet_or_script_of_a_tab_lies_in_the_folder_of_one():
    assert {path.name for path in (ROOT / "assets").iterdir() if path.is_dir()} <= KEYS | {"waiting"}


def test_no_two_tabs_share_a_key_an_address_or_a_name():
    for what in ("key", "path", "name"):
        assert len({getattr(tab, what) for tab in TABS}) == len(TABS)


def test_a_tab_that_the_navigation_does_not_name_marks_one_that_it_does():
    assert {tab.within for tab in TABS if tab.place is Place.NOWHERE} <= {tab.key for tab in NAMED}
    assert {tab.within for tab in NAMED} == {""}


def test_daily_work_comes_before_what_is_used_now_and_then():
    assert [tab.place for tab in NAMED] == sorted((tab.place for tab in NAMED), key=list(Place).index)


def test_the_access_table_names_the_modules_that_the_tabs_do():
    for tab in TABS:
        for module, role in tab.callbacks.items():
            assert CALLBACKS[f"callbacks.{tab.key}.{module}"] is role
            import_module(f"callbacks.{tab.key}.{module}")
