"""Which new cluster is which old one: matched by the customers they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment


@dataclass(frozen=True)
class Match:
    """One new cluster and the old one it continues.

    Attributes
    ----------
    old : int or None
        Index among the old clusters; None for a cluster that is new.
    overlap : float
        Shared customers ÷ customers of either, among those present both times, 0–1.
    """

    old: int | None
    overlap: float


def match_clusters(
    old_labels: npt.NDArray[np.int16], new_labels: npt.NDArray[np.int16], old_k: int, new_k: int
) -> list[Match]:
    """Pair new clusters with old ones so that the pairs share as many customers as possible.

    Parameters
    ----------
    old_labels, new_labels : ndarray, shape (n,)
        Of the same customers, those present both times.
    old_k, new_k : int
        Numbers of clusters.

    Returns
    -------
    list of Match, length new_k

    Notes
    -----
    Kuhn's Hungarian method, by ``scipy.optimize.linear_sum_assignment``. A pair that shares nobody
    is no pair.
    """
    shared = np.zeros((new_k, old_k), dtype=np.int64)
    np.add.at(shared, (new_labels, old_labels), 1)
    either = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    matches = [Match(None, 0.0)] * new_k
    for new, old in zip(*linear_sum_assignment(shared, maximize=True), strict=True):
        if shared[new, old]:
            matches[new] = Match(int(old), float(shared[new, old] / either[new, old]))
    return matches
