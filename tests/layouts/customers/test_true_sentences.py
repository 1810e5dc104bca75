"""Sentences of the customer page that were not quite true, each in the case that showed it."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

import pytest

from layouts.customers import findings, words


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (datetime(2011, 12, 9), "a day"),
        (datetime(2011, 1, 9), "11 months"),
        (datetime(2010, 12, 5), "a year"),
        (datetime(2010, 7, 1), "17 months"),
        (datetime(2009, 12, 1), "two years"),
        (datetime(2009, 5, 1), "31 months"),
        (datetime(2007, 12, 1), "four years"),
    ],
)
def test_a_span_of_a_year_and_a_half_is_not_called_a_year(first, said):
    who = SimpleNamespace(
        segment=None, orders=2, first_purchase=first, values={"recency": 1, "monetary": 1.0}
    )
    standing = SimpleNamespace(profile=who, as_of=datetime(2011, 12, 10), turns=[])
    assert f"ordered twice in {said.replace('a day', '1 day')}, for" in words.reason(standing)[0]


def test_best_months_are_all_named_where_several_are():
    assert findings.months([("2011-10", 20.0), ("2011-11", 20.0)]) == (
        "Spend in both months, most in Oct 2011 and Nov 2011: £20.00 each."
    )
    many = [(f"2011-{month:02}", 5.0) for month in range(1, 7)]
    assert findings.months([*many, ("2011-07", 1.0)]) == (
        "Spend in all seven months, most in six of them: £5.00 each."
    )


def test_snapshots_before_the_first_order_are_not_among_those_counted():
    shown = [("2011-09-30", -1, None), ("2011-10-31", 0, None), ("2011-11-30", 0, None)]
    since = findings.which_snapshots(datetime(2011, 10, 3), shown)
    assert findings.history("New", 2, 2, since) == "New in both snapshots since the first order."
    assert findings.which_snapshots(datetime(2011, 10, 3), shown[1:]) == "shown"
    # everything sent back in between, or a preset that leaves some without a segment
    gap = [shown[1], ("2011-11-30", -1, None), shown[2]]
    assert findings.which_snapshots(datetime(2011, 10, 3), gap) == "with"
    assert (findings.without_segment(since), findings.without_segment("with")) == (
        "no order yet",
        "no segment",
    )
