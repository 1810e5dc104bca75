"""From the editor's fields to a preset; a preset as TOML; what differs between two of them."""

import re
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core import presets
from services.core.presets.changes import Change, changes
from services.core.presets.draft import ADDED, Fields, draft
from services.core.presets.lines import SEGMENT, tidy
from services.core.presets.toml import to_toml
from services.core.refusals import Refusal

SHIPPED = presets.shipped()
STANDARD, TEN, QUARTILE = (SHIPPED[name] for name in ("standard", "ten-segment", "quartile"))
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60)
CUTS = st.lists(st.floats(0, 1e12), min_size=4, max_size=4).map(sorted)


def unchanged(preset):
    """The fields as the editor first shows them."""
    groups = preset.segments.groups
    return Fields(
        cuts=dict.fromkeys(("recency", "frequency", "monetary")) if preset.scoring else {},
        names=[*(group.name for group in groups), ""],
        playbooks=[*(group.playbook for group in groups), ""],
        thresholds=[*(str(group.at_least) for group in groups), ""]
        if preset.segments.kind == "score"
        else [],
        cells=preset.segments.grid or [],
    )


def with_name(fields, place, name):
    names = list(fields.names)
    names[place] = name
    return replace(fields, names=names)


@pytest.mark.parametrize("name", ["standard", "ten-segment", "quartile", "four-group"])
def test_fields_left_as_they_are_give_the_preset_itself(name):
    made = draft(SHIPPED[name], unchanged(SHIPPED[name]))
    assert (made.preset, made.problems, made.left_out) == (SHIPPED[name], {}, ())


@pytest.mark.parametrize("preset", SHIPPED.values(), ids=lambda preset: preset.id)
def test_a_preset_written_as_toml_reads_as_itself(preset):
    assert presets.parse(to_toml(preset), "written") == preset


@given(TEXTS, TEXTS, CUTS, st.integers(1, 10**6))
def test_whatever_names_and_cut_points_hold_comes_back_from_toml(name, playbook, cuts, version):
    groups = list(STANDARD.segments.groups)
    groups[3] = groups[3].model_copy(update={"name": name, "playbook": playbook})
    preset = STANDARD.model_copy(
        update={
            "name": name,
            "version": version,
            "scoring": STANDARD.scoring.model_copy(update={"edges": {"monetary": tuple(cuts)}}),
            "segments": STANDARD.segments.model_copy(update={"groups": tuple(groups)}),
        }
    )
    assert presets.parse(to_toml(preset), "written") == preset


def test_fixed_cut_points_are_read_as_people_type_them():
    fields = replace(
        unchanged(STANDARD), cuts={"recency": None, "monetary": ["250", " 487.5", "1,000", "1,000"]}
    )
    made = draft(STANDARD, fields)
    assert made.preset.scoring.edges == {"monetary": (250, 487.5, 1000, 1000)}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["1", "2", "", "4"], "Give cut point 3 as a number from 0 up"),
        (["1", "2", "3"], "every cut point"),
        (["1", "-2", "3", "4"], "Give cut point 2 as a number from 0 up, such as 30 or 1,797.24."),
        (["1", "2,5", "", "4"], "Give cut points 2 and 3 as numbers from 0 up"),
        (["10", "30", "20", "40"], "cut point 3 (20) is less than cut point 2 (30)"),
        (["1", "2", "3", "9" * 400], "Cut point 4 is too large."),
    ],
)
def test_cut_points_that_are_none_are_refused_beside_their_axis(typed, sentence):
    made = draft(STANDARD, replace(unchanged(STANDARD), cuts={"frequency": typed}))
    assert made.preset is None
    assert list(made.problems) == ["frequency"]
    assert sentence in made.problems["frequency"]
    named = {
        f"cut:frequency:{int(place) - 1}" for place in re.findall(r"(?:point|points|and) ([1-4])\b", sentence)
    }
    assert made.marked - {"frequency"} == named


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (" ", "Give a name."),
        ("x" * 300, "of at most 60 characters; this one has 300"),
        ("Loyal\u202edren", "invisible"),
        ("Champions", "Another segment has this name"),
        ("cHAMPIONS", "Another segment has this name"),
    ],
)
def test_a_name_that_would_mislead_is_refused(name, sentence):
    made = draft(STANDARD, with_name(unchanged(STANDARD), 1, name))
    assert sentence in made.problems["name:1"]
    assert made.preset is None


def test_what_looks_like_code_is_a_name_like_any_other():
    made = draft(STANDARD, with_name(unchanged(STANDARD), 1, "  <img src=x onerror=alert(1)>  "))
    assert made.preset.segments.groups[1].name == "<img src=x onerror=alert(1)>"
    assert made.preset.segments.groups[1].id == "loyal"
    assert tidy("=1+1", 10, SEGMENT) == "=1+1"
    with pytest.raises(Refusal, match="Give a name"):
        tidy(None, 10, SEGMENT)


def test_a_cell_may_go_to_another_segment_and_a_segment_without_cells_is_left_out():
    cells = [["lost" if cell == "promising" else cell for cell in row] for row in STANDARD.segments.grid]
    made = draft(STANDARD, replace(unchanged(STANDARD), cells=cells))
    assert made.left_out == ("Promising",)
    assert len(made.preset.segments.groups) == 10
    assert made.preset.segments.grid[3] == ("lost", "lost", "potential-loyalists", "loyal", "champions")


def test_a_segment_is_added_where_a_cell_names_it():
    cells = [list(row) for row in STANDARD.segments.grid]
    cells[4][4] = ADDED
    fields = replace(unchanged(STANDARD), cells=cells)
    assert set(draft(STANDARD, fields).problems) == {"name:11", "playbook:11"}
    named = replace(with_name(fields, 11, "Lost"), playbooks=[*fields.playbooks[:-1], "Write"])
    assert draft(STANDARD, named).problems == {"name:11": "Another segment has this name."}
    made = draft(STANDARD, with_name(named, 11, "Best of all"))
    assert made.preset.segments.groups[-1].id == "best-of-all"
    assert made.preset.segments.grid[4][4] == "best-of-all"


@pytest.mark.parametrize("cell", ["", "nobody", "__class__", ADDED + ADDED])
def test_a_cell_of_no_segment_is_refused(cell):
    cells = [list(row) for row in STANDARD.segments.grid]
    cells[0][0] = cell
    assert list(draft(STANDARD, replace(unchanged(STANDARD), cells=cells)).problems) == ["map"]


def test_thresholds_are_sorted_and_two_alike_refused():
    fields = unchanged(TEN)
    thresholds = list(fields.thresholds)
    thresholds[1] = "600"
    made = draft(TEN, replace(fields, thresholds=thresholds))
    assert [group.id for group in made.preset.segments.groups][:2] == ["loyal", "vip"]
    thresholds[1] = "545"
    assert list(draft(TEN, replace(fields, thresholds=thresholds)).problems) == ["threshold:1"]
    thresholds[1] = "5.5"
    assert "from 0 to 999" in draft(TEN, replace(fields, thresholds=thresholds)).problems["threshold:1"]


def test_changes_name_every_difference_and_nothing_else():
    assert changes(STANDARD, STANDARD) == []
    cells = [["lost" if cell == "promising" else cell for cell in row] for row in STANDARD.segments.grid]
    fields = replace(
        with_name(unchanged(STANDARD), 1, "Faithful"), cells=cells, cuts={"recency": ["7", "30", "60", "180"]}
    )
    later = draft(STANDARD, fields).preset
    assert changes(STANDARD, later) == [
        Change("cuts", "recency", None, (7, 30, 60, 180)),
        Change("renamed", "Loyal", "Loyal", "Faithful"),
        Change("removed", "Promising"),
        Change("cells", "Promising", "Promising", "Lost", 2),
    ]
    assert [change.what for change in changes(later, STANDARD)] == ["cuts", "renamed", "added", "cells"]


def test_toml_is_written_as_the_shipped_files_are():
    written = to_toml(QUARTILE)
    assert "when = { r = 3, f = 2, m = 2 }" in written
    assert "when = {}" in written
    assert tomllib.loads(written)["clusters"]["tol"] == 1e-4


def test_what_becomes_of_returns_is_a_change():
    before = STANDARD.model_copy(update={"cleaning": presets.Cleaning(price=False)})
    assert changes(before, STANDARD) == [Change("returns", "Standard", "ignore", "match")]
    assert changes(STANDARD, STANDARD) == []
