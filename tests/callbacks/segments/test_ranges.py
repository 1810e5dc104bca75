"""Ranges typed on the tab Segments: read by the site's locale, written plainly into the address."""

from __future__ import annotations

import json

import pytest
from dash import no_update

from callbacks.segments.ranges import narrow
from callbacks.segments.view import show
from layouts import words
from services.core.filters import BOUNDS
from services.releases import read_current
from services.serving.release.loaded import Loaded
from tests.releases.tiny import make_tiny_release


@pytest.fixture
def german():
    before = words.manner()
    words.use(words.Manner("de_DE", "EUR", "Europe/Berlin"))
    yield
    words.use(before)


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("ranges")
    make_tiny_release(models, 30)
    return Loaded(models, read_current(models))


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ({"m_min": "1,234.5"}, "?m_min=1234.5"),
        ({"m_min": "£12.50", "m_max": " 1234 "}, "?m_min=12.5&m_max=1234"),
        ({"m_min": "1,000,000"}, "?m_min=1000000"),
        ({"m_min": "", "m_max": None}, no_update),
    ],
)
def test_a_british_site_reads_points_and_commas_where_they_belong(typed, query):
    assert narrow("", "m", typed)["address"] == query


@pytest.mark.parametrize(
    ("typed", "query"),
    [("1.797,24", "1797.24"), ("1797,24", "1797.24"), ("1.797", "1797"), ("12,50 €", "12.5")],
)
def test_a_german_site_reads_its_own_signs(german, typed, query):
    assert narrow("?m_min=5", "m", {"m_min": typed})["address"] == f"?m_min={query}"


@pytest.mark.parametrize(
    "typed", ["12,5", "1_000", "1e3", "nan", "inf", "0x10", "\u0661\u0662", "9" * 400, "x"]
)
def test_what_is_no_number_is_refused_beside_its_field_and_clears_the_view(typed):
    answer = narrow("?m_min=5", "m", {"m_min": typed, "m_max": "9"})
    assert answer["address"] is no_update
    assert "Type the spend as a number, such as 1,234.50." in json.dumps(answer["errors"]["m_min"])
    assert [end for end in BOUNDS if answer["errors"][end]] == ["m_min"]
    assert answer["view_hidden"]
    assert answer["refused"]


def test_the_sentence_has_an_example_in_the_sites_locale(german):
    assert "such as 1.234,50." in json.dumps(narrow("", "m", {"m_max": "1797.24"})["errors"]["m_max"])


def test_another_range_and_other_filters_stay_and_a_blank_takes_its_own_out():
    search = "?segment=recent&r_min=5&m_min=7&release=x"
    assert narrow(search, "m", {"m_min": "", "m_max": ""})["address"] == "?segment=recent&r_min=5&release=x"
    assert narrow(search, "r", {"r_min": "5", "r_max": "9", "m_min": "odd"})["address"] == (
        "?segment=recent&m_min=7&release=x&r_min=5&r_max=9"
    )


def test_the_range_that_is_in_the_address_already_brings_the_view_back():
    answer = narrow("?m_min=12.5", "m", {"m_min": "12.50"})
    assert (answer["address"], answer["view_hidden"], answer["refused"]) == (no_update, False, [])


def test_the_fields_show_what_is_set_so_that_it_can_be_typed_back(release, german):
    shown = show(release, "?m_min=1797.24&r_max=1200")
    assert shown["fields"] == dict.fromkeys(BOUNDS, "") | {"m_min": "1.797,24", "r_max": "1.200"}
    assert narrow("?m_min=1797.24", "m", shown["fields"])["address"] is no_update
    assert show(release, "?m_min=12,5")["fields"]["m_min"] == ""


def test_an_address_shows_the_view_whatever_was_refused_before(release):
    shown = show(release, "?segment=recent")
    assert (shown["view_hidden"], shown["refused"], set(shown["errors"].values())) == (False, [], {""})
