"""What chance gives in baskets of these sizes: the lift that a rule would have, and whether it has more."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.stats import binom

from services.core.rules.significance import Counted, Floats, adjusted

LEVEL = 0.01
"""Share of ledgers of chance alone in which some rule comes out above what is called chance."""
_ROUNDS = 500
_NEAR = 1e-8
_AT_ONCE = 2_000

Sets = npt.NDArray[np.integer]


class Chance:
    """Baskets filled by chance, each as large and each product as popular as it was.

    Parameters
    ----------
    baskets : csr_array of bool, shape (n_baskets, n_products)

    Notes
    -----
    The expectation over all ledgers with these sizes and popularities, as shuffling by curveball trades
    draws them (Strona et al., 2014), without drawing any. The chance that a basket holds a product is that
    of the bipartite configuration model (Saracco et al., 2015), p = xy / (1 + xy): x depends on the basket's
    size alone and y on the product's popularity, so a few hundred of each are solved, by iteration. That a
    basket's size is fixed makes two products meet less often than the product of their chances: by Hájek's
    factor, 1 - (1 - p)(1 - q) / Σp(1 - p) of the basket (*Asymptotic theory of rejective sampling*, 1964).
    """

    def __init__(self, baskets: sparse.csr_array) -> None:
        sizes, weights = _distinct(np.diff(baskets.indptr))
        popular = np.asarray(baskets.sum(axis=0)).ravel()
        levels, products = _distinct(popular)
        self._sizes, self._weights = sizes, weights
        self._level = np.searchsorted(levels, popular)
        self._holds = _chances(sizes, weights, levels, products)
        spread = (self._holds * (1 - self._holds)) @ products
        n = max(int(products[levels > 0].sum()), 2)
        self._spread = np.maximum(spread * (n - 1) / n, np.finfo(float).tiny)[:, None]

    def expected(self, sets: Sets) -> Floats:
        """Return how many baskets would hold all products of each set, shape (n_sets,).

        Parameters
        ----------
        sets : ndarray of int, shape (n_sets, width)
            Columns of each set, −1 padded behind.
        """
        parts = [self._some(sets[start : start + _AT_ONCE]) for start in range(0, len(sets), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _some(self, sets: Sets) -> Floats:
        held = [np.where(column < 0, 1.0, self._holds[:, self._level[column]]) for column in sets.T]
        together = self._sizes[:, None] >= (sets >= 0).sum(axis=1)
        met = np.where(together, np.prod(held, axis=0), 0.0)
        for one, other in combinations(held, 2):
            # no product, whose chance is 1, takes nothing away
            met *= np.clip(1 - (1 - one) * (1 - other) / self._spread, 0.0, None)
        return np.asarray(self._weights @ met, np.float64)


def _distinct(counts: npt.NDArray[np.integer]) -> tuple[Floats, Floats]:
    """Return the counts that there are, and how often."""
    values, times = np.unique(counts, return_counts=True)
    return values.astype(np.float64), times.astype(np.float64)


def _chances(sizes: Floats, weights: Floats, levels: Floats, products: Floats) -> Floats:
    """Return the chance that a basket of a size holds a product of a popularity, a row a size."""
    total = np.sqrt(max(float(sizes @ weights), 1.0))
    x, y = sizes / total, levels / total
    met = np.outer(x, y)
    for _ in range(_ROUNDS if sizes.any() else 0):
        x = sizes / ((y * products) / (1 + met)).sum(axis=1)
        met = np.outer(x, y)
        y = levels / ((x * weights)[:, None] / (1 + met)).sum(axis=0)
        met = np.outer(x, y)
        if np.allclose((met / (1 + met)) @ products, sizes, rtol=_NEAR, atol=0):
            break
    return np.asarray(met / (1 + met), np.float64)


def beyond_chance(counted: Counted, lift: Floats, size: npt.NDArray[np.integer], products: int) -> Floats:
    """Say of each rule how surely it is more than chance in such baskets.

    Parameters
    ----------
    counted : Counted
    lift : ndarray of float, shape (n_rules,)
        What chance gives.
    size : ndarray of int, shape (n_rules,)
        Products on both sides.
    products : int
        Those frequent enough to be in a rule.

    Returns
    -------
    ndarray of float, shape (n_rules,)
        The chance of as many baskets or more, adjusted for all rules of its size that ``products`` could
        make: frequent ones are those that chance favoured, so the others were tested, too. Up to ``LEVEL``
        the rule is a finding; shuffled ledgers have none in 99 of 100 draws, for each size.

    Notes
    -----
    Of the baskets with the rarer side a binomial number holds the other; it spreads no less than the number
    that shuffling gives, in which a basket has a chance of its own (Hoeffding, 1956).
    """
    rarer = np.minimum(counted.antecedent, counted.consequent)
    share = lift * np.maximum(counted.antecedent, counted.consequent) / counted.baskets
    p = np.asarray(binom.sf(counted.both - 1, rarer, np.clip(share, 0.0, 1.0)), np.float64)
    surely = np.ones(len(p))
    for items in np.unique(size).tolist():
        of_size = size == items
        possible = comb(products, items) * (2**items - 2)
        surely[of_size] = np.minimum(adjusted(p[of_size]) * (possible / of_size.sum()), 1.0)
    return surely
