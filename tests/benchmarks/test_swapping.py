"""Shuffled ledgers: sizes and popularity are kept, everything else goes."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from benchmarks.evidence.swapping import swapped


@pytest.mark.parametrize("baskets", [1, 2, 7, 200])
def test_sizes_and_popularity_are_kept_and_no_basket_holds_a_product_twice(baskets):
    filled = np.random.default_rng(baskets).random((baskets, 30)) < 0.3
    shuffled = swapped(csr_array(filled), np.random.default_rng(1), 10).toarray()
    assert shuffled.sum(axis=1).tolist() == filled.sum(axis=1).tolist()
    assert shuffled.sum(axis=0).tolist() == filled.sum(axis=0).tolist()
    assert shuffled.shape == filled.shape


def test_two_baskets_that_share_a_product_keep_it_and_deal_out_the_rest_evenly():
    filled = csr_array(np.array([[1, 1, 0, 0], [1, 0, 1, 1]], bool))
    draws = np.random.default_rng(5)
    first = [tuple(swapped(filled, draws, 1).toarray()[0].tolist()) for _ in range(600)]
    assert all(held[0] and sum(held) == 2 for held in first)
    for other in (1, 2, 3):
        assert 150 < sum(held[other] for held in first) < 250


def test_the_same_seed_shuffles_alike():
    filled = csr_array(np.random.default_rng(2).random((50, 30)) < 0.3)
    one, again = (swapped(filled, np.random.default_rng(9), 5).toarray() for _ in range(2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, filled.toarray())
