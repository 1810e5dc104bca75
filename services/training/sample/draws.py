"""Chance for the sample: everything is drawn from uniform numbers of one PCG64 stream.

numpy keeps bit generators equal between versions but not the methods built on them, so the few
distributions needed are made here from ``random()``, sums and square roots, which round the same everywhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]
Real = NDArray[np.float64]


class Draws:
    """A seeded stream of draws.

    Parameters
    ----------
    seed : int
        Equal seeds give equal streams; 0 or more.
    """

    def __init__(self, seed: int) -> None:
        self._stream = np.random.Generator(np.random.PCG64(seed))

    def uniform(self, size: int) -> Real:
        """Return ``size`` numbers from 0 up to, not including, 1."""
        return self._stream.random(size)

    def happens(self, chance: float | Real, size: int) -> NDArray[np.bool_]:
        """Return ``size`` outcomes, each True with ``chance`` (one number, or one for each)."""
        return np.asarray(self.uniform(size) < chance)

    def between(self, low: ArrayLike, high: ArrayLike, size: int) -> Whole:
        """Return ``size`` whole numbers from ``low`` to ``high``, both included, all equally likely."""
        low, high = np.asarray(low), np.asarray(high)
        return np.asarray(low + np.floor(self.uniform(size) * (high - low + 1)), dtype=np.int64)

    def weighted(self, weights: ArrayLike, size: int) -> Whole:
        """Return ``size`` positions in ``weights``, each as likely as its weight."""
        return pick(np.cumsum(np.asarray(weights, dtype=float)), self.uniform(size))

    def heavy(self, size: int, most: float) -> Real:
        """Return ``size`` numbers from 1 to ``most`` with a Pareto tail (index 2: the mean is near 2)."""
        return np.minimum(1 / np.sqrt(1 - self.uniform(size)), most)

    def shuffled(self, size: int) -> Whole:
        """Return the numbers 0 … ``size`` − 1 in a random order."""
        return np.argsort(self.uniform(size), kind="stable").astype(np.int64)


def pick(running: NDArray[Any], share: Real) -> Whole:
    """Return the positions at which ascending running totals pass ``share`` (0–1) of their last value."""
    found = np.searchsorted(running, share * running[-1], side="right")
    return np.minimum(found, len(running) - 1).astype(np.int64)
