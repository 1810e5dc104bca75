"""The smallest effect on a rate, against simulated campaigns that are judged as real ones are."""

from __future__ import annotations

import numpy as np
import pytest

from services.core.campaigns.detecting import smallest_rate_effect
from services.core.campaigns.effects import enough, rate_effect
from services.core.campaigns.holdout import POWER


@pytest.mark.parametrize(
    ("rate", "treated", "holdout"),
    [(0.3, 800, 200), (0.05, 4000, 1000), (0.5, 300, 300), (0.0, 40, 20), (0.03, 100, 25), (0.2, 25, 25)],
)
def test_the_smallest_effect_on_a_rate_gets_its_verdict_four_times_in_five(rate, treated, holdout):
    effect = smallest_rate_effect(rate, treated, holdout)
    drawn = np.random.default_rng(5)
    first, second = drawn.binomial(treated, rate + effect, 2_000), drawn.binomial(holdout, rate, 2_000)
    groups = [((x, treated), (y, holdout)) for x, y in zip(first.tolist(), second.tolist(), strict=True)]
    higher = [rate_effect(*both).low > 0 and enough(*both, non_buyers=True) for both in groups]
    assert np.mean(higher) == pytest.approx(POWER, abs=0.04)


@pytest.mark.parametrize("rate", [0.0, 0.05, 0.4, 0.7])
def test_larger_groups_show_smaller_effects(rate):
    sizes = [(200, 50), (800, 200), (8_000, 2_000), (800_000, 200_000)]
    effects = [smallest_rate_effect(rate, *each) or 1 - rate for each in sizes]
    assert effects == sorted(effects, reverse=True)
    assert 0 < effects[-1] < 0.01


@pytest.mark.parametrize(
    ("rate", "treated", "holdout"),
    [(0.5, 3, 2), (0.1, 100, 0), (0.1, 1_000, 19), (0.9, 160, 40), (1.0, 500, 500)],
)
def test_groups_that_get_no_verdict_whatever_happens_have_no_smallest_effect(rate, treated, holdout):
    assert smallest_rate_effect(rate, treated, holdout) is None
