"""Ways of grouping the same customers, side by side: sizes, silhouette, stability, agreement."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.clusters.silhouette import silhouettes
from services.core.features import Points

SAMPLE = 1_500  # customers: Ward and HDBSCAN grow with their square
DRAWS = 4
DRAWN_SHARE = 0.8
FEWEST = 50  # customers; below, a comparison says nothing
NOISE = -1

Partition = npt.NDArray[np.integer]
Rows = npt.NDArray[np.intp]
Grouping = Callable[[Rows], Partition]
"""Groups the customers in some rows; −1 marks those that it leaves out."""


@dataclass(frozen=True)
class Compared:
    """One way of grouping.

    Attributes
    ----------
    sizes : list of int
        Customers of each group, largest first, without those left out.
    left_out : int
    silhouette : float or None
        Mean over the customers that are in a group; None with fewer than two groups.
    stability : float
        Mean adjusted Rand index between the groups of all, and of those found again among a part of them.
    """

    sizes: list[int]
    left_out: int
    silhouette: float | None
    stability: float


def compare(
    points: Points, groupings: Mapping[str, Grouping], known: Mapping[str, Partition], *, seed: int
) -> tuple[dict[str, Compared], Points]:
    """Group customers in several ways and measure each.

    Parameters
    ----------
    points : ndarray, shape (n, 3)
        Standardised, the space in which silhouette is measured for all ways alike.
    groupings : mapping of str to callable
        Each takes row numbers of ``points``.
    known : mapping of str to ndarray of int, shape (n,)
        Groups that some of them have found already, perhaps among more customers.
    seed : int
        Of the ``DRAWS`` parts of ``DRAWN_SHARE`` of the customers on which stability is measured.

    Returns
    -------
    dict of str to Compared
    ndarray, shape (g, g)
        Adjusted Rand index of each pair, in the order of ``groupings``; those left out count as a group.
    """
    from sklearn.metrics import adjusted_rand_score

    everyone = np.arange(len(points))
    rng = np.random.default_rng(seed)
    size = int(len(points) * DRAWN_SHARE)
    draws = [np.sort(rng.choice(len(points), size, replace=False)) for _ in range(DRAWS)]
    labels = {name: known[name] if name in known else group(everyone) for name, group in groupings.items()}
    compared = {}
    for name, group in groupings.items():
        again = [adjusted_rand_score(labels[name][rows], group(rows)) for rows in draws]
        compared[name] = _measured(points, labels[name], float(np.mean(again)))
    agreement = np.array([[adjusted_rand_score(a, b) for b in labels.values()] for a in labels.values()])
    return compared, agreement


def _measured(points: Points, labels: Partition, stability: float) -> Compared:
    inside = labels != NOISE
    found, own = np.unique(labels[inside], return_inverse=True)
    silhouette = None
    if 2 <= len(found) < inside.sum():
        silhouette = float(silhouettes(points[inside], [own])[0].mean())
    sizes = np.sort(np.bincount(own))[::-1].tolist() if len(own) else []
    return Compared(sizes, int((~inside).sum()), silhouette, stability)


def algorithms(points: Points, k: int, *, seed: int) -> dict[str, Grouping]:
    """Return the algorithms that K-means is compared with, by id; each looks for ``k`` groups but HDBSCAN.

    Parameters
    ----------
    points : ndarray, shape (n, 3)
        Standardised; at least ``k`` different ones in every part that is drawn.
    k, seed : int
    """
    from sklearn.cluster import HDBSCAN, AgglomerativeClustering, Birch, KMeans
    from sklearn.mixture import GaussianMixture

    found: dict[str, Grouping] = {
        "kmeans": lambda rows: KMeans(k, n_init=10, tol=0.0, random_state=seed).fit_predict(points[rows]),
        "gaussian-mixture": lambda rows: GaussianMixture(k, random_state=seed).fit_predict(points[rows]),
        "ward": lambda rows: AgglomerativeClustering(k, linkage="ward").fit_predict(points[rows]),
        "birch": lambda rows: Birch(n_clusters=k, threshold=0.25).fit_predict(points[rows]),
        "hdbscan": lambda rows: np.maximum(
            HDBSCAN(min_cluster_size=least_of_cluster(len(rows)), copy=True).fit_predict(points[rows]), NOISE
        ),
    }
    return {name: _quiet(grouping) for name, grouping in found.items()}


def least_of_cluster(customers: int) -> int:
    """Return the fewest customers that HDBSCAN takes for a cluster: one in fifty, at least five."""
    return max(5, customers // 50)


def _quiet(grouping: Grouping) -> Grouping:
    """Silence an algorithm that finds fewer groups than asked for: the sizes show it."""
    from sklearn.exceptions import ConvergenceWarning

    def quiet(rows: Rows) -> Partition:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            return grouping(rows)

    return quiet
