"""Ledgers of chance alone: what baskets hold is shuffled, their sizes and products' popularity are kept."""

from __future__ import annotations

import numpy as np
from scipy import sparse


def swapped(baskets: sparse.csr_array, draws: np.random.Generator, rounds: int) -> sparse.csr_array:
    """Shuffle baskets by curveball trades.

    Parameters
    ----------
    baskets : csr_array of bool, shape (n_baskets, n_products)
    draws : Generator
    rounds : int
        In each, every basket trades once. Twenty forget where they began, five the draw before.

    Notes
    -----
    Two baskets keep what both hold, and deal out anew what one of them holds, each as much as it had: Strona
    et al., *A fast and unbiased procedure to randomize ecological binary matrices*, 2014; all pairs of a
    round at once, Carstens et al., *Parallel and I/O-efficient randomisation of massive networks*, 2018.
    """
    n, products = baskets.shape
    filled = sparse.coo_array(baskets)
    basket, product = filled.row.astype(np.int64), filled.col.astype(np.int64)
    for _ in range(rounds):
        order = draws.permutation(n)
        seat = np.argsort(order)[basket]  # seats 2 k and 2 k + 1 trade with each other
        keys = np.sort((seat // 2 * products + product) * 2 + seat % 2)
        pair, side = keys // 2 // products, keys % 2
        twice = np.diff(keys // 2) == 0
        alone = np.flatnonzero(~(np.append(twice, False) | np.insert(twice, 0, False)))
        dealt = alone[np.argsort(pair[alone] + draws.random(len(alone)))]
        side[dealt] = np.sort(pair[alone] * 2 + side[alone]) % 2
        basket, product = order[pair * 2 + side], keys // 2 % products
    return sparse.csr_array((np.ones(len(basket), bool), (basket, product)), shape=(n, products))
