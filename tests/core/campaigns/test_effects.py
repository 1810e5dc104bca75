"""Differences with their intervals: published figures, coverage counted by brute force, refused verdicts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.campaigns.effects import enough, rate_effect, verdict

counts = st.integers(1, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("treated", "holdout", "low", "high"),
    [
        # Newcombe 1998, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_rates_have_the_published_intervals(treated, holdout, low, high):
    effect = rate_effect(treated, holdout)
    assert (effect.low, effect.high) == pytest.approx((low, high), abs=5e-5)


@given(counts, counts)
def test_an_interval_of_rates_holds_the_difference_and_stays_possible(treated, holdout):
    effect = rate_effect(treated, holdout)
    assert -1 - 1e-9 <= effect.low <= effect.difference <= effect.high <= 1 + 1e-9
    swapped = rate_effect(holdout, treated)
    assert (swapped.low, swapped.high) == pytest.approx((-effect.high, -effect.low))


def test_rates_are_covered_nineteen_times_in_twenty():
    drawn = np.random.default_rng(3)
    pairs = zip(drawn.binomial(240, 0.12, 3000), drawn.binomial(60, 0.05, 3000), strict=True)
    effects = [rate_effect((int(first), 240), (int(second), 60)) for first, second in pairs]
    assert np.mean([each.low <= 0.07 <= each.high for each in effects]) == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.01, 0.2, "higher"), (-0.2, -0.01, "lower"), (-0.01, 0.2, "cannot-tell")]
)
def test_a_verdict_follows_the_interval_and_is_refused_where_there_are_too_few(low, high, said):
    assert verdict(low, high, enough=True) == said
    assert verdict(low, high, enough=False) == "too-few"


def test_there_are_enough_from_twenty_customers_and_five_expected_buyers_on():
    assert enough((20, 80), (5, 20), non_buyers=True)
    assert not enough((20, 80), (5, 19), non_buyers=True)
    assert not enough((19, 80), (5, 20), non_buyers=True)
    assert not enough((80, 80), (16, 20), non_buyers=True)
    assert enough((80, 80), (16, 20), non_buyers=False)
