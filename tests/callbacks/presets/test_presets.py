"""The editor of presets as functions: what an address opens, what an edit shows, what saving answers."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from dash import no_update

from callbacks.presets.saving import go_back, save, untouched
from callbacks.presets.view import choose, show, try_out
from layouts.plain import plain
from services.core.refusals import NotFound, ReleaseUnusable
from services.site.people.roles import Role
from services.site.versions.presets import SavedPresets, Signed
from services.web.access.asking import Asking
from tests.serving.shops import shop
from tests.site.versions.names import Versions

ANYBODY = Asking(None, Role.ADMIN)
ANN, BEN = Signed("Ann"), Signed("Ben")


class Site:
    """Services over one release, and pages that are open on it."""

    def __init__(self, preset="standard"):
        self.release = shop(preset)
        self.services = SimpleNamespace(
            releases=SimpleNamespace(at=lambda _asked: self.release), presets=SavedPresets(Versions())
        )

    def open(self, search="", who=ANYBODY):
        return Page(self.services, search, who)


class Page:
    """A browser tab: the fields of the form by kind and index, as they were sent."""

    def __init__(self, services, search="", who=ANYBODY):
        self.services, self.search = services, search
        self.shown = plain(show(services, None, search, who))
        self.values, self.marked = fields(self.shown["form"])
        self.base = self.shown["base"]

    def text(self, name):
        return text(self.shown[name])

    def tried(self):
        return try_out(self.services, None, self.base, self.values, self.marked)

    def errors(self):
        lines = zip(self.marked["error"], self.tried()["error"], strict=True)
        return {line["index"]: text(said) for line, said in lines if said}

    def save(self, name="Our shop", signed=ANN):
        page = {"base": self.base, "release_id": None, "search": self.search}
        answer = save(self.services, page, self.values, name, signed)
        if answer["base"] is not no_update:
            self.base = answer["base"]
        return answer

    def back(self, version, signed=ANN):
        page = {"base": self.base, "release_id": None, "search": self.search}
        return go_back(self.services, page, version, signed)


def text(part):
    return json.dumps(plain(part), ensure_ascii=False)


def fields(part):
    """Values and marked ids of a form that was made plain."""
    values = {kind: {} for kind in ("mode", "cut", "cell", "name", "playbook", "threshold")}
    marked = {"error": [], "sizes": [], "tile": [], "held": []}
    kinds = {"field-error": "error", "sizes-div": "sizes", "tile-div": "tile", "count-span": "held"}

    def walk(each):
        if isinstance(each, list):
            for one in each:
                walk(one)
        elif isinstance(each, dict):
            props = each.get("props", {})
            if isinstance(props.get("id"), dict):
                kind = props["id"]["type"].removeprefix("presets-")
                if kind in kinds:
                    marked[kinds[kind]].append(props["id"])
                else:
                    values[kind.removesuffix("-input")][str(props["id"]["index"])] = props.get("value")
            walk(props.get("children"))

    walk(part)
    return values, marked


@pytest.mark.parametrize("preset", ["standard", "quartile", "ten-segment", "four-group"])
def test_a_page_opens_with_the_preset_of_the_release_and_moves_nobody(preset):
    page = Site(preset).open()
    assert page.shown["chosen"] == preset
    assert "Nobody would move" in text(page.tried()["preview"])
    assert page.errors() == {}


def test_what_is_refused_is_marked_at_its_own_field():
    page = Site().open()
    page.values["mode"]["monetary"] = "fixed"
    page.values["cut"] |= {f"monetary:{place}": text for place, text in enumerate(("1", "x", "3", "4"))}
    page.values["name"]["2"] = ""
    invalid = page.tried()["invalid"]
    marked = [
        (kind, place)
        for kind, places in invalid.items()
        for place, wrong in zip(page.values[kind], places, strict=True)
        if wrong
    ]
    assert marked == [("cut", "monetary:1"), ("name", "2")]
    assert "Give cut point 2 as a number" in page.errors()["monetary"]


def test_clusters_cannot_be_edited_and_the_page_says_why():
    page = Site("ten-cluster").open()
    assert "are its clusters" in page.text("form")
    assert (page.shown["base"], page.shown["save_hidden"]) == (None, True)
    assert Site("ten-cluster").open("?preset=standard").shown["save_hidden"] is False


def test_without_a_release_the_page_says_what_to_do():
    def gone(_asked):
        raise ReleaseUnusable("There is no release yet. Train one from a file of transactions.")

    services = SimpleNamespace(releases=SimpleNamespace(at=gone), presets=SavedPresets(Versions()))
    shown = show(services, None, "?preset=standard", ANYBODY)
    assert "Train one from a file" in text(shown["form"])
    assert (shown["bar_hidden"], shown["save_hidden"], shown["base"]) == (True, True, None)


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("?prest=ten-segment", "There is no parameter “prest” here"),
        ("?preset=", "preset has no value"),
        ("?version=1&version=2", "version is given 2 times, so the last one counts"),
    ],
)
def test_nothing_of_the_address_is_dropped_without_a_word(search, said):
    page = Site().open(search)
    assert said in page.text("notes")
    assert page.shown["chosen"] == "standard"


@pytest.mark.parametrize("asked", ["nonsense", "%3Cimg%20src%3Dx%20onerror%3D1%3E", "x" * 500, "__class__"])
def test_an_unknown_preset_in_the_address_is_said_and_the_releases_is_shown(asked):
    page = Site().open(f"?preset={asked}")
    assert "There is no preset" in page.text("notes")
    assert "x" * 61 not in page.text("notes")
    assert page.shown["chosen"] == "standard"


def test_a_cell_that_is_given_away_names_those_who_move():
    page = Site().open()
    page.values["cell"]["5:5"] = "lost"
    tried = page.tried()
    assert "all from Champions to Lost" in text(tried["preview"])
    assert {"--c": "var(--seg-lost)"} in tried["tile"]
    assert sum(int(held) for held in tried["held"]) == page.services.releases.at(None).count


def test_what_is_wrong_stands_beside_its_field_and_there_is_no_preview():
    page = Site().open()
    page.values["mode"]["monetary"] = "fixed"
    page.values["cut"]["monetary:1"] = "12,5"
    page.values["name"]["0"] = "Lost"
    assert set(page.errors()) == {"monetary", "name:10"}
    assert "Correct the marked fields" in text(page.tried()["preview"])
    assert "Correct the marked fields first" in text(page.save()["refused"])
    assert page.services.presets.latest() == []


def test_a_class_without_customers_is_warned_of():
    page = Site().open()
    page.values["mode"]["frequency"] = "fixed"
    for place, cut in enumerate(("100", "200", "300", "400")):
        page.values["cut"][f"frequency:{place}"] = cut
    said = text(page.tried()["preview"])
    assert "Orders, score 5: no customers." in said
    assert "Orders, score 1: 100\u00a0% of the customers" in said


def test_a_preset_that_the_release_cannot_tell_is_refused_in_the_preview_but_can_be_saved():
    page = Site("standard").open("?preset=quartile")
    assert "keeps different lines of the file" in text(page.tried()["preview"])
    page.values["name"]["0"] = "The very best"
    assert "Version 1 of “Our shop” is saved" in text(page.save()["saved"])


def test_saving_makes_a_version_and_leads_to_it():
    site = Site()
    page = site.open()
    page.values["name"]["1"] = "Faithful"
    answer = page.save()
    assert "python -m services train FILE --preset our-shop" in text(answer["saved"])
    assert answer["search"] == "?preset=our-shop"
    again = site.open(answer["search"])
    assert again.shown["base"] == {"preset": "our-shop", "version": 1, "seen": 1}
    assert again.shown["name"] == "Our shop"
    assert "From standard: Loyal renamed Faithful" in again.text("versions")
    assert "Nothing has changed since version 1" in text(again.save()["refused"])


def test_the_second_of_two_browser_tabs_learns_who_was_first_and_loses_nothing():
    site = Site()
    first = site.open()
    first.values["name"]["1"] = "Faithful"
    first.save()
    one, other = site.open("?preset=our-shop"), site.open("?preset=our-shop")
    one.values["name"]["1"] = "Fans"
    one.save(signed=BEN)
    other.values["name"]["1"] = "Regulars"
    told = text(other.save()["refused"])
    assert "Ben saved version 2 of “Our shop” after you opened version 1." in told
    assert "make yours version 3" in told
    assert "Version 3" in text(other.save()["saved"])
    assert [each.author for each in site.services.presets.versions("our-shop")] == ["Ann", "Ben", "Ann"]


def test_going_back_from_an_earlier_version():
    site = Site()
    for place, name in enumerate(("Faithful", "Fans")):
        page = site.open("?preset=our-shop" if place else "")
        page.values["name"]["1"] = name
        page.save()
    page = site.open("?preset=our-shop&version=1")
    assert "Version 1 is open, and 2 is the latest; saving makes version 3." in page.text("notes")
    assert "Version 3 of “Our shop” is saved" in text(page.back(1)["saved"])
    assert "Back to version 1" in site.open("?preset=our-shop").text("versions")
    assert "Ann saved version 3" in text(page.back(2)["refused"])
    latest = site.open("?preset=our-shop")
    assert "Give your name." in text(latest.back(2, Signed(""))["errors"]["author"])
    assert latest.back(2)["note"] == ""
    assert "no version 0" in text(latest.back("__class__")["refused"])
    assert "has no version “9”" in site.open("?preset=our-shop&version=9").text("notes")


def test_a_refused_name_stands_beside_its_field_alone():
    page = Site().open()
    page.values["name"]["1"] = "Fans"
    answer = page.save("Quartile")
    assert "built in" in text(answer["errors"]["name"])
    assert (answer["errors"]["author"], answer["refused"], answer["saved"]) == ([], [], [])
    assert "Give your name." in text(page.save(signed=Signed(None))["errors"]["author"])


@pytest.mark.parametrize(
    "base", [{}, {"preset": 5}, {"preset": "gone"}, {"preset": "standard", "version": 7}]
)
def test_a_page_that_edits_what_is_not_there_is_refused(base):
    page = Site().open()
    page.base = base
    with pytest.raises(NotFound):
        page.tried()
    assert page.save()["refused"]


def test_who_is_signed_in_saves_under_that_name_and_a_viewer_only_tries_out():
    site = Site()
    page = site.open()
    page.values["name"]["1"] = "Fans"
    page.save()
    page = site.open("?preset=our-shop")
    page.values["name"]["1"] = "Regulars"
    page.save()
    analyst = site.open("?preset=our-shop", Asking("Ann", Role.ANALYST)).shown
    assert (analyst["author_hidden"], analyst["fields_hidden"]) == (True, False)
    assert analyst["signed"] == "Versions are saved under your name, Ann."
    assert "Go back to this version" in text(analyst["versions"])
    viewer = site.open("?preset=our-shop", Asking("Vic", Role.VIEWER)).shown
    assert (viewer["fields_hidden"], "role analyst" in viewer["signed"]) == (True, True)
    assert "Go back to this version" not in text(viewer["versions"])


def test_buttons_that_appear_change_nothing():
    page = Page(Site().services)
    page.values["name"]["1"] = "Fans"
    assert untouched().keys() == page.save().keys()
    assert set(untouched()["errors"].values()) == {no_update}


def test_choosing_a_preset_writes_the_address_once():
    assert (
        choose("quartile", {"preset": "standard"}, "?release=r1&version=2") == "?release=r1&preset=quartile"
    )
    assert choose("standard", {"preset": "standard"}, "") is no_update
    assert choose("quartile", {"preset": "standard"}, "?preset=quartile") is no_update
    assert choose(None, None, None) is no_update
