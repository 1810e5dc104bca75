"""Days that are learned from and tried on, and what a trial may claim."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.churn.cuts import HORIZON, learned_cuts, least_days, tried_cuts
from services.core.churn.features import Parts, stand
from services.core.churn.models import BASELINES, CANDIDATES, MOST, chance_of, fit
from services.core.churn.reasons import LEAST, REASONS, reasons
from services.core.churn.scoring import auc, log_odds
from services.core.churn.trying import (
    Days,
    Tried,
    beaten_by,
    choose,
    level_shift,
    season_helps,
    shifted,
    try_out,
)
from tests.core.value.bases import base

NEVER = 10**9


def shop(**given):
    known = base(**given)
    ones = np.ones(len(known.day))
    return Days(
        Parts(known.customer, known.day, np.full(len(known.day), NEVER), 20 * ones, ones),
        int(known.day.min()),
    )


def test_every_day_that_is_learned_from_has_its_horizon_behind_it():
    assert tried_cuts(0, 373) == [193, 223, 253, 283]
    assert learned_cuts(0, 283) == [43, 73, 103, 133, 163, 193]
    assert all(cut + HORIZON <= now for now in range(100, 400, 7) for cut in learned_cuts(0, now))


def test_the_shortest_ledger_has_one_day_to_learn_from_and_one_to_try():
    assert (tried_cuts(0, least_days()), learned_cuts(0, least_days() - HORIZON)) == ([120], [30])
    assert tried_cuts(0, least_days() - 1) == []


def test_a_trial_knows_nothing_of_the_days_after_its_cut():
    days = shop(customers=300, days=400)
    whole = try_out(days, 250, 0)
    known = Parts(**{name: part[days.parts.day <= 250] for name, part in vars(days.parts).items()})
    model = fit("logistic", *Days(known, days.first).learned(250), 0)
    assert np.array_equal(whole.chances["logistic"], chance_of(model, stand(known, 250).points))


@pytest.mark.parametrize("model", CANDIDATES)
def test_a_model_that_learns_shuffled_outcomes_tells_nobody_from_nobody(model):
    days = shop(customers=400, days=400)
    points, gone = days.learned(250)
    here, left = days.at(250)
    assert auc(chance_of(fit(model, points, gone, 0), here.points), left).value > 0.65
    areas = []
    for seed in range(6):
        blind = fit(model, points, np.random.default_rng(seed).permutation(gone), 0)
        areas.append(auc(chance_of(blind, here.points), left).value)
    assert np.mean(areas) == pytest.approx(0.5, abs=0.12)
    # and what did happen is not told by who is who
    shuffled = np.random.default_rng(9).permutation(left)
    found = auc(chance_of(fit(model, points, gone, 0), here.points), shuffled)
    assert found.low < 0.5 < found.high


def tried(cut, left, season=None, **given):
    chances = {name: np.array(given.get(name, [0.5] * len(left))) for name in CANDIDATES}
    scores = {name: np.array(given.get(name, [0.0] * len(left))) for name in BASELINES}
    return Tried(cut, np.array(left, bool), chances, dict.fromkeys(CANDIDATES, season), scores)


def test_the_last_cut_does_not_choose():
    earlier = tried(1, [1, 0], splines=[0.9, 0.1])
    last = tried(2, [1, 0], boosting=[1.0, 0.0])
    assert choose([earlier, last]) == "splines"
    assert choose([last]) == "boosting"
    assert choose([tried(1, [1, 0]), last]) == "logistic"


def test_a_model_that_a_rule_equals_is_beaten():
    assert beaten_by([tried(1, [1, 0], splines=[0.6, 0.4], recency=[9.0, 1.0])], "splines") == "recency"
    assert beaten_by([tried(1, [1, 0], splines=[0.6, 0.4], recency=[1.0, 1.0])], "splines") is None


def test_the_season_helps_only_where_it_brought_the_level_nearer():
    left = [1, 1, 1, 0]
    assert season_helps([tried(1, left)], "logistic") is None
    assert season_helps([tried(1, left, season=1.0)], "logistic") is True
    assert season_helps([tried(1, left, season=-1.0)], "logistic") is False
    # 1.0 in log-odds takes one half to .731
    assert tried(1, left, season=1.0).chance("logistic", season=True) == pytest.approx(0.731, abs=0.001)


def test_a_shift_makes_the_mean_right():
    chance = np.array([0.2, 0.5, 0.9])
    assert shifted(chance, level_shift(chance, 0.3)).mean() == pytest.approx(0.3)


def test_reasons_of_a_logistic_regression_are_its_coefficients_times_the_values():
    days = shop(customers=300, days=400)
    model = fit("logistic", *days.learned(250), 0)
    here, _ = days.at(250)
    told = reasons(lambda points: chance_of(model, points), here.points, here.raw, 1 + here.raw[:, 0])
    base_odds = float(log_odds(chance_of(model, np.zeros((1, here.points.shape[1]))))[0])
    summed = log_odds(chance_of(model, here.points)) - base_odds
    assert np.abs(told.weight.sum(axis=1) - summed).max() < len(REASONS) * LEAST
    assert (np.diff(np.abs(told.weight), axis=1) <= 1e-6).all()
    assert ((told.reason < 0) == (told.weight == 0)).all()
    since = told.fact[told.reason == list(REASONS).index("silence")]
    assert set(since.tolist()) <= set((1 + here.raw[:, 0]).tolist())


def test_a_large_ledger_is_learned_from_by_every_so_manieth_customer():
    points = np.random.default_rng(0).normal(size=(2 * MOST, 2))
    gone = points[:, 0] > 0
    assert np.array_equal(
        fit("logistic", points, gone, 0).coef_, fit("logistic", points[::2], gone[::2], 0).coef_
    )
