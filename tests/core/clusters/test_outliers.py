"""Outliers: flagged by the robust z of log values, on tables small enough to check by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.clusters.outliers import outliers, usual

ROWS = st.lists(
    st.tuples(st.integers(0, 900), st.integers(1, 50), st.floats(0, 1e6)), min_size=1, max_size=40
)


def spend(*logs):
    """Customers who differ in spend alone, given as log(1 + spend)."""
    return np.array([[5.0, 1.0, np.expm1(log)] for log in logs])


def test_a18_a_wholesaler_among_small_customers_is_an_outlier():
    rfm = [[days, 1 + days % 3, 80.0 + days] for days in range(20)]
    assert outliers([*rfm, [3, 2, 1e6]]).tolist() == [False] * 20 + [True]


def test_the_distance_is_counted_in_median_absolute_deviations():
    # logs 1 to 4 and 3 seven times, and 15: median 3, deviations 2 1 1 12 and 0
    found = usual(spend(1, 2, 4, 15, *[3] * 7, 1, 2, 4, 4, 2))
    assert (found.middle[2], found.unit[2]) == pytest.approx((3, 1.482602))
    edge = 3 + 3.5 * 1.482602
    assert found.far(spend(edge - 1e-9, edge + 1e-9, 0))[:, 2].tolist() == [False, True, False]


def test_where_most_share_one_value_the_mean_deviation_counts():
    # logs nine times 1 and once 10: median 1, mean absolute deviation 9 / 10
    assert usual(spend(*[1] * 9, 10)).unit[2] == pytest.approx(1.253314 * 0.9)


def test_a_customer_of_today_or_of_long_ago_is_no_outlier():
    rfm = [[100 + days % 3, 1 + days % 3, 80.0 + days] for days in range(20)]
    assert not outliers([*rfm, [0, 2, 85.0], [4_000, 2, 85.0]]).any()


def test_a_rule_that_flags_over_a_tenth_does_not_fit_and_flags_nobody():
    few, many = spend(*[1, 2, 3] * 6, 20, 20), spend(*[1, 2, 3] * 6, 20, 20, 20)
    assert (usual(few).flagged, usual(few).fits, outliers(few).sum()) == (0.1, True, 2)
    assert (usual(many).fits, outliers(many).sum()) == (False, 0)
    assert usual(many).flagged == pytest.approx(3 / 21)


def test_equal_customers_have_no_outlier():
    assert not outliers([[5, 1, 20.0]] * 7).any()


@given(ROWS, st.randoms())
def test_shuffled_customers_are_flagged_alike(rows, random):
    order = random.sample(range(len(rows)), len(rows))
    found = outliers(rows)
    assert outliers([rows[place] for place in order]).tolist() == [bool(found[place]) for place in order]
