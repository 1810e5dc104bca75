"""“Change” compares the same selection at two moments; a cell of several segments is drawn as such."""

from __future__ import annotations

import numpy as np
import pytest

from layouts.segments.words import of_groups
from services.releases import read_current
from services.serving.lists.filters import Filters
from services.serving.release.loaded import Loaded
from services.serving.segments.change import sizes_before
from services.serving.segments.view import view
from tests.releases.tiny import make_tiny_release


@pytest.fixture
def release(tmp_path, monkeypatch) -> Loaded:
    """Ten customers of whom four were Recent and four Distant a month ago, and two not yet there."""
    make_tiny_release(tmp_path, 10)
    found = Loaded(tmp_path, read_current(tmp_path))
    then = np.array([0, 0, 0, 0, 1, 1, 1, 1, -1, -1], np.int16)
    recency = np.array([1, 2, 3, 40, 50, 60, 70, 80, 0, 0], np.int32)
    columns = {
        "snapshot_segment": np.stack([then, np.asarray(found.customers["segment"])], axis=1),
        "snapshot_recency": np.stack([recency, np.asarray(found.customers["recency"])], axis=1),
    }
    monkeypatch.setattr(found, "customers", {**found.customers, **columns})
    return found


@pytest.mark.parametrize(
    ("filters", "before"),
    [
        (Filters(), [4, 4]),
        (Filters(segment=("recent",)), [4, 0]),
        (Filters(r_max=60), [4, 2]),  # by the days waited then, not by those of today
        (Filters(r_min=2, r_max=50), [3, 1]),
        (Filters(cluster=("c1",)), None),  # of which clusters they were then, nothing is kept
    ],
)
def test_the_same_selection_is_taken_at_the_earlier_moment(release, filters, before):
    found = sizes_before(release, filters)
    assert (None if found is None else found.tolist()) == before
    groups = view(release, filters, "segment").groups
    assert [group.before for group in groups] == (before or [None, None])


def test_countries_hold_at_both_moments(release):
    there = np.asarray(release.customers["country"])[:8] == 0
    found = sizes_before(release, Filters(country=("United Kingdom",)))
    assert found.tolist() == [int(there[:4].sum()), int(there[4:].sum())]


def test_the_sentence_says_what_is_compared_or_why_nothing_is():
    said = "Means per customer on 9 December 2011; "
    assert of_groups("2011-12-09", "2011-11-10", known=True) == (
        f"{said}“Change” compares with the same selection on 10 November."
    )
    assert of_groups("2011-12-09", "2011-11-10", known=False) == (
        f"{said}what this selection held on 10 November is not kept, so no change is shown."
    )
    assert of_groups("2011-12-09", None, known=False) == "Means per customer on 9 December 2011."


def test_a_cell_that_holds_customers_of_two_segments_tells_both(release, monkeypatch):
    assert view(release, Filters(), "segment").mixed == {}
    segment = 1 - np.asarray(release.customers["segment"])
    segment[0] = 1 - segment[0]  # alone of another segment than who shares its scores
    monkeypatch.setattr(release, "customers", {**release.customers, "segment": segment})
    shown = view(release, Filters(), "segment")
    assert shown.mixed
    for place, parts in shown.mixed.items():
        assert len(parts) == 2
        assert sum(count for _segment, count in parts) == shown.cells[place][3]
