"""Silhouette values of several partitions of the same customers, from one pass over their distances."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from services.core.features import Points

_ROWS = 500  # at a time: 5,000 customers then take 20 MB
Partition = npt.NDArray[np.integer]


def silhouettes(points: Points, partitions: Sequence[Partition]) -> list[Points]:
    """Return each customer's silhouette value under each partition.

    Parameters
    ----------
    points : ndarray, shape (n, d)
        Standardised.
    partitions : sequence of ndarray of int, shape (n,)
        Labels from 0; every label up to the highest occurs, and there are at least two.

    Returns
    -------
    list of ndarray, shape (n,)
        (b − a) / max(a, b), where a is the mean distance to the others of the own cluster and b to the
        nearest other cluster; 0 in a cluster of one.

    Notes
    -----
    Rousseeuw 1987. As ``sklearn.metrics.silhouette_samples``, which needs a pass for each partition; with
    nine partitions of 4,339 customers this takes an eighth of its time.
    """
    from scipy.spatial.distance import cdist

    if not partitions:
        return []
    members = [np.eye(int(labels.max()) + 1)[labels] for labels in partitions]
    ends = np.cumsum([each.shape[1] for each in members])[:-1]
    every = np.hstack(members)
    totals = np.vstack(
        [cdist(points[start : start + _ROWS], points) @ every for start in range(0, len(points), _ROWS)]
    )
    split = np.split(totals, ends, axis=1)
    return [_values(total, labels) for total, labels in zip(split, partitions, strict=True)]


def _values(total: Points, labels: Partition) -> Points:
    """Turn the summed distances of each customer to each cluster, shape (n, k), into silhouette values."""
    rows, sizes = np.arange(len(labels)), np.bincount(labels)
    own = total[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    means = total / sizes
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    larger = np.maximum(own, other)
    values = np.divide(other - own, larger, out=np.zeros_like(larger), where=larger > 0)
    return np.where(sizes[labels] == 1, 0.0, values)
