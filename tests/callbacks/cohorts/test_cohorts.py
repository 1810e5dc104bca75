"""The tab Cohorts as plain functions: every state, and a list that is exactly the cell."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import no_update

from callbacks.cohorts.more import more
from callbacks.cohorts.view import ANSWERS, show
from callbacks.cohorts.wiring import LISTED, SHOWN
from layouts.plain import plain
from services.serving.cohorts.address import answer
from tests.callbacks.segments.test_segments import text_of
from tests.campaigns.listed import NOBODY_OUT
from tests.serving.shops import shop, table_shop

ALL = {"startRow": 0, "endRow": 500}


def links(part):
    """Every link of the matrix that opens a cell."""
    if isinstance(part, list):
        return [link for each in part for link in links(each)]
    if not isinstance(part, dict):
        return []
    own = [part["props"]] if "data-set-filter" in part.get("props", ()) and part["type"] == "A" else []
    return own + links(part.get("props", {}).get("children"))


@pytest.mark.parametrize("every", ["month", "quarter", "week"])
def test_each_cell_says_how_many_its_list_holds(every):
    release = shop()
    shown = show(release, f"?every={every}")
    found = links(shown["matrix"])
    assert len(found) >= (0 if every == "week" else 1)
    for link in found:
        listed = LISTED.rows(release, ALL, link["href"], NOBODY_OUT)
        people = int(re.match(r"(\d+) of \d+ customers ordered", link["title"])[1])
        assert listed["rows"]["rowCount"] == len(listed["rows"]["rowData"]) == people >= 5
        query = parse_qs(urlsplit(listed["export"]).query)
        assert (query["every"], query["cell"]) == ([every], [link["data-set-filter"].removeprefix("cell=")])
        assert "save=cohorts" in listed["audience"]
    assert set(shown) == set(SHOWN) == set(ANSWERS)
    json.dumps(shown)


@pytest.mark.parametrize("measure", ["share", "orders", "revenue", "cumulative"])
def test_no_measure_shows_a_cell_that_is_left_out(measure):
    release = shop()
    found = answer(release, {"every": ["quarter"]})
    shown = show(release, f"?every=quarter&show={measure}")
    keys = {link["data-set-filter"] for link in links(shown["matrix"])}
    for row in range(len(found.found.sizes)):
        for since in range(len(found.found.sizes) - row):
            day = found.first_day(row)
            key = f"cell={day.year}-Q{(day.month + 2) // 3}.{since}"
            assert not (found.out[row, since] and key in keys)
    assert "left out" in text_of(shown["matrix"])


def test_a_cell_is_said_in_words_and_closed_again():
    release = shop()
    link = links(show(release, "?every=quarter")["matrix"])[0]
    shown = show(release, link["href"])
    told = text_of(shown["matrix"])
    assert link["title"] in told
    assert "Close" in told
    assert shown["list_finding"].startswith(link["title"].split(" ")[0])
    (current,) = [each for each in links(shown["matrix"]) if "aria-current" in each]
    assert current["data-set-filter"] == link["data-set-filter"]


def test_a_cell_that_is_left_out_has_no_list_and_says_why():
    release = shop()
    found = answer(release, {})
    row = int((found.found.sizes < 5).argmax())
    cell = f"?cell={found.first_day(row):%Y-%m}.0"
    shown = show(release, cell)
    assert shown["list_finding"].startswith("This cell is left out")
    assert (shown["list_class"], shown["export_hidden"]) == ("sd-folded", True)
    assert LISTED.rows(release, ALL, cell, NOBODY_OUT)["rows"] == {"rowData": [], "rowCount": 0}


def test_what_is_chosen_stands_as_a_chip_and_in_its_list():
    shown = show(shop(), "?country=France&every=quarter")
    assert text_of(shown["chips"]) == "Country France, remove"
    assert shown["shown"] == {"country": "France", "segment": "*", "product": "*"}
    assert shown["country"] == "France"
    assert {each["value"] for each in shown["country_options"]} == {"*", "France"}


def test_a_release_without_orders_says_what_is_missing():
    shown = show(table_shop(), "")
    assert "Cohorts need the orders themselves" in text_of(shown["missing"])
    assert shown["body_hidden"]
    assert shown["matrix"] is no_update
    assert LISTED.rows(table_shop(), ALL, "", NOBODY_OUT)["rows"] == {"rowData": [], "rowCount": 0}


def test_the_other_cards_say_what_they_are_about_where_newcomers_are_few():
    told = text_of(plain(more(shop())))
    assert told.startswith("The cards below are about all customers")
    assert "Too few newcomers have had time to come back for a comparison." in told
    assert re.search(r"\d+ customers, \d+\s%", told)
    assert "Share of customers in each segment" in told
