"""How well a method would have done: lists made before a cut, held against what was bought after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from services.core.recommending.history import History, Purchases
from services.core.recommending.ranking import Ranked

AT = 10
RESAMPLES = 1_000
_AT_ONCE = 10_000  # values drawn in one go: as many as stay close to the processor

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Later:
    """What was bought after a cut by customers known before it, of products known before it.

    Attributes
    ----------
    rows : ndarray of int, shape (m,)
        The customers who bought any, ascending.
    relevant : csr_array, shape (m, p)
        What they bought, among the history's columns.
    total : ndarray of int, shape (m,)
        How many products known before the cut they bought, those beyond the history's columns too.
    """

    rows: npt.NDArray[np.intp]
    relevant: sparse.csr_array
    total: npt.NDArray[np.intp]

    def of(self, places: npt.NDArray[np.intp]) -> Later:
        """Select some of these customers."""
        return Later(self.rows[places], sparse.csr_array(self.relevant[places]), self.total[places])


@dataclass(frozen=True)
class Hits:
    """How lists did, a value a customer, shape (m,).

    Attributes
    ----------
    found : ndarray
        Products of the list that were bought.
    recall : ndarray
        ``found`` over the smaller of the list's length and the products bought, 0–1.
    ndcg : ndarray
        Normalised discounted cumulative gain, 0–1.
    """

    found: Values
    recall: Values
    ndcg: Values


def later_purchases(
    purchases: Purchases, history: History, cut: np.datetime64, *, repeat: bool = False
) -> Later:
    """Collect what was bought from ``cut`` on: new to the customer, or bought before.

    Parameters
    ----------
    purchases : Purchases
    history : History
        Of the same purchases before the cut.
    cut : datetime64
    repeat : bool
        What had been bought before instead of what is new.
    """
    before = purchases.orders(until=cut) > 0
    after = purchases.orders(since=cut) > 0
    known = before.count_nonzero(axis=0) > 0
    again = after.multiply(before)
    bought = sparse.csr_array(again if repeat else (after.astype(np.int8) - again.astype(np.int8)) > 0)
    bought = sparse.csr_array(bought.multiply(known[np.newaxis, :]))
    bought.eliminate_zeros()
    customers = before.count_nonzero(axis=1) > 0
    total = bought.count_nonzero(axis=1)
    rows = np.flatnonzero(customers & (total > 0))
    return Later(rows, sparse.csr_array(bought[rows][:, history.columns]), total[rows])


def hits(ranked: Ranked, later: Later, at: int = AT) -> Hits:
    """Hold lists against what was bought.

    Parameters
    ----------
    ranked : Ranked, m lists of ``at`` or more
    later : Later, m customers
    at : int
        How much of each list counts.
    """
    listed = ranked.products[:, :at]
    # A number for each customer and product: one look-up for all lists.
    width = later.relevant.shape[1]
    owner = np.repeat(np.arange(len(listed)), np.diff(later.relevant.indptr))
    wanted = owner * width + later.relevant.indices
    found = (listed >= 0) & np.isin(np.arange(len(listed))[:, np.newaxis] * width + listed, wanted)
    weight = 1 / np.log2(np.arange(at) + 2)
    possible = np.minimum(later.total, at)
    ideal = np.concatenate([[0.0], np.cumsum(weight)])[possible]
    counted = found.sum(axis=1).astype(np.float64)
    return Hits(counted, counted / possible, found @ weight / ideal)


def intervals(several: Sequence[Values], seed: int, resamples: int = RESAMPLES) -> list[tuple[float, float]]:
    """Return the 95 % bootstrap intervals of means over the same customers.

    Parameters
    ----------
    several : sequence of ndarray, shape (m,), m at least 1
    seed : int
        Equal seeds draw the same customers, so differences of two methods are paired by subtracting them.
    resamples : int
    """
    random = np.random.default_rng(seed)
    size = len(several[0])
    means = np.empty((len(several), resamples))
    together = max(1, _AT_ONCE // size)
    for first in range(0, resamples, together):
        some = slice(first, min(first + together, resamples))
        drawn = random.integers(size, size=(some.stop - first, size))
        for own, values in zip(means, several, strict=True):
            own[some] = values[drawn].mean(axis=1)
    return [(float(low), float(high)) for low, high in np.quantile(means, [0.025, 0.975], axis=1).T]
