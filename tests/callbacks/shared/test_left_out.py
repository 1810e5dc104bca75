"""The sentence beside a file: how many of a view opted out, the same as the file's name says."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from dash import no_update
from flask import Flask

from callbacks.movement import wiring as movement
from callbacks.segments import wiring as segments
from callbacks.shared.left_out import UNKNOWN, left_out
from layouts.segments.words import of_left_out
from services.core.refusals import Refusal
from services.site.customers.opt_outs import OptOuts
from services.site.state import State
from services.web.exports import customers as customer_exports
from tests.serving.shops import shop, table_shop

FIRST = {"startRow": 0, "endRow": 5}
FLOW = "?from=2024-05-31&to=2024-12-31"


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def store(state):
    return OptOuts(state)


@pytest.fixture
def client(state):
    server = Flask("test")
    releases = SimpleNamespace(at=lambda _asked: shop())
    customer_exports.install(server, SimpleNamespace(releases=releases, state=state, by_contacts=None))
    return server.test_client()


def on_segments(search, store, asked=FIRST):
    return segments.LISTED.rows(shop(), asked, search, store)


def on_movement(search, store, asked=FIRST):
    return movement.LISTED.rows(shop(), asked, search, store)


LISTS = {on_segments: segments.LISTED, on_movement: movement.LISTED}


def rows_in(page, search=""):
    return LISTS[page].chosen(shop(), search, "").ordered("")


VIEWS = [(on_segments, ""), (on_segments, "?country=France&f_min=2"), (on_movement, FLOW)]


@pytest.mark.parametrize(("page", "search"), VIEWS)
def test_the_screen_says_what_the_files_name_says_and_nothing_while_nobody_opted_out(
    page, search, store, client
):
    assert page(search, store)["left_out"] == ""
    rows = page(search, store, {"startRow": 0, "endRow": 500})["rows"]["rowData"]
    outside = {shop().id_of(row) for row in range(shop().count)} - {row["customer_id"] for row in rows}
    store.add([*(row["customer_id"] for row in rows[:2]), *sorted(outside)[:3], "nobody"], "ana", "file")
    shown = page(search, store)
    named = client.get(shown["export"]).headers["Content-Disposition"]
    out = int(re.search(r"-without-(\d+)-opted-out", named).group(1))
    assert shown["left_out"] == of_left_out(out, shown["rows"]["rowCount"])
    assert left_out(shop(), rows_in(page, search), store) == shown["left_out"]
    store.remove(store.ids(), "ana", "file")
    assert page(search, store)["left_out"] == left_out(shop(), rows_in(page, search), store) == ""


@pytest.mark.parametrize("page", [on_segments, on_movement])
def test_scrolling_counts_nothing_again(page, store):
    assert page("", store, {"startRow": 50, "endRow": 100})["left_out"] is no_update


@pytest.mark.parametrize("page", [on_segments, on_movement])
def test_a_list_of_opt_outs_that_cannot_be_read_is_said_and_the_customers_are_shown(page, tmp_path):
    (tmp_path / "taken").write_text("a file, no folder")
    broken = OptOuts(State(tmp_path / "taken"))
    shown = page("", broken)
    assert shown["left_out"] == left_out(shop(), rows_in(page), broken) == UNKNOWN()
    assert shown["rows"]["rowData"]


def test_a_release_without_a_past_leaves_nobody_out(store):
    with pytest.raises(Refusal):
        movement.LISTED.chosen(table_shop(), "", "")
    assert movement.LISTED.rows(table_shop(), FIRST, "", store)["left_out"] == ""


@pytest.mark.parametrize(
    ("out", "of", "said"),
    [
        (0, 340, ""),
        (0, 0, ""),
        (1, 340, "1 of these 340 customers opted out and is excluded from the file."),
        (12, 1_340, "12 of these 1,340 customers opted out and are excluded from the file."),
        (3, 3, "All of them opted out, so the file would be empty."),
    ],
)
def test_the_sentence_is_plain(out, of, said):
    assert of_left_out(out, of) == said
