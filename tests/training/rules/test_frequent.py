"""Columns, pairs and sets that are in enough baskets, against plain counting."""

from __future__ import annotations

import tracemalloc
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.rules import frequent
from services.training.rules.frequent import frequent_pairs, frequent_sets
from tests.drawn import drawn
from tests.training.rules.small_baskets import baskets_of_five, matrix


@drawn(15)
@given(baskets_of_five, st.integers(3, 40), st.sampled_from([3, 4]), st.integers(1, 12))
def test_sets_are_those_of_a_plain_count_and_none_where_there_are_too_many(baskets, least, longest, block):
    rows = matrix(baskets)
    counts = {
        items: sum(set(items) <= basket for basket in baskets)
        for size in range(2, longest + 1)
        for items in combinations(range(5), size)
    }
    plain = {items: count for items, count in counts.items() if count >= least}
    pairs = frequent_pairs(rows, least, 100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frequent, "_BLOCK", block)
        found = frequent_sets(rows, pairs, longest, 100)
    listed = [tuple(place for place in row if place >= 0) for row in found.items.tolist()]
    assert dict(zip(listed, found.baskets.tolist(), strict=True)) == plain
    assert listed == sorted(plain)
    assert found.total == len(plain)
    if plain:
        stopped = frequent_sets(rows, pairs, longest, len(plain) - 1)
        assert stopped.total >= len(plain)
        assert len(stopped.items) == 0


@drawn(30)
@given(baskets_of_five, st.integers(3, 40), st.integers(1, 12), st.integers(1, 5))
def test_of_too_many_pairs_the_most_frequent_stay(baskets, least, most, block):
    counts = {pair: sum(set(pair) <= basket for basket in baskets) for pair in combinations(range(5), 2)}
    ranked = sorted((count for count in counts.values() if count >= least), reverse=True)
    lowest = least if len(ranked) <= most else ranked[most] + 1
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frequent, "_BLOCK", block)
        found = frequent_pairs(matrix(baskets), least, most)
    assert found.least == lowest
    pairs = zip(map(tuple, found.columns.tolist()), found.baskets.tolist(), strict=True)
    assert list(pairs) == [(pair, count) for pair, count in counts.items() if count >= lowest]


def test_a_product_that_is_bought_with_all_others_takes_no_memory_by_the_square():
    bag, others = 0, 4_000
    baskets = [{bag, *range(1 + start, 11 + start)} for start in range(0, others, 10)] * 2
    rows = matrix(baskets, others + 1)
    pairs = frequent_pairs(rows, 2, 10**6)
    tracemalloc.start()
    try:
        found = frequent_sets(rows, pairs, 2 + 1, 10**6)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # of each ten pairs and threes, with the bag and without
    assert found.total == others // 10 * (10 + 45 + 45 + 120)
    assert most < 30e6
