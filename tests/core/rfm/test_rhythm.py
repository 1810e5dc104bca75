"""Gaps between orders, and the order that is expected next."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.core.rfm.rhythm import due, gaps_between

START = datetime(2011, 1, 1, 15, 30)


def on(*days):
    return [START + timedelta(days=day, hours=place % 5) for place, day in enumerate(days)]


def test_gaps_are_whole_days_and_orders_of_one_day_count_once():
    gaps = gaps_between(on(0, 0, 10, 10, 40))
    assert [gap.days for gap in gaps] == [10, 30]
    assert [gap.until.date().day for gap in gaps] == [11, 10]


def test_one_day_with_orders_has_no_gap():
    assert gaps_between(on(0, 0)) == []
    assert gaps_between([]) == []


def test_three_days_are_too_few_to_expect_anything_four_are_enough():
    assert due(gaps_between(on(0, 10, 30))) is None
    expected = due(gaps_between(on(0, 10, 30, 80)))
    assert (expected.usual, expected.low, expected.high, expected.within, expected.of) == (20, 10, 50, 3, 3)
    assert expected.on.date() == (START + timedelta(days=100)).date()


def test_of_six_gaps_the_shortest_and_the_longest_are_left_out():
    gaps = gaps_between(on(0, 50, 121, 184, 238, 328, 365))
    expected = due(gaps)
    assert [gap.days for gap in gaps] == [50, 71, 63, 54, 90, 37]
    assert (expected.usual, expected.low, expected.high, expected.within, expected.of) == (58.5, 50, 71, 4, 6)


@given(st.lists(st.integers(0, 3_000), min_size=4, max_size=60, unique=True))
def test_the_expected_order_comes_after_the_last_one_within_the_gaps_seen(days):
    gaps = gaps_between([START + timedelta(days=day) for day in days])
    expected = due(gaps)
    lengths = [gap.days for gap in gaps]
    assert min(lengths) <= expected.low <= expected.usual <= expected.high <= max(lengths)
    assert min(lengths) <= (expected.on - gaps[-1].until).days <= max(lengths)
    assert expected.within >= len(lengths) / 2
