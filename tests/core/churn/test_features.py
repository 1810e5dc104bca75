"""What is known of customers at the end of a day, counted by hand, and nothing that comes after it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.core.churn.features import FEATURES, Parts, Stand, left, stand

NEVER = 10**9


def parts(*rows):
    """Parts of orders from (customer, day, amount, lines) and, where it went back, the day of that."""
    who, day, amount, lines, until = zip(*((*row, NEVER)[:5] for row in rows), strict=True)
    whole = (np.array(each, np.int64) for each in (who, day, until))
    return Parts(*whole, *(np.array(each, np.float64) for each in (amount, lines)))


def until(all_of: Parts, day: int) -> Parts:
    """The parts as a ledger that ends with a day has them: what is returned later has not been yet."""
    known = all_of.day <= day
    cut = {name: part[known] for name, part in vars(all_of).items()}
    return Parts(**cut | {"until": np.where(cut["until"] > day, NEVER, cut["until"])})


SHOP = parts((0, 10, 20.0, 2), (0, 40, 30.0, 3), (0, 40, 10.0, 1), (1, 95, 5.0, 1), (1, 130, 99.0, 9))


def test_features_of_two_customers_by_hand():
    found = stand(SHOP, 100)
    assert found.customer.tolist() == [0, 1]
    one, two = (dict(zip(FEATURES, row, strict=True)) for row in found.raw.tolist())
    # one gap of 30 days, the only one of the base, so that it stays 30 when drawn to the base's
    assert (one["days_since"], one["own_gap"], one["days_since_by_gap"]) == (60, 30, 2)
    assert (one["order_days"], one["order_days_30"], one["order_days_90"], one["order_days_180"]) == (
        2,
        0,
        1,
        2,
    )
    assert (one["spend"], one["spend_90"], one["spend_a_day"]) == (60, 40, 30)
    assert (one["lines_a_day"], one["lines_last"]) == (3, 4)
    assert one["order_rate"] == pytest.approx(1.7 / 151)
    assert (two["days_since"], two["order_days"], two["spend"], two["own_gap"]) == (5, 1, 5, 30)


def test_points_are_logarithms_among_the_customers_of_the_day():
    found = stand(SHOP, 100)
    assert found.points.mean(axis=0) == pytest.approx(0, abs=1e-12)
    # of two customers each lies one deviation from the mean, or both on it
    assert set(np.round(np.abs(found.points), 9).ravel().tolist()) <= {0.0, 1.0}


def test_who_did_not_order_within_the_horizon_left():
    assert left(SHOP, np.array([0, 1]), 100, 90).tolist() == [True, False]
    assert left(SHOP, np.array([0, 1]), 100, 29).tolist() == [True, True]
    # an order of the day itself is known, not expected; one of the last day of the horizon counts
    assert left(SHOP, np.array([1]), 95, 30).tolist() == [True]
    assert left(SHOP, np.array([1]), 100, 30).tolist() == [False]


def test_what_went_back_by_the_day_is_not_counted_and_what_goes_back_later_is():
    returned = parts((0, 10, 20.0, 2), (0, 40, 30.0, 3, 60))
    spend = list(FEATURES).index("spend")
    assert [stand(returned, day).raw[0, spend] for day in (59, 60)] == [50, 20]


def looks_past(described, all_of: Parts, day: int) -> bool:
    """Say whether a description of customers changes when what comes after the day is taken away."""
    return not np.array_equal(described(all_of, day), described(until(all_of, day), day))


ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 200), st.integers(1, 500).map(float), st.integers(1, 9)),
    min_size=1,
    max_size=30,
)


@settings(max_examples=40)
@given(ROWS, st.integers(0, 200), st.integers(0, 120))
def test_no_feature_looks_past_the_day(rows, day, later):
    some = parts(*((*row, row[1] + later) if place % 3 == 0 else row for place, row in enumerate(rows)))
    for part in ("customer", "raw", "points"):
        assert not looks_past(lambda shop, at, part=part: vars(stand(shop, at))[part], some, day)


def test_a_feature_that_looks_past_the_day_is_caught():
    def forged(shop: Parts, day: int):
        """Days until the next order: what nobody can know on the day."""
        found: Stand = stand(shop, day)
        wait = [
            (shop.day[(shop.customer == who) & (shop.day > day)] - day).min(initial=999)
            for who in found.customer
        ]
        return np.column_stack([found.raw, wait])

    assert looks_past(forged, SHOP, 100)
