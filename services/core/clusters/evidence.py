"""Evidence for the number of clusters: what each measures on the customers."""

from __future__ import annotations

import warnings
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from services.core.clusters.kmeans import Labels, assign, fit_kmeans
from services.core.clusters.silhouette import silhouettes
from services.core.features import Points
from services.core.side_by_side import side_by_side

if TYPE_CHECKING:
    from sklearn.cluster import KMeans

SAMPLE = 5_000  # customers, for what grows with their square
RESAMPLES = 8
RESAMPLES_TO_SHOW = 4  # where the number of clusters is given: nothing is decided by it
DISSOLVED, RECOVERED = 0.5, 0.75  # of a cluster's Jaccard similarity, after Hennig
RANGE = range(2, 11)


@dataclass(frozen=True)
class Evidence:
    """How well one k describes the customers.

    Attributes
    ----------
    inertia : float
        Sum of squared distances to the nearest centre.
    silhouette, davies_bouldin, calinski_harabasz : float
        As scikit-learn defines them.
    stability : float
        Mean adjusted Rand index between the clusters and those of bootstrap samples.
    smallest : int
        Customers of the smallest cluster.
    """

    k: int
    inertia: float
    silhouette: float
    davies_bouldin: float
    calinski_harabasz: float
    stability: float
    smallest: int

    def as_dict(self) -> dict[str, float]:
        """Return the fields as JSON-able numbers."""
        return asdict(self)


@dataclass(frozen=True)
class Trial:
    """One k tried out.

    Attributes
    ----------
    evidence : Evidence
    labels : ndarray of int16, shape (n,)
        Of the customers it was tried on.
    jaccard : ndarray, shape (k,)
        How well each cluster comes back in bootstrap samples, 0–1.
    silhouettes : ndarray, shape (n,)
        Each customer's value.
    """

    evidence: Evidence
    labels: Labels
    jaccard: Points
    silhouettes: Points


def sample_rows(count: int, seed: int, size: int = SAMPLE) -> npt.NDArray[np.intp]:
    """Return all row numbers up to ``count``, or a seeded sample of ``size`` of them, ascending."""
    if count <= size:
        return np.arange(count)
    return np.sort(np.random.default_rng(seed).choice(count, size, replace=False))


def sample_of(points: Points, seed: int, size: int = SAMPLE) -> Points:
    """Return ``points``, or a seeded sample of ``size`` rows without replacement where there are more."""
    return points if len(points) <= size else points[sample_rows(len(points), seed, size)]


def jaccard(labels: Labels, others: Labels, k: int) -> Points:
    """Return for each of ``k`` clusters its overlap with the most similar cluster of another partition.

    Parameters
    ----------
    labels, others : ndarray of int, shape (n,)
        Two partitions of the same customers.
    k : int
        Clusters of the first.

    Returns
    -------
    ndarray, shape (k,)
        Customers in both over customers in either, 0–1.

    Notes
    -----
    Hennig, *Cluster-wise assessment of cluster stability*, 2007: under 0.5 a cluster counts as dissolved,
    from 0.75 as recovered.
    """
    width = int(others.max()) + 1
    both = np.bincount(labels.astype(np.intp) * width + others, minlength=k * width).reshape(k, width)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0) - both
    overlap: Points = (both / np.maximum(either, 1)).max(axis=1)
    return overlap


def gather(
    points: Points, *, seed: int, n_init: int = 10, tol: float = 0.0, resamples: int = RESAMPLES
) -> list[Trial]:
    """Try every k of ``RANGE`` that the customers bear, on at most ``SAMPLE`` of them.

    Parameters
    ----------
    points : ndarray, shape (n, 3)
        Standardised.
    seed, n_init, tol
        As the clusters that are served are fitted, so that their row is about them.
    resamples : int
        Bootstrap samples for stability and Jaccard.
    """
    from sklearn.exceptions import ConvergenceWarning

    sample = sample_of(points, seed)
    kinds = np.unique(sample, axis=0, return_inverse=True)[1].ravel()
    possible = [k for k in RANGE if k <= kinds.max()]

    def fitted(k: int) -> KMeans:
        return fit_kmeans(sample, k, n_init=n_init, tol=tol, seed=seed)

    def tried(each: tuple[KMeans, Labels, Points]) -> Trial:
        model, own, value = each
        return _trial(sample, kinds, own, float(model.inertia_), value, seed, resamples)

    # those of most clusters, which take longest, first
    models = side_by_side(fitted, possible[::-1])[::-1]
    labels = [assign(sample, model.cluster_centers_).nearest for model in models]
    values = silhouettes(sample, labels)
    with warnings.catch_warnings():
        # points that differ by rounding alone count as one there: the clusters then show it
        warnings.simplefilter("ignore", ConvergenceWarning)
        return side_by_side(tried, list(zip(models, labels, values, strict=True))[::-1])[::-1]


def _trial(
    points: Points,
    kinds: npt.NDArray[np.intp],
    labels: Labels,
    inertia: float,
    values: Points,
    seed: int,
    resamples: int,
) -> Trial:
    from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score

    k = int(labels.max()) + 1
    agreement, overlaps = _drawn_again(points, kinds, labels, k, seed, resamples)
    return Trial(
        Evidence(
            k=k,
            inertia=inertia,
            silhouette=float(values.mean()),
            davies_bouldin=float(davies_bouldin_score(points, labels)),
            calinski_harabasz=float(calinski_harabasz_score(points, labels)),
            stability=agreement,
            smallest=int(np.bincount(labels, minlength=k).min()),
        ),
        labels,
        overlaps,
        values,
    )


def _drawn_again(
    points: Points, kinds: npt.NDArray[np.intp], labels: Labels, k: int, seed: int, resamples: int
) -> tuple[float, Points]:
    """Fit bootstrap samples and place all customers by each: mean agreement, and Jaccard per cluster."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score

    rng = np.random.default_rng(seed)
    agreement, overlaps = [], []
    for _ in range(resamples):
        drawn = rng.integers(0, len(points), len(points))
        if len(np.unique(kinds[drawn])) < k:
            agreement.append(0.0)
            overlaps.append(np.zeros(k))
            continue
        again = KMeans(n_clusters=k, n_init=3, random_state=seed).fit(points[drawn])
        others = assign(points, again.cluster_centers_).nearest
        agreement.append(adjusted_rand_score(labels, others))
        overlaps.append(jaccard(labels, others, k))
    return float(np.mean(agreement)), np.mean(overlaps, axis=0)


def inertia_of_one(points: Points) -> float:
    """Return the sum of squared distances to the mean."""
    return float(((points - points.mean(axis=0)) ** 2).sum())
