"""How many further purchases each customer makes within a horizon: expected, and how likely which number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from services.core.value.fitting import Floats
from services.core.value.spans import Whole

_STEPS = 8
_LEAST = 1e-9
_MOST = 20_000


class Law(Protocol):
    """What a model of repeat buying says of the purchases still to come."""

    def at_least(
        self,
        n: npt.ArrayLike,
        x: npt.ArrayLike,
        t_x: npt.ArrayLike,
        age: npt.ArrayLike,
        horizon: npt.ArrayLike,
    ) -> Floats:
        """Return the chance of ``n`` purchases or more, n from 1, within ``horizon`` from now."""
        ...


@dataclass(frozen=True)
class Counts:
    """The law of each customer's number of purchases, as far as it is not all but impossible.

    Attributes
    ----------
    customer : ndarray of int, shape (m,)
        Ascending; a customer's entries are n = 1, 2, … in a row, one at least.
    n : ndarray of int
    at_least : ndarray
        The chance of n or more.
    customers : int
    """

    customer: Whole
    n: Whole
    at_least: Floats
    customers: int

    @property
    def expected(self) -> Floats:
        """Purchases expected, shape (customers,)."""
        return self._sum(self.at_least)

    @property
    def variance(self) -> Floats:
        """Variance of the number, shape (customers,)."""
        return self._sum((2 * self.n - 1) * self.at_least) - self.expected**2

    @property
    def exactly(self) -> Floats:
        """The chance of exactly n purchases, an entry each."""
        more = np.r_[self.at_least[1:], 0.0]
        more[np.r_[self.customer[1:] != self.customer[:-1], True]] = 0.0
        exactly: Floats = self.at_least - more
        return exactly

    def more_than(self, count: npt.ArrayLike) -> Floats:
        """Return each customer's chance of more purchases than ``count``; 1 where that is below 0."""
        wanted = np.asarray(count, np.int64) + 1
        first = np.searchsorted(self.customer, np.arange(self.customers))
        last = np.searchsorted(self.customer, np.arange(self.customers), side="right")
        place = first + wanted - 1
        known = np.minimum(np.maximum(place, first), last - 1)
        chance: Floats = np.where(wanted < 1, 1.0, np.where(place < last, self.at_least[known], 0.0))
        return chance

    def quantile(self, share: float) -> Whole:
        """Return the least number that at least this share of such customers does not exceed."""
        over = self.at_least > 1 - share
        return np.bincount(self.customer[over], minlength=self.customers).astype(np.int64)

    def _sum(self, parts: Floats) -> Floats:
        found: Floats = np.bincount(self.customer, parts, minlength=self.customers).astype(np.float64)
        return found


def counts(law: Law, x: npt.ArrayLike, t_x: npt.ArrayLike, age: npt.ArrayLike, horizon: float) -> Counts:
    """Find the law of each customer's number of purchases within ``horizon`` from now.

    Parameters
    ----------
    law : Law
    x, t_x, age : array-like, shape (n,)
        Histories, as ``services.core.value.fitting.Histories`` has them.
    horizon : float
        In the law's unit of time, above 0.
    """
    rows = np.column_stack([x, t_x, age]).astype(np.float64)
    distinct, place = np.unique(rows, axis=0, return_inverse=True)
    found: list[Floats] = []
    who: list[Whole] = []
    number: list[Whole] = []
    open_, begun, steps = np.arange(len(distinct)), 0, _STEPS
    while len(open_) and begun < _MOST:
        n = np.arange(begun + 1, begun + steps + 1)
        repeats, last, known = (part[:, None] for part in distinct[open_].T)
        chances = law.at_least(n, repeats, last, known, horizon)
        some = (chances > _LEAST) | (n == 1)
        found.append(chances[some])
        who.append(np.broadcast_to(open_[:, None], chances.shape)[some])
        number.append(np.broadcast_to(n, chances.shape)[some])
        open_, begun, steps = open_[some[:, -1]], begun + steps, 2 * steps
    joined, ns, chance = (np.concatenate(each) for each in (who, number, found))
    order = np.lexsort((ns, joined))
    joined, ns, chance = joined[order], ns[order], chance[order]
    start = np.searchsorted(joined, np.arange(len(distinct)))
    size = np.diff(np.r_[start, len(joined)])[place.ravel()]
    entry = np.repeat(start[place.ravel()] - np.r_[0, np.cumsum(size)[:-1]], size) + np.arange(size.sum())
    customer = np.repeat(np.arange(len(rows)), size)
    return Counts(customer, ns[entry], chance[entry], len(rows))
