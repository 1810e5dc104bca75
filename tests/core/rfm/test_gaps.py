"""Gaps between orders, and the usual one."""

from datetime import datetime, timedelta

from services.core.rfm.gaps import gaps_between, usual_gap

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


def test_three_days_are_too_few_for_a_usual_gap_four_are_enough():
    assert usual_gap(gaps_between(on(0, 10, 30))) is None
    assert usual_gap(gaps_between(on(0, 10, 30, 80))) == 20
    assert usual_gap(gaps_between(on(0, 50, 121, 184, 238, 328, 365))) == 58.5
