"""The sizes of the segments at each moment that a release kept."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest

from layouts.movement.words import of_sizes
from services.serving.lists.filters import Filters
from services.serving.movement.sizes import Sizes, sizes
from tests.serving.shops import shop

DAYS = ("30 September 2011", "31 October 2011", "30 November 2011")
NAMES = ("Best", "Lost")


@pytest.mark.parametrize("filters", [Filters(), Filters(r_max=100_000), Filters(f_min=4), Filters(f_min=999)])
def test_each_size_is_that_counted_by_hand(filters):
    release = shop()
    standing, orders = (release.customers[f"snapshot_{name}"] for name in ("segment", "frequency"))
    found = sizes(release, filters)
    mask = filters.mask(release)
    for place in range(len(release.overview.snapshots)):
        held = [
            int(standing[row, place]) for row in range(release.count) if mask[row] and orders[row, place] > 0
        ]
        assert found.customers[place] == len(held)
        counted = Counter(held)
        assert found.segments[place] == [counted[number] for number in range(len(release.segments))]


def test_what_training_counted_and_what_is_counted_here_is_the_same():
    release = shop()
    found, kept = sizes(release, Filters()), release.overview.snapshots
    assert found.customers == [each.customers for each in kept]
    assert found.segments == [[each.segments[one.id] for one in release.segments] for each in kept]


def test_a_customer_erased_since_training_counts_at_no_moment():
    trained = SimpleNamespace(customers=9, segments={"best": 8, "lost": 1})
    release = SimpleNamespace(
        count=2,
        segments=[SimpleNamespace(id="best"), SimpleNamespace(id="lost")],
        overview=SimpleNamespace(snapshots=[trained, trained]),  # erasing leaves them as they are
        customers={
            "snapshot_segment": np.array([[0, 1], [-1, 0]], np.int8),
            "snapshot_frequency": np.array([[1, 2], [0, 1]], np.int32),
        },
    )
    assert sizes(release, Filters()) == Sizes([1, 2], [[1, 0], [1, 1]])


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            Sizes([10, 20, 40], [[8, 1], [10, 5], [20, 8]]),
            "10 customers on 30 September 2011, 40 on 30 November 2011. "
            "Best changed most, from 80\u00a0% to 50\u00a0% of them.",
        ),
        # two that changed as much, one that did not, nobody at first
        (
            Sizes([1, 1, 10], [[1, 0], [1, 0], [5, 5]]),
            "1 customer on 30 September 2011, 10 on 30 November 2011.",
        ),
        (
            Sizes([10, 9, 10], [[4, 5], [4, 5], [4, 5]]),
            "10 customers on 30 September 2011, 10 on 30 November 2011.",
        ),
        (
            Sizes([0, 9, 10], [[0, 0], [4, 5], [4, 5]]),
            "0 customers on 30 September 2011, 10 on 30 November 2011.",
        ),
    ],
)
def test_the_sentence_names_the_segment_whose_share_changed_most_where_one_did(found, said):
    assert of_sizes(NAMES, found.customers, found.segments, DAYS) == said
