"""The tab Movement as plain functions: every state, and a list that is exactly the flow."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import no_update

from callbacks.movement.view import ANSWERS, show
from callbacks.movement.wiring import LISTED, SHOWN
from layouts.ids import Movement
from layouts.movement import frame as layout
from layouts.movement.listed import of_list
from layouts.parts.contact_filters import ContactFilters
from layouts.parts.views import ViewsMenu
from services.core.filters import CONTACTS
from tests.callbacks.segments.test_segments import text_of
from tests.campaigns.listed import NOBODY_OUT
from tests.serving.shops import shop, table_shop

DAYS = "from=2024-05-31&to=2024-12-31"
PRESETS = ("standard", "quartile", "four-group", "ten-cluster")


@pytest.mark.parametrize("preset", PRESETS)
def test_sentence_figures_table_and_list_say_the_same_numbers(preset):
    release = shop(preset)
    shown = show(release, f"?{DAYS}")
    data = shown["data"]
    not_yet = len(data["groups"]) - 1
    movers = [flow for flow in data["flows"] if flow[0] not in (flow[1], not_yet)]
    moved, of = sum(flow[2] for flow in movers), sum(flow[2] for flow in data["flows"] if flow[0] != not_yet)
    assert moved > 0
    assert shown["diagram_finding"].startswith(f"{moved} of {of} customers changed segment")
    assert all(sum(flow[3:]) == flow[2] for flow in movers)
    assert (
        LISTED.rows(release, {"startRow": 0, "endRow": 500}, f"?{DAYS}", NOBODY_OUT)["rows"]["rowCount"]
        == moved
    )
    assert f"Changed segment{moved} of {of}" in text_of(shown["kpis"])
    assert set(shown) == set(SHOWN) == set(ANSWERS)
    json.dumps(shown)


def test_the_clicked_list_and_its_file_are_exactly_the_flow():
    release = shop()
    data = show(release, f"?{DAYS}")["data"]
    ids = [group["id"] for group in data["groups"]]
    for then, now, customers, *causes in data["flows"]:
        flow = f"?{DAYS}&from_segment={ids[then]}&to_segment={ids[now]}"
        answer = LISTED.rows(release, {"startRow": 0, "endRow": 500}, flow, NOBODY_OUT)
        listed = answer["rows"]["rowData"]
        assert len(listed) == answer["rows"]["rowCount"] == customers
        assert {(row["from_segment"], row["to_segment"]) for row in listed} == {(ids[then], ids[now])}
        query = parse_qs(urlsplit(answer["export"]).query)
        assert (query["from_segment"], query["to_segment"]) == ([ids[then]], [ids[now]])
        assert (query["from"], query["to"], query["release"]) == (
            ["2024-05-31"],
            ["2024-12-31"],
            [release.id],
        )
        for cause, count in zip(data["causes"], causes, strict=True):
            named = LISTED.rows(
                release, {"startRow": 0, "endRow": 500}, f"{flow}&cause={cause['id']}", NOBODY_OUT
            )
            assert named["rows"]["rowCount"] == count
            assert {row["cause"] for row in named["rows"]["rowData"]} <= {cause["name"]}


def test_what_is_chosen_stands_as_chips_that_take_it_out_again():
    release = shop()
    chosen = "&from_segment=not_yet&to_segment=champions&cause=ordered"
    shown = show(release, f"?{DAYS}{chosen}")
    told = [text_of(chip) for chip in shown["chips"]]
    assert told == ["From Not yet a customer, remove", "To Champions, remove", "Cause Ordered, remove"]
    drops = [chip["props"]["data-drop-filter"] for chip in shown["chips"]]
    assert drops == ["from_segment", "to_segment", "cause"]
    assert shown["data"]["chosen"] == ["not_yet", "champions", "ordered"]


@pytest.mark.parametrize(
    ("customers", "said"),
    [
        (0, "Nobody was in Loyal on the earlier day."),
        (1, "1 customer was in Loyal on the earlier day."),
        (2, "2 customers were in Loyal on the earlier day."),
    ],
)
def test_the_verb_of_a_list_agrees_with_its_number(customers, said):
    assert of_list(customers, "Loyal", None, None, "segment") == said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((1, "Loyal", "Loyal", None, "segment"), "1 customer stayed in Loyal."),
        ((2, "Loyal", "Loyal", "ordered", "segment"), "2 customers stayed in Loyal, and ordered."),
        (
            (1_200, "New", "Loyal", "cut-offs", "segment"),
            "1,200 customers went from New to Loyal, and moved only because the cut points moved.",
        ),
        ((0, "New", "Loyal", "stayed-away", "segment"), "Nobody went from New to Loyal, and stayed away."),
        (
            (3, None, "Loyal", "model", "segment"),
            "3 customers came to Loyal, and moved because the model changed.",
        ),
        ((0, None, None, None, "cluster"), "Nobody changed cluster."),
        (
            (1, None, None, "data", "cluster"),
            "1 customer changed cluster, and moved because the data was corrected.",
        ),
    ],
)
def test_each_way_between_two_days_is_said(asked, said):
    assert of_list(*asked) == said


def test_a_flow_of_nobody_offers_the_way_back():
    shown = show(shop(), f"?{DAYS}&from_segment=not_yet&cause=ordered")
    assert (shown["list_class"], shown["export_hidden"]) == ("sd-folded", True)
    assert "Show everybody who moved" in text_of(shown["nothing"])
    assert shown["list_finding"].startswith("Nobody")
    again = show(shop(), f"?{DAYS}")
    assert (again["list_class"], again["export_hidden"], again["nothing"]) == ("", False, [])


def test_what_the_address_has_beyond_the_release_is_said_and_left_out():
    shown = show(shop(), "?from=1999-01-01&to_segment=<b>&cause=magic")
    told = text_of(shown["notes"])
    assert "“1999-01-01”" in told
    assert "“<b>”" in told
    assert "“magic”" in told
    assert shown["data"]["chosen"] == [None, None, None]


def test_the_earlier_of_two_days_is_where_the_flows_begin():
    release = shop()
    swapped = show(release, "?from=2024-12-31&to=2024-05-31")
    assert swapped["data"] == show(release, f"?{DAYS}")["data"]
    assert (swapped["start"], swapped["end"]) == ("2024-05-31", "2024-12-31")


def test_a_release_without_a_past_says_why_and_shows_nothing_else():
    shown = show(table_shop(), "")
    assert shown["body_hidden"] is True
    assert "one moment only" in text_of(shown["missing"])
    assert shown["data"] is no_update


def test_clusters_that_are_segments_say_that_no_cut_off_can_move():
    assert "no cut point can move" in show(shop("ten-cluster"), "")["causes_note"]
    assert "no cut point can move" not in show(shop(), "")["causes_note"]


def test_a_page_as_first_shown_has_every_id_once():
    placed = [part.id for part in layout.layout()._traverse() if getattr(part, "id", None)]
    of = ContactFilters("movement")
    shared = [
        *(named(each) for named in (of.place, of.menu) for each in CONTACTS),
        of.column,
        of.part,
        of.marked,
    ]
    menu = ViewsMenu("movement")
    shared += [getattr(menu, name) for name, kind in vars(ViewsMenu).items() if isinstance(kind, property)]
    assert sorted(placed) == sorted([*Movement, *shared])


def test_the_page_weighs_little():
    assert len(json.dumps(show(shop(), ""))) < 30_000


def test_a_list_that_cannot_be_is_empty_and_no_failure():
    assert LISTED.rows(table_shop(), {"startRow": 0, "endRow": 50}, "", NOBODY_OUT)["rows"] == {
        "rowData": [],
        "rowCount": 0,
    }
