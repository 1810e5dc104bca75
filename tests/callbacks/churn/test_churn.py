"""The tab Churn as plain functions: threshold, sentences, map, list, file and audience agree."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from plotly import graph_objects as go

from callbacks.audiences.view import described
from callbacks.churn import wiring
from callbacks.churn.view import CURVES, FRAME, VIEW, frame, show
from callbacks.churn.wiring import LISTED
from layouts.churn.words import of_groups, why
from services.campaigns.selection import selected
from services.releases.overview.churn import Reason
from services.releases.overview.model import Overview
from services.serving.churn.grouped import Share
from services.serving.churn.people import answer
from services.serving.release.loaded import Loaded
from tests.callbacks.segments.test_segments import text_of
from tests.campaigns.listed import NOBODY_OUT, Listed
from tests.releases.tiny import make_tiny_release

ALL = {"startRow": 0, "endRow": 500, "sortModel": []}


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("models")
    return Loaded(models, make_tiny_release(models, 30))


def buttons(part):
    """Yield the properties of all buttons of plain components."""
    if isinstance(part, list):
        for each in part:
            yield from buttons(each)
    elif isinstance(part, dict):
        if part["type"] == "Button":
            yield part["props"]
        yield from buttons(part["props"].get("children"))


@pytest.mark.parametrize(
    "search", ["", "?contact=0.2", "?segment=distant&offer=2", "?success=0.3&cluster=c1"]
)
def test_sentences_figures_list_file_and_audience_say_the_same_number(release, search):
    shown, listed = show(release, search), LISTED.rows(release, ALL, search, NOBODY_OUT)
    found = answer(release, parse_qs(search.removeprefix("?")))
    people, percent = int(found.contacted.sum()), found.best.percent
    assert people > 0
    assert listed["rows"]["rowCount"] == len(listed["rows"]["rowData"]) == people
    for place in ("profit_finding", "map_finding", "list_finding"):
        assert re.search(rf"\b{people} customers?\b.* at {percent}\xa0% or more", shown[place]), shown[place]
    assert f"Worth contacting{people}at {percent}\xa0% or more" in text_of(shown["kpis"])
    assert shown["audience_label"] == f"Save as audience, {people}"
    for address in (listed["export"], listed["audience"]):
        again = answer(release, parse_qs(urlsplit(address).query))
        assert (again.best, again.chosen.tolist()) == (found.best, found.chosen.tolist())
    saved = selected(release, parse_qs(urlsplit(listed["audience"]).query), NOBODY_OUT)
    assert (saved.source, saved.rows.tolist()) == ("churn", found.chosen.nonzero()[0].tolist())
    assert described(release, saved).startswith(f"Chance of no order {percent}\xa0% or more; ")
    json.dumps([shown, listed["rows"]])


def test_every_output_is_answered_and_every_figure_is_one(release):
    shown, framed = show(release, ""), frame(release)
    assert set(shown) == set(wiring.VIEW) == set(VIEW)
    assert set(framed) == set(wiring.FRAME) == set(FRAME)
    for figure in (shown["profit"], framed["calibration"], *(framed[kind] for kind in CURVES)):
        assert go.Figure(figure).data


def test_a_pressed_cell_lists_its_customers_whatever_the_threshold_and_a_second_press_leaves_it(release):
    part = "?band=0-10&fifth=1"
    shown, listed = show(release, part), LISTED.rows(release, ALL, part, NOBODY_OUT)
    names = [row["customer_id"] for row in listed["rows"]["rowData"]]
    assert len(names) > 0
    assert shown["list_finding"].startswith(f"{len(names)} customer")
    assert "in this part of the map" in shown["list_finding"]
    assert text_of(shown["part"]) == "Part of the map risk 0 to 10\xa0%, fifth 1 of usual spend, remove"
    pressed = [props for props in buttons(shown["map"]) if props["aria-pressed"] == "true"]
    assert [props["className"].split()[0] for props in pressed] == ["sd-churn-cell"]
    assert "band" not in parse_qs(urlsplit(pressed[0]["data-search"]).query)
    left = selected(release, parse_qs(f"save=churn&{part[1:]}"), Listed(names[0]))
    assert (len(left.rows), left.left_out) == (len(names) - 1, 1)
    assert described(release, left) == "Risk 0 to 10\xa0%, fifth 1 of usual spend; All customers"


def test_where_contacting_nobody_pays_the_page_says_so_and_lists_nobody(release):
    shown = show(release, "?success=0")
    assert shown["profit_finding"].startswith("At these costs contacting anybody is expected to lose money.")
    assert (shown["list_class"], shown["export_hidden"]) == ("sd-folded", True)
    assert "Nobody is worth contacting" in text_of(shown["nothing"])
    assert "no threshold to look back with" in text_of(shown["confusion"])
    assert LISTED.rows(release, ALL, "?success=0", NOBODY_OUT)["rows"] == {"rowData": [], "rowCount": 0}
    nobody = show(release, "?band=0-10&fifth=3")
    assert "Nobody is in this part of the map" in text_of(nobody["nothing"])


def test_bands_and_days_off_by_more_than_five_points_are_warned_of(release):
    framed = frame(release)
    # the fifth band: predicted 52 %, happened 40; all others 2 points or less
    assert "one of ten bands was off by more than 5 points" in framed["calibration_finding"]
    assert json.dumps(framed["calibration_table"]).count("sd-ic-warning") == 1
    assert framed["cuts_finding"] == "The mean prediction was off by up to 5.0 points."


def test_reasons_are_said_with_the_customers_own_figures(release):
    units = ("days", "count", "money", "share")
    reasons = [Reason(id=unit, name=f"In {unit}", unit=unit) for unit in units]
    assert why([(0, 1.0), (2, 12.5)], reasons) == "In days: 1 day; In money: £12.50"
    assert why([(1, 1234.0), (3, 0.5)], reasons) == "In count: 1,234; In share: 50\xa0%"
    assert why([], reasons) == "Nothing raises it above what is usual"
    (row, *_) = LISTED.rows(release, ALL, "?band=40-50", NOBODY_OUT)["rows"]["rowData"]
    assert re.fullmatch(r"Days since the last order: 1[345] days", row["why"])
    assert row["record"] == "40\xa0% of 60"
    assert re.fullmatch(r"4\d\.\d\xa0% \(\d\d to \d\d\)", row["churn"])


def test_a_release_without_chances_shows_one_sentence_and_no_empty_card(release, monkeypatch):
    fields = release.overview.as_fields() | {"churn": None}
    monkeypatch.setattr(release, "overview", Overview.of(fields))
    shown, framed = show(release, ""), frame(release)
    assert set(shown) == set(wiring.VIEW)
    # a grouping of outputs takes one answer for each of its names
    assert {name: each for name, each in framed.items() if isinstance(each, dict)}.keys() == {"menus"}
    assert set(framed["menus"]) == set(wiring.FRAME["menus"])
    assert shown["body_class"] == "sd-folded"
    assert "Train again to see who may not order." in text_of(shown["missing"])
    listed = LISTED.rows(release, ALL, "", NOBODY_OUT)
    assert listed["rows"] == {"rowData": [], "rowCount": 0}
    assert listed["audience_class"] == "d-none"  # nobody to save


def test_the_least_success_that_the_note_names_is_where_contacting_begins_to_pay(release):
    note = text_of(show(release, "")["profit_note"])
    least = float(re.search(r"above a success rate of ([\d.]+)\xa0%", note)[1]) / 100
    assert answer(release, {"success": [f"{least - 0.001:.4f}"]}).best.percent is None
    assert answer(release, {"success": [f"{least + 0.001:.4f}"]}).best.percent is not None


def test_a_segment_is_named_only_where_it_is_large_and_the_likeliest():
    names = ["Recent", "Distant"]
    distant, recent = Share(1, 30, 20, 0.715, 900.0), Share(0, 30, 0, 0.22, 10.0)
    told = "Distant is the segment likeliest not to order: 72\xa0% on average."
    assert of_groups([distant, recent], names, "segment") == told
    neither = "Chance of no order and expected loss of each segment."
    assert of_groups([distant, recent._replace(customers=29)], names, "segment") == neither
    assert of_groups([distant, recent._replace(chance=0.7171)], names, "segment") == neither
    assert of_groups([], [], "segment") == "This preset has no segments."
