"""Trials whose truth is known from the pool they draw from."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.campaigns.trials import HOLDOUTS, LARGEST, Pool, at_size, simulate, smallest_effect


def pool(rate: float = 0.4, adjust: bool = True) -> Pool:
    random = np.random.default_rng(4)
    before = random.lognormal(4, 0.6, 600)
    spent = np.where(random.random(600) < rate, 2 * before, 0.0)
    return Pool(spent, before, np.full(600, 1 / 600), adjust)


def test_trials_are_false_once_in_twenty_and_find_the_smallest_effect_four_times_in_five():
    found = simulate(pool(), 150, 0.3, 250)
    assert found.trials == 250 * HOLDOUTS
    assert found.false_verdicts == pytest.approx(0.05, abs=0.02)
    assert found.coverage == pytest.approx(1 - found.false_verdicts)
    assert found.power == pytest.approx(0.8, abs=0.05)


def test_the_same_trials_come_to_the_same():
    assert simulate(pool(), 100, 0.5, 20, 30.0) == simulate(pool(), 100, 0.5, 20, 30.0)


def test_an_effect_asked_about_is_held_by_its_intervals_and_found_the_more_often_the_larger():
    small, large = (simulate(pool(), 120, 0.3, 60, effect) for effect in (5.0, 100.0))
    assert small.power < 0.4 < 0.9 < large.power
    assert large.coverage == pytest.approx(0.95, abs=0.04)
    assert small.false_verdicts == large.false_verdicts


def test_the_same_money_by_further_orders_of_a_few_is_found_less_often():
    found = simulate(pool(), 150, 0.3, 100)
    assert 0.2 < found.power_by_orders < found.power - 0.05
    assert simulate(pool(), 150, 0.3, 20, 1e4).power_by_orders is None


def test_spend_before_that_says_something_narrows_intervals():
    wide, narrow = (simulate(pool(0.9, adjust), 100, 0.5, 20) for adjust in (False, True))
    assert narrow.width < 0.95 * wide.width
    assert narrow.smallest_effect < wide.smallest_effect


def test_groups_too_small_for_a_verdict_show_nothing():
    found = simulate(pool(), 60, 0.1, 20)
    assert (found.false_verdicts, found.coverage) == (0, None)
    assert (found.power, found.power_by_orders, found.smallest_effect) == (None, None, None)
    assert smallest_effect(pool(0.02), 100, 0.5) is None


def test_larger_audiences_are_reckoned_from_those_of_a_thousand():
    assert at_size(10.0, 1_000, 4_000) == 5
    flat = Pool(np.tile([0.0, 10.0], 50), np.ones(100), np.full(100, 0.01), adjust=False)
    thousand = smallest_effect(flat, LARGEST, 0.5)
    assert smallest_effect(flat, 4 * LARGEST, 0.5) == thousand / 2
    # By the normal approximation: (1.96 + 0.84) × 5 × √(1/500 + 1/500).
    assert thousand == pytest.approx(2.8 * 5 * (2 / 500) ** 0.5, rel=0.05)
