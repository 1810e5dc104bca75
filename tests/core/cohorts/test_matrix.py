"""Cohorts, counted twice: by the matrix, and one customer after the other."""

from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.core.cohorts.hiding import LEAST, hidden, without_cumulative
from services.core.cohorts.matrix import Orders, matrix, ordered_in
from services.core.cohorts.periods import EVERY, first_day, key_of, last_day, period_at, periods

EPOCH = date(1970, 1, 1)
START = (date(2010, 12, 1) - EPOCH).days


def table(bought):
    """Orders of a list of (customer, days after the first of December 2010, amount)."""
    rows = sorted(bought)
    customer, day, amount = (np.array(each) for each in zip(*rows, strict=True))
    return Orders(customer.astype("i4"), (day + START).astype("i4"), amount.astype("f8"))


ORDERS = st.lists(
    st.tuples(st.integers(0, 24), st.integers(0, 130), st.integers(1, 99)), min_size=1, max_size=100
)


def by_hand(orders, every):
    """Who ordered what by the period of the first order and its own, one order after the other."""
    firsts, cells = {}, {}
    for customer, day, amount in zip(orders.customer, orders.day, orders.amount, strict=True):
        moment = EPOCH + timedelta(days=int(day))
        own = name(moment, every)
        firsts.setdefault(customer, own)
        people, many, money = cells.setdefault((firsts[customer], own), (set(), 0, 0.0))
        cells[firsts[customer], own] = (people | {customer}, many + 1, money + amount)
    return firsts, cells


def name(day, every):
    if every == "week":
        return f"{day.isocalendar().year}-W{day.isocalendar().week:02}"
    return f"{day:%Y-%m}" if every == "month" else f"{day.year}-Q{(day.month + 2) // 3}"


@given(ORDERS, st.sampled_from(EVERY))
@settings(max_examples=40)
def test_every_cell_is_what_one_counts_customer_by_customer(bought, every):
    orders = table(bought)
    found = matrix(orders, 25, every, int(orders.day.max()))
    firsts, cells = by_hand(orders, every)
    seen = 0
    for row, since in product(range(len(found.sizes)), repeat=2):
        key = (key_of(found.first + row, every), key_of(found.first + row + since, every))
        people, many, money = cells.get(key, (set(), 0, 0.0))
        assert (found.people[row, since], found.orders[row, since]) == (len(people), many)
        assert found.revenue[row, since] == pytest.approx(money)
        listed = ordered_in(orders, 25, every, found.first + row, since)
        assert set(np.flatnonzero(listed)) == people
        seen += many
    assert seen == len(bought)
    for row, size in enumerate(found.sizes):
        key = key_of(found.first + row, every)
        assert size == sum(own == key for own in firsts.values()) == found.people[row, 0]


@given(ORDERS, st.sampled_from(EVERY))
@settings(max_examples=60)
def test_what_is_left_out_is_of_nobody_or_five_people_in_each_sum_that_is_known(bought, every):
    found = matrix(table(bought), 25, every, START + 130)
    out = hidden(found)
    shown = found.there() & ~out
    assert (found.people[shown] >= LEAST).all()
    assert not (out & ~found.there()).any()
    for row in range(len(found.sizes)):
        if out[row, 0]:
            assert not shown[row].any()
    gone = found.sizes[out[:, 0]].sum()
    assert gone == 0 or gone >= LEAST or out[:, 0].all()
    places = np.add.outer(np.arange(len(found.sizes)), np.arange(len(found.sizes)))
    for period in range(len(found.sizes)):
        at = places == period
        gone = found.people[at & out].sum()
        assert gone == 0 or gone >= LEAST or out[at].all()
    # a sum less the one before is a cell: none of those left out can be had so
    summed = ~without_cumulative(out) & found.there()
    for row, since in zip(*np.nonzero(summed), strict=True):
        assert not out[row, : since + 1].any()


@given(st.integers(-30_000, 60_000), st.sampled_from(EVERY))
@settings(max_examples=60)
def test_a_period_holds_its_days_and_is_found_by_its_name(day, every):
    period = int(periods([day], every)[0])
    moment = EPOCH + timedelta(days=day)
    assert first_day(period, every) <= moment <= last_day(period, every)
    assert key_of(period, every) == name(moment, every)
    assert period_at(key_of(period, every), every) == period


@pytest.mark.parametrize(
    ("key", "every"),
    [
        ("2011-13", "month"), ("2011-1", "month"), ("2011-Q5", "quarter"), ("2011-W53", "week"),
        ("2011-04", "week"), ("", "month"), ("٢٠١١-04", "month"), ("0000-04", "month"), ("9999-12", "month"),
    ],
)  # fmt: skip
def test_what_names_no_period_is_none(key, every):
    assert period_at(key, every) is None


def test_a_cell_of_four_is_left_out_and_so_is_the_one_that_a_total_would_give_it_away_by():
    # ten new in December, eight in January; in February four of the former order, and six of the latter
    first = [(who, 3, 10) for who in range(10)] + [(who, 40, 10) for who in range(10, 18)]
    later = [(who, 63, 5) for who in (0, 1, 2, 3)] + [(who, 64, 5) for who in range(10, 16)]
    again = [(who, 41, 5) for who in range(6)]
    fresh = [(who, 65, 5) for who in range(18, 25)]
    found = matrix(table([*first, *later, *again, *fresh]), 25, "month", START + 70)
    assert found.people.tolist() == [[10, 6, 4], [8, 6, 0], [7, 0, 0]]
    # February is known to hold 17 customers: less 7 and 6, four remain
    assert hidden(found).tolist() == [[False, False, True], [False, True, False], [False, False, False]]
    assert without_cumulative(hidden(found))[1].tolist() == [False, True, True]
