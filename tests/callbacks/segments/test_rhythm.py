"""Rhythm on Segments: key figure, column and audience, and a release that knows none."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from callbacks.segments.view import frame, show
from callbacks.segments.wiring import LISTED
from services.campaigns.selection import selected
from services.releases import read_current
from services.serving.lists.listing import rows_of
from services.serving.release.loaded import Loaded
from tests.campaigns.listed import NOBODY_OUT
from tests.releases.tiny import make_tiny_release
from tests.serving.shops import table_shop

ASKED = {"startRow": 0, "endRow": 50}


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models, 30)
    return Loaded(models, read_current(models))


def fields(release):
    return [column["field"] for column in frame(release, "")["columns"]]


def test_the_key_figure_counts_who_is_overdue_and_of_them_the_silent(release):
    everybody = json.dumps(show(release, "")["kpis"])
    assert "longer than usual without an order; 7 silent" in everybody
    assert '["14", ' in everybody
    assert "longer than usual without an order; 0 silent" in json.dumps(
        show(release, "?rhythm=overdue")["kpis"]
    )


def test_the_list_says_states_and_days_and_begins_with_who_is_overdue_longest(release):
    assert "rhythm" in fields(release)
    asked = ASKED | {"sortModel": [{"colId": "rhythm", "sort": "desc"}]}
    listed = LISTED.rows(release, asked, "", NOBODY_OUT)["rows"]["rowData"]
    assert [(each["rhythm"], each["overdue_days"]) for each in listed[:1]] == [("silent", 60)]
    assert [each["overdue_days"] for each in listed] == sorted(
        (each["overdue_days"] for each in listed), reverse=True
    )


def test_an_audience_is_saved_of_the_same_customers(release):
    search = "?rhythm=overdue&rhythm=silent&overdue_min=14"
    address = LISTED.rows(release, ASKED, search, NOBODY_OUT)["audience"]
    query = parse_qs(urlsplit(address).query)
    chosen = selected(release, query, NOBODY_OUT)
    late = release.customers["overdue_days"] >= 14
    assert chosen.rows.tolist() == np.flatnonzero(late).tolist()
    assert len(rows_of(release, chosen.filters, "")) == late.sum() > 0


def test_a_table_of_customers_has_neither_figure_nor_column_and_says_what_was_left_out():
    release = table_shop()
    shown = show(release, "?rhythm=silent&overdue_min=3")
    assert "longer than usual" not in json.dumps(shown["kpis"])
    assert "rhythm" not in fields(release)
    notes = json.dumps(shown["notes"], ensure_ascii=False)
    assert "There is no rhythm “silent” in this release" in notes
    assert "does not know the days overdue" in notes
    assert frame(release, "")["menus"]["rhythm"] == "This data has no rhythms."
