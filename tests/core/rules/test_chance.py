"""What chance gives in baskets of given sizes, against every ledger there is, shuffling, and by hand."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy.sparse import csr_array

from benchmarks.evidence.swapping import swapped
from services.core.rules.chance import LEVEL, Chance, beyond_chance
from services.core.rules.significance import Counted
from services.training.rules.bits import counts_of


def chosen(draws, sizes, products):
    """Fill baskets of some sizes with products of falling popularity, each by itself."""
    weights = 1 / np.arange(2, products + 2)
    rows = [draws.choice(products, size, replace=False, p=weights / weights.sum()) for size in sizes]
    filled = np.zeros((len(sizes), products), bool)
    for row, held in enumerate(rows):
        filled[row, held] = True
    return csr_array(filled)


def test_equal_baskets_of_equal_products_meet_as_drawing_without_replacement_says():
    # 4 of 10 products each: a pair is in 4/10 * 3/9 of the baskets, a triple in 2/8 of these.
    baskets = csr_array(
        np.array([[(row + step) % 10 in (0, 1, 2, 3) for step in range(10)] for row in range(50)])
    )
    expected = Chance(baskets).expected(np.array([[0, -1, -1], [0, 1, -1], [0, 1, 2]]))
    assert expected[:2] == pytest.approx([20, 50 * 4 / 10 * 3 / 9])
    assert expected[2] == pytest.approx(50 * 4 / 10 * 3 / 9 * 2 / 8, rel=0.15)


def test_few_baskets_meet_nearly_as_in_all_ledgers_of_their_sizes():
    sizes, popular = (1, 2, 2, 3), (3, 2, 2, 1)
    rows = [list(combinations(range(4), size)) for size in sizes]
    ledgers = [
        ledger
        for ledger in product(*rows)
        if all(sum(item in held for held in ledger) == times for item, times in enumerate(popular))
    ]
    met = np.mean([sum({0, 1} <= set(held) for held in ledger) for ledger in ledgers])
    filled = np.array([[item in held for item in range(4)] for held in ledgers[0]])
    assert len(ledgers) > 5
    assert Chance(csr_array(filled)).expected(np.array([[0, 1]])) == pytest.approx([met], rel=0.15)


def test_the_computed_expectation_is_the_mean_of_shuffled_ledgers():
    draws = np.random.default_rng(7)
    baskets = chosen(draws, draws.geometric(0.2, 600).clip(1, 40), 60)
    sets = np.array([[*pair, -1] for pair in combinations(range(12), 2)] + [[0, 1, 2], [1, 3, 5], [2, 4, 6]])
    shuffled, met = swapped(baskets, draws, 20), []
    for _ in range(60):
        shuffled = swapped(shuffled, draws, 5)
        met.append(counts_of(shuffled, sets))
    expected, mean = Chance(baskets).expected(sets), np.mean(met, axis=0)
    assert mean[:-3].sum() == pytest.approx(expected[:-3].sum(), rel=0.01)
    assert np.abs(mean - expected).max() < 4 * np.sqrt(expected.max() / 60)
    # big baskets make lifts: independence alone expects a quarter less
    popular = np.asarray(baskets.sum(axis=0)).ravel()
    independent = popular[sets[:-3, 0]] * popular[sets[:-3, 1]] / 600
    assert expected[:-3].sum() > 1.3 * independent.sum()


@pytest.mark.parametrize(
    "rows",
    [[[True]], [[True, True]] * 9, [[True, False]] * 9, [[True, False], [True, True]] * 5, [[False, False]]],
)
def test_full_empty_and_equal_baskets_expect_what_is_there(rows):
    filled = np.array(rows)
    expected = Chance(csr_array(filled)).expected(np.array([[0, -1], [0, filled.shape[1] - 1]]))
    there = [filled[:, 0].sum(), (filled[:, 0] & filled[:, -1]).sum()]
    if filled.shape[1] > 1:
        assert expected == pytest.approx(there, abs=0.05)
    assert len(Chance(csr_array(filled)).expected(np.zeros((0, 2), int))) == 0


def test_only_what_chance_would_not_reach_among_all_pairs_is_beyond_it():
    # chance expects 20 of 100: 30 is beyond a single pair's 99 % point, but not beyond that of 4,950 pairs
    both = np.array([20, 30, 32, 60])
    counted = Counted(both, np.full(4, 100), np.full(4, 200), 2_000)
    surely = beyond_chance(counted, np.full(4, 2.0), np.full(4, 2), 100)
    assert (surely <= LEVEL).tolist() == [False, False, False, True]
    few = beyond_chance(counted, np.full(4, 2.0), np.full(4, 2), 3)
    assert (few <= LEVEL).tolist() == [False, False, True, True]


def test_a_lift_by_chance_of_more_than_there_are_baskets_is_no_error():
    counted = Counted(np.array([10]), np.array([10]), np.array([90]), 100)
    assert beyond_chance(counted, np.array([50.0]), np.array([2]), 5).tolist() == [1.0]
