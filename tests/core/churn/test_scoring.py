"""Areas, errors and curves of scores: by hand, and as scikit-learn has them."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from services.core.churn.scoring import STEPS, auc, brier, curve, log_odds, precision, slope, thresholds

SCORE = np.array([0.9, 0.8, 0.8, 0.3, 0.1])
LEFT = np.array([True, True, False, False, False])
DRAW = np.random.default_rng(5)
CHANCE = DRAW.uniform(0.02, 0.98, 2_000).round(2)
GONE = DRAW.random(2_000) < CHANCE


def test_of_two_customers_the_one_who_left_has_the_greater_score():
    # six pairs: five in order, one tied
    assert auc(SCORE, LEFT).value == pytest.approx(5.5 / 6)
    # nobody is ahead of the first; of the next two one left
    assert precision(SCORE, LEFT).value == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)
    assert brier(SCORE, LEFT) == pytest.approx((0.01 + 0.04 + 0.64 + 0.09 + 0.01) / 5)


def test_areas_are_those_of_scikit_learn_and_lie_in_their_intervals():
    for found, other in (
        (auc(CHANCE, GONE), roc_auc_score(GONE, CHANCE)),
        (precision(CHANCE, GONE), average_precision_score(GONE, CHANCE)),
    ):
        assert found.value == pytest.approx(other)
        assert found.low < found.value < found.high


def test_intervals_of_the_area_hold_in_nineteen_of_twenty_draws():
    draw, truth, held = np.random.default_rng(1), auc(CHANCE, GONE).value, 0
    for _ in range(200):
        some = draw.integers(0, len(CHANCE), 300)
        found = auc(CHANCE[some], GONE[some])
        held += found.low <= truth <= found.high
    assert 182 <= held <= 198


def test_shuffled_outcomes_are_told_by_no_score():
    found = auc(CHANCE, np.random.default_rng(2).permutation(GONE))
    assert found.low < 0.5 < found.high


@pytest.mark.parametrize("stretch", [0.5, 1.0, 2.0])
def test_the_slope_says_how_extreme_chances_are(stretch):
    told = 1 / (1 + np.exp(-stretch * log_odds(CHANCE)))
    line = LogisticRegression(C=1e9).fit(log_odds(told)[:, None], GONE)
    assert slope(told, GONE) == pytest.approx(line.coef_[0, 0], rel=1e-3)
    assert slope(told, GONE) == pytest.approx(1 / stretch, rel=0.12)


def test_a_curve_keeps_equal_scores_together():
    counted = [(each["customers"], each["left"]) for each in curve(SCORE, LEFT)]
    assert counted == [(0, 0), (1, 1), (3, 2), (4, 2), (5, 2)]
    long = curve(CHANCE, GONE)
    assert len(long) <= STEPS + 1
    assert (long[-1]["customers"], long[-1]["left"]) == (2_000, int(GONE.sum()))


def test_thresholds_count_who_stands_at_a_chance_or_above():
    told = thresholds(SCORE, LEFT)
    assert len(told) == 101
    assert [tuple(told[at].values()) for at in (0, 10, 11, 80, 81, 91)] == [
        (5, 2),
        (5, 2),
        (4, 2),
        (3, 2),
        (1, 1),
        (0, 0),
    ]
