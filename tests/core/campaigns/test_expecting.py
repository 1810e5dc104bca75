"""What is expected of the next period, by hand and on series whose law is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from services.core.campaigns.expecting import expected


def test_the_interval_goes_by_the_changes_so_far():
    # Four changes by a factor of 1.1 or its inverse; t(0.975) for four degrees of freedom is 2.776.
    found = expected([100, 110, 100, 110, 100])
    factor = 1.1**2.7764
    assert (found.value, found.periods) == (100, 5)
    assert (found.low, found.high) == pytest.approx((100 / factor, 100 * factor), rel=1e-4)
    assert found.times(3).low == 3 * found.low


def test_few_people_widen_it():
    assert expected([100] * 6).high == 100
    assert expected([100] * 6, 0.1).high == pytest.approx(100 * math.exp(2.5706 * 0.1), rel=1e-4)


@pytest.mark.parametrize("series", [[], [1, 2, 3, 4], [1, 2, 0, 4, 5], [1, 90, 1, 90, 1]])
def test_nothing_is_expected_after_too_few_periods_or_too_different_ones(series):
    assert expected(series) is None


def test_nineteen_intervals_in_twenty_hold_what_a_random_walk_does_next():
    random = np.random.default_rng(7)
    walks = np.exp(random.normal(0, 0.1, (2_000, 9)).cumsum(axis=1))
    found = [(expected(walk[:-1].tolist()), walk[-1]) for walk in walks]
    assert np.mean([each.low <= after <= each.high for each, after in found]) == pytest.approx(
        0.95, abs=0.015
    )
