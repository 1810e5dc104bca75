"""Whether a sentence about a group may be said: what would hold for a random group as well is no finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse, stats

#: Of all sentences that a card could say without anything behind them, it says one in twenty times.
ALPHA = 0.05
LEAST_PEOPLE = 30
#: A share stands out from a fifth above that of the rest, or from five points.
LEAST_RATIO, LEAST_POINTS = 1.2, 0.05
_LEAST_EXPECTED = 5
_NONE = 1e-12

Numbers = npt.NDArray[np.float64]


def proportions(own: int, of: int, rest: int, rest_of: int) -> float:
    """Return the two-sided p-value that two shares of people are one.

    Fisher's exact test where a cell is expected to hold fewer than five, else the pooled z-test.

    Parameters
    ----------
    own, of : int
        People of the group for whom something holds, and all of it.
    rest, rest_of : int
        The same of everybody else.
    """
    if not of or not rest_of:
        return 1.0
    pooled = (own + rest) / (of + rest_of)
    if min(of, rest_of) * min(pooled, 1 - pooled) < _LEAST_EXPECTED:
        return float(stats.fisher_exact([[own, of - own], [rest, rest_of - rest]]).pvalue)
    error = (pooled * (1 - pooled) * (1 / of + 1 / rest_of)) ** 0.5
    return float(2 * stats.norm.sf(abs(own / of - rest / rest_of) / error))


def stands_out(share: npt.ArrayLike, rest: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Say whether shares (0–1) lie a fifth, or five points, above those of the rest."""
    own, others = np.asarray(share, dtype=np.float64), np.asarray(rest, dtype=np.float64)
    found: npt.NDArray[np.bool_] = (own > others) & (
        (own >= LEAST_RATIO * others) | (own >= others + LEAST_POINTS)
    )
    return found


def more_often(own: int, of: int, rest: int, rest_of: int, claims: int = 1) -> bool:
    """Say whether something may be called more frequent in a group than among everybody else.

    Parameters
    ----------
    own, of, rest, rest_of : int
        People, as for :func:`proportions`.
    claims : int
        How many the card could have made (Bonferroni).
    """
    if own < LEAST_PEOPLE or not rest_of or not stands_out(own / of, rest / rest_of):
        return False
    return proportions(own, of, rest, rest_of) * claims <= ALPHA


def has_changed(came: int, left: int, claims: int = 1) -> bool:
    """Say whether a group's size changed by more than the coming and going of its people (sign test)."""
    if came + left < LEAST_PEOPLE:
        return False
    return float(stats.binomtest(came, came + left).pvalue) * claims <= ALPHA


def leader(values: Sequence[float], written: Callable[[float], str]) -> int | None:
    """Return the place of the highest value, where the next one is written differently.

    Parameters
    ----------
    values : sequence of float
        One alone leads nobody.
    written : callable
        From a value to the text that a reader sees.
    """
    if len(values) < 2:
        return None
    second, best = sorted(range(len(values)), key=lambda place: values[place])[-2:]
    return None if written(values[best]) == written(values[second]) else best


@dataclass(frozen=True)
class Tally:
    """How often several things happened in groups of people, and how much that depends on a few of them.

    Attributes
    ----------
    hits : ndarray, shape (groups, things)
        Such as baskets with a product.
    of : ndarray, shape (groups,)
        All that could have been hits, such as baskets.
    people : ndarray, shape (groups, things)
        Behind the hits.
    xx, xn : ndarray, shape (groups, things)
        Sums over people of their hits squared, and of hits times ``of``.
    nn : ndarray, shape (groups,)
        Sum over people of ``of`` squared.
    """

    hits: Numbers
    of: Numbers
    people: Numbers
    xx: Numbers
    xn: Numbers
    nn: Numbers

    def others(self) -> Tally:
        """Return the same of everybody outside each group."""
        values = (self.hits, self.of, self.people, self.xx, self.xn, self.nn)
        return Tally(*(value.sum(axis=0) - value for value in values))

    def shares(self) -> Numbers:
        """Return hits over all, 0 where there is nothing."""
        found: Numbers = self.hits / np.maximum(self.of, 1)[:, None]
        return found

    def variance(self, share: Numbers) -> Numbers:
        """Return the variance of the shares if they were ``share``, people being the units drawn."""
        spread = self.xx - 2 * share * self.xn + share**2 * self.nn[:, None]
        found: Numbers = np.maximum(spread, 0) / np.maximum(self.of, 1)[:, None] ** 2
        return found


def tally(hits: sparse.csr_array, of: npt.ArrayLike, group: npt.NDArray[np.integer], groups: int) -> Tally:
    """Count by group.

    Parameters
    ----------
    hits : sparse array, shape (people, things)
    of : array-like, shape (people,)
    group : ndarray of int, shape (people,)
        Below zero for people of no group, who are not counted.
    groups : int
    """
    known = np.flatnonzero(group >= 0)
    member = sparse.csr_array(
        (np.ones(len(known)), (group[known], known)), shape=(groups, len(group)), dtype=np.float64
    )
    x, n = sparse.csr_array(hits, dtype=np.float64), np.asarray(of, dtype=np.float64)

    def summed(each: sparse.csr_array) -> Numbers:
        return np.asarray((member @ each).todense(), dtype=np.float64)

    there = x.copy()
    there.data = (there.data > 0).astype(np.float64)
    return Tally(
        summed(x), member @ n, summed(there), summed(x.power(2)),
        summed(sparse.csr_array(sparse.diags_array(n) @ x)), member @ n**2,
    )  # fmt: skip


def found(counted: Tally, kinds: int = 1) -> npt.NDArray[np.bool_]:
    """Say which things happen more often in a group than among the rest, shape (groups, things).

    Parameters
    ----------
    counted : Tally
    kinds : int
        How many kinds of things the card could tell of a group; these are one of them (Bonferroni).

    Notes
    -----
    A test of two ratios with people as the units drawn (Cochran, *Sampling Techniques*, 1977, 6.3): the
    orders of one customer resemble each other, so orders are not tried as if each were somebody else's. As
    many claims are counted as a group has things with people enough.
    """
    rest = counted.others()
    own, others = counted.shares(), rest.shares()
    both = (counted.of + rest.of)[:, None]
    pooled = (counted.hits + rest.hits) / np.maximum(both, 1)
    error = np.sqrt(counted.variance(pooled) + rest.variance(pooled))
    p = 2 * stats.norm.sf(np.abs(own - others) / np.maximum(error, _NONE))
    enough = counted.people >= LEAST_PEOPLE
    claims = kinds * np.maximum(enough.sum(axis=1, keepdims=True), 1)
    judged: npt.NDArray[np.bool_] = (
        enough & (rest.of > 0)[:, None] & stands_out(own, others) & (p * claims <= ALPHA)
    )
    return judged
