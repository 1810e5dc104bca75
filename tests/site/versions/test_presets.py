"""Presets saved on the site: versions are added, never changed; a way back; nobody's work is overwritten."""

import pytest

from services.core import presets
from services.core.presets.changes import changes
from services.core.presets.draft import draft
from services.core.presets.toml import to_toml
from services.core.refusals import NotFound, Refusal
from services.site.versions.numbered import Overtaken
from services.site.versions.presets import SavedPresets, Signed, summary
from tests.core.presets.test_drafts import unchanged, with_name
from tests.site.versions.names import Versions

STANDARD = presets.load("standard")
ANN, BEN = Signed("Ann", "for spring"), Signed("Ben")


@pytest.fixture
def library():
    return SavedPresets(Versions())


def renamed(preset, name, place=1):
    return draft(preset, with_name(unchanged(preset), place, name)).preset


def saved(library, *names, by=ANN):
    """Save a preset "Our shop" with a version for each name of the second segment."""
    kept = None
    for count, name in enumerate(names):
        kept = library.save(renamed(kept.preset if kept else STANDARD, name), "Our shop", by, count)
    return kept


def test_the_first_version_of_a_name_is_read_by_training_and_says_whose_it_is(library):
    kept = saved(library, "Faithful")
    assert (kept.preset.id, kept.preset.name, kept.preset.version) == ("our-shop", "Our shop", 1)
    assert (kept.author, kept.note, kept.origin) == ("Ann", "for spring", "standard")
    assert kept.preset.source == "Saved on the site by Ann, edited from “Standard”."
    assert [change.what for change in kept.changed] == ["renamed"]
    assert presets.parse(to_toml(kept.preset), "file") == library.find("our-shop") == kept.preset


def test_versions_count_up_and_each_can_be_found(library):
    last = saved(library, "Faithful", "Regulars", "Fans")
    assert [each.preset.version for each in library.versions("our-shop")] == [3, 2, 1]
    assert library.find("our-shop@2").segments.groups[1].name == "Regulars"
    assert [each.preset for each in library.latest()] == [last.preset]
    assert (last.changed[0].before, last.changed[0].after) == ("Regulars", "Fans")


def test_going_back_makes_a_new_version_that_is_equal_and_deletes_nothing(library):
    saved(library, "Faithful", "Regulars")
    back = library.go_back("our-shop", 1, BEN, 2)
    assert (back.preset.version, back.author, back.origin, back.changed) == (3, "Ben", "our-shop@1", ())
    assert changes(library.find("our-shop@1"), back.preset) == []
    assert library.find("our-shop@2").segments.groups[1].name == "Regulars"
    with pytest.raises(Refusal, match="Version 3 is already equal to version 1"):
        library.go_back("our-shop", 1, BEN, 3)
    with pytest.raises(NotFound, match="no version 9"):
        library.go_back("our-shop", 9, BEN, 3)


def test_two_people_at_once_are_told_of_each_other_and_both_are_kept(library):
    first = saved(library, "Faithful")
    library.save(renamed(first.preset, "Fans"), "Our shop", BEN, 1)
    mine = renamed(first.preset, "Regulars")
    with pytest.raises(
        Overtaken, match=r"Ben saved version 2 of “Our shop” after you opened version 1\."
    ) as told:
        library.save(mine, "Our shop", ANN, 1)
    with pytest.raises(Overtaken):
        library.go_back("our-shop", 1, ANN, 1)
    third = library.save(mine, "Our shop", ANN, told.value.latest.preset.version)
    names = [each.preset.segments.groups[1].name for each in library.versions("our-shop")]
    assert (third.preset.version, names) == (3, ["Regulars", "Fans", "Faithful"])


def test_a_version_that_came_in_the_very_same_moment_is_not_overwritten(library, monkeypatch):
    first = saved(library, "Faithful")
    seen = library.versions("our-shop")
    library.save(renamed(first.preset, "Fans"), "Our shop", BEN, 1)
    stale = iter([seen])
    true = library.versions
    monkeypatch.setattr(library, "versions", lambda preset: next(stale, None) or true(preset))
    with pytest.raises(Overtaken, match="Ben saved version 2"):
        library.save(renamed(first.preset, "Regulars"), "Our shop", ANN, 1)
    assert [each.author for each in true("our-shop")] == ["Ben", "Ann"]


@pytest.mark.parametrize("name", ["Standard", " standard ", "Quartile", "four GROUP"])
def test_a_name_that_comes_with_the_product_is_refused(library, name):
    with pytest.raises(Refusal, match="built in") as refused:
        library.save(renamed(STANDARD, "Fans"), name, ANN, 0)
    assert refused.value.field == "name"


def test_a_name_that_is_taken_is_refused_unless_its_preset_is_the_one_edited(library):
    saved(library, "Faithful")
    with pytest.raises(Refusal, match="already exists, last saved by Ann"):
        library.save(renamed(STANDARD, "Fans"), "our SHOP", BEN, 0)


def test_another_name_begins_with_version_one_whatever_the_editor_saw(library):
    last = saved(library, "Faithful", "Regulars", "Fans")
    other = library.save(renamed(last.preset, "Friends"), "Their shop", BEN, 3)
    assert (other.preset.id, other.preset.version, other.origin) == ("their-shop", 1, "our-shop@3")
    assert [each.preset.version for each in library.versions("our-shop")] == [3, 2, 1]


@pytest.mark.parametrize(
    ("name", "signed", "field"),
    [
        ("", ANN, "name"),
        (None, ANN, "name"),
        ("x" * 300, ANN, "name"),
        ("Shop \u202eevil", ANN, "name"),
        ("Ours", Signed(" "), "author"),
        ("Ours", Signed("x" * 65), "author"),
        ("Ours", Signed({"a": 1}), "author"),
        ("Ours", Signed("Ann", "x" * 201), "note"),
    ],
)
def test_who_and_what_must_have_a_name(library, name, signed, field):
    with pytest.raises(Refusal) as refused:
        library.save(renamed(STANDARD, "Fans"), name, signed, 0)
    assert refused.value.field == field
    assert library.latest() == []


def test_hostile_names_are_kept_as_they_are_under_harmless_ids(library):
    kept = [
        library.save(renamed(STANDARD, "Fans"), name, Signed("=HYPERLINK(1)"), 0)
        for name in ("<img src=x onerror=alert(1)>", "=1+1", "Лучшие клиенты", "../../etc")
    ]
    assert [each.preset.id for each in kept][1::2] == ["1-1", "etc"]
    assert kept[0].preset.name == "<img src=x onerror=alert(1)>"
    assert kept[2].preset.id.startswith("preset-")
    assert {each.preset.id for each in library.latest()} == {each.preset.id for each in kept}


def test_saving_without_a_change_is_refused(library):
    kept = saved(library, "Faithful")
    with pytest.raises(Refusal, match="Nothing has changed since version 1"):
        library.save(kept.preset, "Our shop", BEN, 1)


def test_what_is_not_there_is_said_with_what_is(library):
    saved(library, "Faithful")
    with pytest.raises(NotFound, match=r"standard, .*, our-shop"):
        library.find("your-shop")
    with pytest.raises(NotFound, match="no version '7'; its latest is 1"):
        library.find("our-shop@7")


def test_the_summary_says_how_the_preset_segments():
    fixed = STANDARD.model_copy(
        update={"scoring": STANDARD.scoring.model_copy(update={"edges": {"recency": (7, 30, 60, 180)}})}
    )
    assert summary(fixed) == (
        "5 scores by fixed cut points of recency, 11 segments on a map of recency by buying score."
    )
    assert summary(presets.load("four-group")) == "4 segments, told apart by the means of all customers."
