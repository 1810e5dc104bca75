"""What is done with a campaign on its page, and the list that shows it."""

from __future__ import annotations

import re

import pytest
from dash import no_update

from callbacks.audiences.changing import change
from callbacks.audiences.saving import save
from callbacks.audiences.view import ANSWERS, show
from callbacks.audiences.wiring import PAGE
from services.site.customers.audiences import Audiences
from tests.callbacks.audiences.test_audiences import FILLED
from tests.callbacks.segments.test_segments import text_of
from tests.serving.shops import shop


def saved(services, name="Win back", **more):
    made = save(services, None, "?save=segments", FILLED | {"name": name}, **more)
    return int(made["search"].removeprefix("?audience="))


def changed(services, number, what, typed="", seen="Win back"):
    found = {"audience": number, "name": seen}
    return change(services, shop(), f"?audience={number}", what, found, typed, "ben")


def names(services, search):
    text = text_of(show(services, shop(), search)["list"])
    return re.findall(r"Win back|Spring|Autumn", text)


def test_all_that_a_page_shows_has_its_place():
    assert set(ANSWERS) == set(PAGE)


def test_a_draft_waits_until_it_is_started_and_then_runs_its_days(services):
    number = saved(services, started=False)
    shown = show(services, shop(), f"?audience={number}")
    assert (shown["start_hidden"], shown["archive_hidden"], shown["restore_hidden"]) == (False, False, True)
    assert "A draft: its groups are drawn and kept" in text_of(shown["opened"])
    assert "30 days" in shown["start_said"]
    assert "Draft" in text_of(shown["list"])
    begun = changed(services, number, "start")
    assert begun["page"]["start_hidden"] is True
    assert "Planned" in text_of(begun["page"]["list"])
    assert "Result ready on 1 Feb 2025" in text_of(begun["page"]["list"])
    assert "is started" in begun["toast"]["heading"]


def test_the_list_is_narrowed_by_state_and_ordered_by_a_column(services):
    saved(services)
    saved(services, "Spring", started=False)
    saved(services, "Autumn")
    assert names(services, "") == ["Autumn", "Spring", "Win back"]
    assert names(services, "?sort=name:desc") == ["Win back", "Spring", "Autumn"]
    assert names(services, "?state=draft") == ["Spring"]
    assert names(services, "?state=running") == []
    assert "No campaign is running" in text_of(show(services, shop(), "?state=running")["list"])
    notes = text_of(show(services, shop(), "?state=odd&sort=colour:asc")["notes"])
    assert "Campaigns have no state “odd”" in notes
    assert "cannot be sorted by “colour:asc”" in notes


def test_what_is_archived_leaves_the_list_and_comes_back(services):
    number = saved(services)
    away = changed(services, number, "archive")
    assert "All campaigns are archived" in text_of(away["page"]["list"])
    assert (away["page"]["archive_hidden"], away["page"]["restore_hidden"]) == (True, False)
    assert names(services, "?state=archived") == ["Win back"]
    assert names(services, "") == []
    changed(services, number, "restore")
    assert names(services, "") == ["Win back"]


def test_a_new_name_is_checked_as_the_first_one_was(services):
    number = saved(services)
    refused = changed(services, number, "rename", "  ")
    assert "Give the audience a name" in text_of(refused["error"])
    page = changed(services, number, "rename", " Spring ")["page"]
    assert "Spring" in text_of(page["opened"])
    assert page["seen"] == {"audience": number, "name": "Spring"}


def test_deleting_takes_a_word_and_says_what_stays(services):
    number = saved(services)
    told = show(services, shop(), f"?audience={number}")["delete_said"]
    assert "permanently removes the list of 40 customers" in told
    assert "Files already exported" in told
    assert "Type the word “delete” first" in text_of(changed(services, number, "delete", "yes")["error"])
    assert Audiences(services.state).one(number)
    gone = changed(services, number, "delete", " Delete ")
    assert (gone["search"], gone["toast"]["heading"]) == ("", "“Win back” and its 40 customers are deleted.")
    assert "no campaign" in text_of(show(services, shop(), f"?audience={number}")["notes"])


@pytest.mark.parametrize("what", ["rename", "archive", "delete"])
def test_what_somebody_else_renamed_is_left_alone_and_that_is_said(services, what):
    number = saved(services)
    changed(services, number, "rename", "Spring")
    refused = changed(services, number, what, "delete")
    assert "Somebody renamed this campaign to “Spring” meanwhile" in text_of(refused["error"])
    assert set(refused["page"].values()) == {no_update}
    assert names(services, "") == ["Spring"]
