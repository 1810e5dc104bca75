"""The interval of a difference of means, against a test of every difference by brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.core.campaigns.permutation import DRAWS, counted, draws_for, shifts

DRAWN = 399


def sample(seed: int, size: int = 40) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Spend of whom most spend nothing and a few very much, spend before, and a holdout."""
    random = np.random.default_rng(seed)
    before = random.lognormal(4, 1, size)
    spent = np.where(random.random(size) < 0.4, before * random.lognormal(0, 1, size), 0.0)
    return spent, before, np.arange(size) % 4 == 0


def columns(*each: np.ndarray) -> list[np.ndarray]:
    return [one[:, None] for one in each]


def rejected(spent, held, delta, before=None) -> tuple[bool, bool]:
    """Whether a shift is too low, too high, by testing that spend less the shift shows none."""
    left = spent - delta * ~held
    left = left - left.mean()
    if before is not None:
        root = np.sqrt(before) - np.sqrt(before).mean()
        left = left - root * (root @ left) / (root @ root)
    drawn = np.random.default_rng(9).random((DRAWN, len(spent)), dtype=np.float32) < 0.25

    def statistic(out: np.ndarray) -> float:
        return left[~out].sum() / np.sqrt(out.sum() * (~out).sum())

    of_draws, own = np.array([statistic(out) for out in drawn]), statistic(held)
    least = 0.025 * (DRAWN + 1)
    return 1 + (of_draws >= own).sum() <= least, 1 + (of_draws <= own).sum() <= least


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("adjusted", [False, True])
def test_the_interval_holds_just_the_shifts_that_the_test_does_not_reject(seed, adjusted):
    spent, before, held = sample(seed)
    found = shifts(*columns(spent, held), 0.25, DRAWN, 9, before[:, None] if adjusted else None)
    low, high = float(found.low[0]), float(found.high[0])
    assert low < found.difference[0] < high
    hair = 1e-3 * (high - low)
    known = before if adjusted else None
    assert rejected(spent, held, low - hair, known) == (True, False)
    assert rejected(spent, held, low + hair, known) == (False, False)
    assert rejected(spent, held, high - hair, known) == (False, False)
    assert rejected(spent, held, high + hair, known) == (False, True)


@given(st.integers(0, 99), st.floats(-500, 500))
def test_what_every_treated_customer_spends_more_moves_the_interval_by_as_much(seed, delta):
    spent, before, held = sample(seed)
    first, second = (
        shifts(*columns(each, held), 0.25, 79, 9, before[:, None]) for each in (spent, spent + delta * ~held)
    )
    for end in ("low", "difference", "high"):
        assert getattr(second, end)[0] == pytest.approx(getattr(first, end)[0] + delta, abs=0.05)


def test_the_estimate_is_the_plain_difference_and_with_spend_before_that_of_a_regression():
    spent, before, held = sample(3)
    plain = shifts(*columns(spent, held), 0.25, 79, 9)
    assert plain.difference[0] == pytest.approx(spent[~held].mean() - spent[held].mean())
    design = np.stack([np.ones(40), ~held, np.sqrt(before)], axis=1)
    adjusted = shifts(*columns(spent, held), 0.25, 79, 9, before[:, None])
    assert adjusted.difference[0] == pytest.approx(np.linalg.lstsq(design, spent, rcond=None)[0][1])


def test_comparisons_side_by_side_are_those_made_alone():
    many = [sample(seed) for seed in range(3)]
    spent, before, held = (np.stack(each, axis=1) for each in zip(*many, strict=True))
    together = shifts(spent, held, 0.25, 79, 9, before)
    for place, (one, known, out) in enumerate(many):
        alone = shifts(*columns(one, out), 0.25, 79, 9, known[:, None])
        assert together.low[place] == pytest.approx(alone.low[0], rel=1e-4)
        assert together.high[place] == pytest.approx(alone.high[0], rel=1e-4)


@pytest.mark.parametrize("amount", [0.0, 12.5])
def test_where_everybody_spends_the_same_nothing_differs(amount):
    held = np.arange(50) % 5 == 0
    found = shifts(*columns(np.full(50, amount), held), 0.2, 79, 9, np.full((50, 1), 3.0))
    assert (found.low[0], found.difference[0], found.high[0]) == (0, 0, 0)


def test_on_no_effect_the_interval_leaves_zero_out_once_in_twenty_though_tails_are_heavy():
    random = np.random.default_rng(2)
    shape = (120, 4_000)
    spent = np.where(random.random(shape) < 0.4, random.lognormal(5, 1.6, shape), 0.0)
    held = random.random(shape) < 0.2
    found = shifts(counted(spent)[0], held, 0.2, 199, 9)
    assert ((found.low > 0) | (found.high < 0)).mean() == pytest.approx(0.05, abs=0.01)
    assert (found.low > 0).mean() == pytest.approx(0.025, abs=0.008)


def test_the_largest_twentieth_of_buyers_counts_as_the_next():
    spent = np.array([*range(1, 41), *[0] * 60], dtype=float)[:, None]
    counts, cut = counted(spent)
    assert cut.tolist() == [38]
    assert (counts == 38).sum() == 3
    assert counts.sum() == spent.sum() - 3
    few, cut = counted(spent[:19])
    assert cut.tolist() == [19]
    assert np.array_equal(few, spent[:19])
    assert counted(np.zeros((3, 2)))[1].tolist() == [0, 0]


def test_permutations_are_ten_thousand_for_the_usual_audience_and_fewer_for_huge_ones():
    assert draws_for(0) == draws_for(3_000) == draws_for(20_000) == DRAWS
    assert draws_for(50_000) == 3_999
    assert draws_for(10_000_000) == 999
    assert all((draws_for(each) + 1) % 40 == 0 for each in range(1, 400_000, 997))
