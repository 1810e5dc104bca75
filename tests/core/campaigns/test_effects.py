"""Differences with their intervals: published figures, coverage counted by brute force, refused verdicts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.campaigns.effects import Effect, enough, mean_effect, rate_effect, verdict

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


def test_means_are_covered_nineteen_times_in_twenty_though_most_people_spend_nothing():
    drawn = np.random.default_rng(3)
    held = []
    for _ in range(1500):
        treated, holdout = (
            np.where(drawn.random(size) < rate, drawn.gamma(4, 10, size), 0.0)
            for size, rate in ((800, 0.3), (200, 0.2))
        )
        effect = mean_effect(treated, holdout)
        held.append(effect.low <= 4 <= effect.high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.02)


def test_means_have_welchs_interval():
    # By hand: means 3 and 1, variances 2.5 and 2/3, error √(0.5 + 1/6) = 0.8165, degrees of freedom
    # (2/3)² / (0.25/4 + (1/36)/3) = 6.19, for which t(0.975) lies between 2.447 (6) and 2.365 (7).
    effect = mean_effect(np.array([1.0, 2, 3, 4, 5]), np.array([0.0, 1, 1, 2]))
    assert effect.difference == 2
    assert (effect.low, effect.high) == pytest.approx((2 - 2.4285 * 0.81650, 2 + 2.4285 * 0.81650), abs=1e-3)


def test_groups_without_any_spread_have_an_interval_of_no_width():
    effect = mean_effect(np.zeros(3), np.zeros(2))
    assert (effect.low, effect.high) == (0, 0)


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.01, 0.2, "higher"), (-0.2, -0.01, "lower"), (-0.01, 0.2, "cannot-tell")]
)
def test_a_verdict_follows_the_interval_and_is_refused_where_there_are_too_few(low, high, said):
    assert verdict(Effect(0.1, 0.0, low, high), enough=True) == said
    assert verdict(Effect(0.1, 0.0, low, high), enough=False) == "too-few"


def test_there_are_enough_from_thirty_customers_and_five_expected_buyers_on():
    assert enough((20, 120), (5, 30), non_buyers=True)
    assert not enough((20, 120), (5, 29), non_buyers=True)
    assert not enough((19, 120), (5, 30), non_buyers=True)
    assert not enough((100, 120), (26, 30), non_buyers=True)
    assert enough((100, 120), (26, 30), non_buyers=False)
