"""Spans, the law of the next order, states and intervals: what is claimed holds where the law is known."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.value.next_order import learn
from services.core.value.rhythm import (
    LEVELS,
    STATES,
    horizon_of,
    interval,
    next_orders,
    standing,
    try_out,
)
from services.core.value.spans import order_days, spans_at
from tests.core.value.bases import base


def test_spans_run_from_order_to_order_and_the_last_is_still_running():
    known = order_days([7, 5, 5, 5, 5], [3, 10, 0, 10, 4])
    found = spans_at(known, 12)
    assert found.customer.tolist() == [5, 5, 5, 7]
    assert found.before.tolist() == [0, 1, 2, 0]
    assert found.age.tolist() == [0, 4, 10, 0]
    assert found.days.tolist() == [4, 6, 2, 9]
    assert found.ended.tolist() == [True, True, False, False]


def test_what_comes_later_is_not_looked_at():
    known = order_days([5, 5, 7], [0, 4, 9])
    found = spans_at(known, 3)
    assert (found.customer.tolist(), found.days.tolist(), found.ended.tolist()) == ([5], [3], [False])


def test_the_next_order_is_counted_from_the_day_and_may_never_come():
    known = order_days([1, 1, 2, 3, 3], [0, 9, 5, 2, 30])
    assert next_orders(known, np.array([1, 2, 3]), 5).tolist() == [4, np.inf, 25]


def test_nobody_one_order_each_and_few_orders_have_no_law():
    assert learn(spans_at(order_days([], []), 0)) is None
    assert learn(spans_at(order_days(range(500), range(500)), 600)) is None
    assert learn(spans_at(order_days([1, 1, 2], [0, 9, 9]), 30)) is None


def test_a_base_that_orders_every_ten_days_is_told_so():
    known = order_days(np.repeat(range(40), 20), np.tile(np.arange(20) * 10, 40))
    spans = spans_at(known, 193)
    law = learn(spans)
    stated = interval(law, spans.running, 0.8, 60)
    assert stated.stated.all()
    # three days have passed of ten
    assert (stated.low <= 7).all()
    assert (stated.high >= 7).all()
    assert (stated.high <= 10).all()
    assert (standing(law, spans.running, 60).state == 0).all()


@pytest.mark.parametrize("regular", [1.0, 4.0])
def test_intervals_hold_as_often_as_stated_whether_customers_are_regular_or_not(regular):
    tried = try_out(base(regular=regular), 499, 90, (0.5, 0.8, 0.9))
    for level in (0.5, 0.8, 0.9):
        stated = sum(each.intervals[level] for each in tried)
        assert stated > 300
        assert sum(each.held[level] for each in tried) / stated == pytest.approx(level, abs=0.04)
    assert learn(spans_at(base(regular=regular), 499)).k == pytest.approx(regular, rel=0.1)


def test_customers_who_never_come_back_count_as_misses():
    known = base()
    gone = known.until(400)
    held = try_out(gone, 499, 90, tries=1)[0]
    assert held.intervals[0.8] > 0
    assert held.held[0.8] == 0
    assert sum(held.ordered) == 0


def test_an_interval_begins_tomorrow_at_the_earliest_and_ends_within_the_horizon():
    known = base(400)
    for end in (200, 350, 499):
        spans = spans_at(known, end)
        for level in LEVELS:
            stated = interval(learn(spans), spans.running, level, 90)
            assert (stated.low >= 1).all()
            assert (stated.low <= stated.high).all()
            assert (stated.high <= 90).all()


def test_who_waits_longer_is_in_rhythm_then_due_then_overdue_by_more_each_day_then_silent():
    known = base(400)
    law = learn(spans_at(known, 300))
    who = spans_at(known, 300).running
    lasting = [standing(law, _after(who, days), 90) for days in range(0, 1_200, 5)]
    states = np.stack([each.state for each in lasting])
    assert (np.diff(states, axis=0) >= 0).mean() > 0.999
    assert set(np.unique(states)) == set(range(len(STATES)))
    overdue = np.stack([each.overdue for each in lasting])
    assert ((states >= 2) == (overdue > 0)).all()
    assert (np.diff(overdue, axis=0) == 5).all() or (overdue.min() == -365)


def _after(spans, days):
    parts = vars(spans) | {"days": np.full_like(spans.days, days)}
    return type(spans)(**parts)


def test_four_in_five_gaps_were_over_before_the_customer_would_have_been_overdue():
    known = base(3_000)
    spans = spans_at(known, 499)
    # begun early enough for all of them to be over: none of this base is longer than a year
    early = spans.of(spans.age <= 120)
    limit = early.days - standing(learn(spans), early, 90).overdue
    assert (early.days <= limit).mean() == pytest.approx(0.8, abs=0.04)


def test_customers_who_are_silent_order_less_often_than_those_in_rhythm():
    draw = np.random.default_rng(5)
    known = base()
    gone = draw.integers(100, 800, 1_500)  # half of them stop for good before the end
    stays = known.day < gone[known.customer]
    tried = try_out(order_days(known.customer[stays], known.day[stays]), 499, 90)
    customers = np.sum([each.customers for each in tried], axis=0)
    ordered = np.sum([each.ordered for each in tried], axis=0)
    assert customers[3] > 100
    assert ordered[3] / customers[3] < 1 / 3 < ordered[0] / customers[0]


def test_rows_in_another_order_and_days_counted_from_elsewhere_change_nothing():
    known = base(200)
    draw = np.random.default_rng(0).permutation(len(known.day))
    moved = order_days(known.customer[draw], known.day[draw] + 10_000)
    assert try_out(known, 499, 90) == [
        type(each)(each.cut - 10_000, *list(vars(each).values())[1:]) for each in try_out(moved, 10_499, 90)
    ]


def test_a_third_of_the_file_is_looked_ahead_and_never_more_than_ninety_days():
    assert horizon_of(order_days([1, 2], [0, 59]), 59) == 20
    assert horizon_of(base(50), 499) == 90
    assert horizon_of(order_days([], []), 0) == 0
