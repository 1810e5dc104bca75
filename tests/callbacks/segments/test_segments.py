"""The tab Segments as plain functions: what an address shows, in every state and for awkward releases."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import plotly.graph_objects as go
import pytest
from dash import no_update

from callbacks.segments.pictures import bar_scale
from callbacks.segments.view import FIGURES, FINDINGS, frame, show
from callbacks.segments.wiring import LISTED
from layouts.segments.kpis import _risk_title
from layouts.segments.release import _days
from services.releases import read_current
from services.serving.lists.filters import Filters
from services.serving.lists.listing import listed, rows_of
from services.serving.release.loaded import Loaded
from tests.campaigns.listed import NOBODY_OUT
from tests.overviews import overview, segment
from tests.releases.tiny import make_tiny_release

ADDRESSES = ["", "?group=cluster", "?segment=recent", "?country=France&f_min=2&group=cluster", "?m_min=0.5"]


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("segments")
    make_tiny_release(models, 30)
    return Loaded(models, read_current(models))


def text_of(part) -> str:
    """All words of components in plain form, in reading order."""
    if isinstance(part, dict):
        return text_of(part.get("props", {}).get("children"))
    if isinstance(part, list):
        return "".join(text_of(each) for each in part)
    return "" if part is None else str(part)


@pytest.mark.parametrize("search", ADDRESSES)
def test_every_figure_is_one_that_plotly_knows_and_every_card_has_its_sentence(release, search):
    shown = show(release, search)
    for name in FIGURES:
        go.Figure(shown["figures"][name])
    assert set(shown["findings"]) == set(FINDINGS)
    assert all(finding.endswith(".") for finding in shown["findings"].values())
    json.dumps(shown)


def test_the_numbers_sent_are_those_of_the_release(release):
    data = show(release, "")["data"]
    assert data["customers"] == release.count
    assert [group["customers"] for group in data["groups"]] == [
        segment.customers for segment in release.segments
    ]
    assert sum(count for count, _money, _mixed in data["cells"]) == release.count
    assert sum(data["bars"]["recency"]) == release.count


def test_clusters_take_the_place_of_segments(release):
    data = show(release, "?group=cluster")["data"]
    assert data["by"] == "cluster"
    assert [group["customers"] for group in data["groups"]] == [
        cluster.customers for cluster in release.clusters
    ]


def test_chips_say_what_is_set_and_take_it_out_again(release):
    shown = show(release, "?segment=recent&segment=distant&r_min=5&r_max=200&country=France")
    told = [text_of(chip) for chip in shown["chips"]]
    assert told == [
        "Segment Recent, Distant, remove",
        "Country France, remove",
        "Recency 5 to 200, remove",
        "Clear all",
    ]
    drops = [chip["props"]["data-drop-filter"] for chip in shown["chips"]]
    assert drops[:3] == ["segment", "country", "r_min r_max"]
    assert set(drops[3].split()) == {"segment", "country", "r_min", "r_max"}


def test_what_the_address_has_beyond_the_release_is_said_and_left_out(release):
    shown = show(release, "?segment=champion&m_min=lots&group=colour")
    told = text_of(shown["notes"])
    assert "There is no segment “champion”" in told
    assert "“lots” is not a number (spend)" in told
    assert "not by “colour”" in told
    assert shown["data"]["customers"] == release.count


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("?segmnt=recent", "There is no parameter “segmnt” here, so it was left out."),
        ("?segment=", "segment has no value, so it was left out."),
        ("?m_min=5&m_min=0", "m_min is given 2 times, so the last one counts."),
        ("?sort=foo", "Customers cannot be sorted by “foo”"),
        ("?group=", "group has no value, so it was left out."),
    ],
)
def test_nothing_of_the_address_is_dropped_without_a_word(release, search, said):
    shown = show(release, search)
    assert said in text_of(shown["notes"])
    assert shown["data"]["customers"] == release.count
    assert [each["field"] for each in frame(release, search)["columns"] if each["sort"]] == ["monetary"]


def test_nobody_found_names_the_filter_to_drop_and_what_it_would_give(release):
    shown = show(release, "?country=France&r_min=5000&r_max=6000")
    france = int(Filters(country=("France",)).mask(release).sum())
    told = text_of(shown["nothing"])
    assert "No customer matches both filters" in told
    assert f"Without “Recency 5,000 to 6,000” there would be {france}." in told
    assert shown["cards_hidden"] is True
    assert shown["export_hidden"] is True
    assert shown["kpis"] == []
    assert shown["data"] is no_update


def test_the_cards_come_back_after_nobody_was_found(release):
    shown = show(release, "?country=France")
    assert (shown["cards_hidden"], shown["export_hidden"], shown["nothing"]) == (False, False, [])


def test_key_figures_of_a_view_are_compared_with_everybody_and_not_with_the_past(release):
    told = text_of(show(release, "?country=France")["kpis"])
    assert "of 30" in told
    assert "since" not in told


def test_the_frame_lists_what_can_be_chosen_and_where_the_map_begins(release):
    shown = frame(release, "?sort=recency:asc")
    assert [text_of(entry) for entry in shown["menus"]["segment"]] == ["Recent", "Distant"]
    assert [column["field"] for column in shown["columns"] if column["sort"]] == ["recency"]
    cells = shown["frame"]["map"]["cells"]
    assert cells[0][:2] == [1, 5]
    assert sorted(cell[3] for cell in cells) == list(range(25))
    for axis, bars in shown["frame"]["bars"].items():
        assert len(bars["labels"]) == len(show(release, "")["data"]["bars"][axis])
    json.dumps(shown)


@pytest.mark.parametrize(
    "sort", [[], [{"colId": "customer_id", "sort": "asc"}], [{"colId": "rfm", "sort": "desc"}]]
)
def test_the_list_and_its_file_hold_the_same_customers_in_the_same_order(release, sort):
    answer = LISTED.rows(
        release, {"startRow": 3, "endRow": 8, "sortModel": sort}, "?country=France", NOBODY_OUT, "0"
    )
    query = parse_qs(urlsplit(answer["export"]).query)
    exported = rows_of(release, Filters(country=("France",)), query["sort"][0], query["containing"][0])
    assert answer["rows"]["rowData"] == listed(release, exported[3:8])
    assert answer["rows"]["rowCount"] == len(exported)
    assert query["release"] == [release.id]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"startRow": -5, "endRow": 10**9, "sortModel": [{"colId": "margin", "sort": "asc"}]},
        {"startRow": 10, "endRow": 5, "sortModel": ["nonsense"]},
    ],
)
def test_a_strange_request_for_rows_gets_rows_or_none_but_no_error(release, asked):
    assert LISTED.rows(release, asked, "?segment=nobody", NOBODY_OUT)["rows"]["rowCount"] == release.count


def test_a_preset_without_scores_map_or_past_is_shown_without_them(release, monkeypatch):
    bare = release.overview.model_copy(update=dict.fromkeys(("grid", "scoring", "previous", "changed")))
    monkeypatch.setattr(release, "overview", bare)
    monkeypatch.setattr(release, "scale", None)
    shown = show(release, "")
    assert shown["map_hidden"] is True
    assert frame(release, "")["frame"]["map"] is None
    assert "since" not in text_of(shown["kpis"])
    assert (
        "shapes" not in shown["figures"]["recency"]["layout"]
        or not shown["figures"]["recency"]["layout"]["shapes"]
    )


def test_a_release_of_four_customers_is_shown(tmp_path: Path):
    make_tiny_release(tmp_path, 4)
    shown = show(Loaded(tmp_path, read_current(tmp_path)), "")
    for name in FIGURES:
        go.Figure(shown["figures"][name])
    assert shown["data"]["customers"] == 4


def test_names_with_markup_stay_text(release, monkeypatch):
    renamed = release.segments[0].model_copy(update={"name": "<b>Recent</b>"})
    segments = [renamed, *release.segments[1:]]
    monkeypatch.setattr(release, "overview", release.overview.model_copy(update={"segments": segments}))
    figures = show(release, "")["figures"]
    assert "<b>Recent" not in json.dumps({name: figures[name]["data"] for name in ("rf", "rm", "fm")})
    assert "&lt;b&gt;Recent" in json.dumps(figures["treemap"]["data"])


@pytest.mark.parametrize(
    ("axis", "edges", "places", "texts"),
    [
        # the numbers of a few bars all have room, long ones stand further apart, the last one always stands
        ("frequency", [1, 2, 3, 9], [0.5, 1.5, 2.5], ["1", "2", "3+"]),
        ("frequency", [1, 2], [0.5], ["1+"]),
        (
            "recency",
            range(0, 380, 20),
            [0, 3, 6, 9, 12, 15, 17.5],
            ["0", "60", "120", "180", "240", "300", "340+"],
        ),
        (
            "monetary",
            [*range(0, 4000, 250), 300_000],
            [0, 4, 8, 12, 15.5],
            ["£0", "£1,000", "£2,000", "£3,000", "£3,750+"],
        ),
    ],
)
def test_no_two_numbers_below_a_distribution_meet_on_a_narrow_screen(axis, edges, places, texts):
    scale = bar_scale(axis, edges, "")
    assert (list(scale.places), list(scale.texts), scale.length) == (places, texts, len(edges) - 1)
    middles = [place / scale.length * 250 for place in places]
    for (left, one), (right, other) in pairwise(zip(middles, texts, strict=True)):
        assert right - left > 6.6 * (len(one) + len(other)) / 2


def test_equal_cut_points_leave_a_class_without_days():
    assert [_days(place, [1, 1, 1, 9]) for place in range(5)] == [
        "1 day or fewer",
        "–",
        "–",
        "2 to 9",
        "10 days or more",
    ]


def test_names_with_commas_are_counted_instead_of_listed():
    named = [
        segment("steady", "Steady, long ago", at_risk=True),
        segment("frequent", "Frequent", at_risk=True),
        segment("new", "New"),
    ]
    assert _risk_title(overview(segments=named)) == "Revenue in 2 segments at risk"
    assert _risk_title(overview(segments=named[1:])) == "Revenue in Frequent"
    assert _risk_title(overview(segments=named[2:])) == ""
