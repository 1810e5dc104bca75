"""The menu of saved views: what a view keeps of an address, what it lists, and what it says."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from dash import no_update

from callbacks.shared.views import answer, kept, understood
from layouts.parts import views as menu
from services.core.parameters import odd_on_page
from services.core.text.addresses import query_of
from services.site.people.roles import Role
from services.site.state import State, StateUnusable
from services.site.views import LONGEST_NAME, Views
from services.web.access.asking import Asking
from tests.callbacks.segments.test_segments import text_of

PARAMETERS = ("segment", "country", "sort", "release")
ID = "20261121T224500Z-3fa9c1"


@pytest.fixture
def site(tmp_path):
    state = State(tmp_path)
    yield SimpleNamespace(state=state)
    state.close()


def press(site, what, who=("ana", Role.MARKETER), *, query="", typed="", team=False, view=None, seen=""):
    asked = {"what": what, "search": "", "view": view, "seen": seen, "press": 1}
    return answer(site, Asking(*who), asked, "/", query, typed, team=team)


@pytest.mark.parametrize(
    ("search", "query"),
    [
        ("", ""),
        ("?segment=lost&segment=best&sort=recency:asc", "segment=lost&segment=best&sort=recency%3Aasc"),
        ("?country=C%C3%B4te+d%27Ivoire&x=1&id=12347", "country=C%C3%B4te+d%27Ivoire"),
        ("?table=segment-map&hide=recency&hide=rfm", "table=segment-map&hide=recency&hide=rfm"),
        (f"?segment=lost&release={ID}", "segment=lost"),
        ("?segment=&country=UK", "country=UK"),
        ("?country=\u05d0\u202e%FF", "country=%D7%90%E2%80%AE%EF%BF%BD"),
    ],
)
def test_a_view_keeps_what_its_page_understands_and_no_release(search, query):
    assert kept(search, PARAMETERS, None) == query


def test_a_release_that_is_pinned_is_the_one_that_the_page_shows():
    assert kept("?segment=lost&release=other", PARAMETERS, ID) == f"segment=lost&release={ID}"
    assert kept("", PARAMETERS, ID) == f"release={ID}"


def test_the_field_takes_as_much_as_a_name_may_have():
    assert menu.LONGEST_NAME == LONGEST_NAME


def test_what_is_saved_is_listed_and_said(site):
    nothing = press(site, "open")
    assert "No saved views yet" in text_of(nothing["listed"])
    assert nothing["toast"] is no_update
    assert nothing["change_hidden"] is no_update  # a form that was opened while the list was on its way
    saved = press(site, "save", query="segment=lost", typed=" Lapsed ")
    assert (saved["name"], saved["error"]) == ("", [])
    assert saved["toast"]["sentence"] == "“Lapsed” is under Views for you."
    assert "Your views" in text_of(saved["listed"])
    assert "'href': '/?segment=lost'" in str(saved["listed"])
    shared = press(site, "save", typed="Ours", team=True)
    assert shared["toast"]["sentence"] == "“Ours” is under Views for everybody."
    assert "Ours Segments, saved by ana" in text_of(shared["listed"])


def test_a_refusal_stands_beside_its_field_and_leaves_the_rest(site):
    saving = press(site, "save", typed=" ")
    assert "Give the view a name first" in text_of(saving["error"])
    assert (saving["change_error"], saving["listed"], saving["name"]) == ([], no_update, no_update)
    renaming = press(site, "rename", typed="x", view=7, seen="Old")
    assert "it has been deleted" in text_of(renaming["change_error"])
    assert renaming["change_hidden"] is no_update
    assert "No saved views yet" in text_of(renaming["listed"])


def test_a_view_is_renamed_and_deleted_from_the_menu(site):
    made = Views(site.state, "ana").add("Old", "/", "", shared=False)
    renamed = press(site, "rename", typed="New", view=made.id, seen="Old")
    assert renamed["change_hidden"] is True
    assert renamed["toast"]["sentence"] == "“Old” is now “New”."
    assert "New" in text_of(renamed["listed"])
    deleted = press(site, "delete", view=made.id, seen="New")
    assert deleted["toast"]["sentence"] == "“New” is gone."
    assert Views(site.state, "ana").listed() == []


def test_only_who_may_save_campaigns_saves_for_the_team(site):
    viewer = ("eve", Role.VIEWER)
    refused = press(site, "save", viewer, typed="Ours", team=True)
    assert "Your role cannot save views for the team" in text_of(refused["error"])
    assert [each["value"] for each in press(site, "open", viewer)["choices"]] == ["pinned"]
    assert [each["value"] for each in press(site, "open")["choices"]] == ["team", "pinned"]
    assert [each["value"] for each in press(site, "open", (None, Role.ADMIN))["choices"]] == ["pinned"]
    assert press(site, "save", viewer, typed="Mine")["error"] == []


def test_what_narrows_by_contacts_is_listed_for_who_may_see_contacts_alone(site):
    ana = Views(site.state, "ana")
    ana.add("Gold", "/", "attribute=Tier%3AGold", shared=True)
    ana.add("Agreed", "/churn", "agreed=email", shared=True)
    ana.add("All", "/", "", shared=True)
    seen = text_of(press(site, "open", ("eve", Role.VIEWER))["listed"])
    assert ("All" in seen, "Gold" in seen, "Agreed" in seen) == (True, False, False)
    assert "Gold" in text_of(press(site, "open", ("ben", Role.SERVICE))["listed"])


def test_whose_role_was_lowered_still_finds_and_deletes_what_they_saved(site):
    made = Views(site.state, "ana").add("Gold", "/", "attribute=Tier%3AGold", shared=False)
    lowered = ("ana", Role.VIEWER)
    refused = press(site, "save", lowered, typed="Gold")
    assert "delete that one first" in text_of(refused["error"])
    assert "Change the view Gold" in str(press(site, "open", lowered)["listed"])
    press(site, "delete", lowered, view=made.id, seen="Gold")
    assert press(site, "save", lowered, typed="Gold")["error"] == []


@pytest.mark.parametrize(
    ("role", "query"),
    [(Role.VIEWER, "segment=lost"), (Role.SERVICE, "segment=lost&attribute=Tier%3AGold&agreed=email")],
)
def test_who_may_not_see_contacts_saves_what_the_page_shows_them(role, query):
    parameters = understood((*PARAMETERS, "attribute", "agreed"), Asking("eve", role))
    assert kept("?segment=lost&attribute=Tier:Gold&agreed=email", parameters, None) == query


def test_the_button_that_changes_a_view_is_there_for_who_may(site):
    Views(site.state, "ana").add("Ours", "/", "", shared=True)
    for who, may in (
        (("ana", Role.MARKETER), True),
        (("ben", Role.MARKETER), False),
        (("r", Role.ADMIN), True),
    ):
        assert ("Change the view Ours" in str(press(site, "open", who)["listed"])) is may


def test_records_that_cannot_be_read_are_a_sentence(site):
    site.state.close()
    site.state = SimpleNamespace(reading=_broken)
    assert "records cannot be read" in text_of(press(site, "open")["error"])


def _broken():
    raise StateUnusable


def test_where_nobody_signs_in_views_are_everybodys_and_stay_when_people_do(site):
    nobody = (None, Role.ADMIN)
    told = press(site, "save", nobody, typed="Lapsed")
    assert "Your viewsLapsed Segments" in text_of(told["listed"])
    assert "saved by" not in text_of(told["listed"])
    assert "Lapsed Segments, saved by local" in text_of(press(site, "open")["listed"])


def test_how_a_page_looks_is_asked_for_beside_its_parameters_and_its_release():
    asked = query_of("?segment=lost&table=segment-map&table=sizes&hide=&release=x&sgment=y", blanks=True)
    (odd,) = odd_on_page(asked, ("sort",), ("segment",))
    assert odd.noted == (
        "There is no parameter “sgment” here, so it was left out. There are sort, release, segment."
    )
