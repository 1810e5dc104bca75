"""Evidence for the number of clusters, and a recommendation that says why."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from services.core.clusters import assign, fit_kmeans
from services.core.features import Points

SAMPLE = 5_000  # customers, for what grows with their square
RESAMPLES = 8
SMALLEST_SHARE = 0.02
STABLE = 0.9
RANGE = range(2, 11)


@dataclass(frozen=True)
class Evidence:
    """How well one k describes the customers.

    Attributes
    ----------
    inertia : float
        Sum of squared distances to the nearest centre.
    silhouette, davies_bouldin, calinski_harabasz : float
        As scikit-learn defines them; silhouette on at most ``SAMPLE`` customers.
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


def sample_of(points: Points, seed: int, size: int = SAMPLE) -> Points:
    """Return ``points``, or a seeded sample of ``size`` rows without replacement where there are more."""
    if len(points) <= size:
        return points
    return points[np.sort(np.random.default_rng(seed).choice(len(points), size, replace=False))]


def evidence_for(points: Points, k: int, *, seed: int) -> Evidence:
    """Measure one k on standardised points, shape (n, 3)."""
    from sklearn.metrics import (
        adjusted_rand_score,
        calinski_harabasz_score,
        davies_bouldin_score,
        silhouette_score,
    )

    model = fit_kmeans(points, k, n_init=10, tol=0.0, seed=seed)
    labels = assign(points, model.cluster_centers_).nearest
    rng = np.random.default_rng(seed)
    agreement = []
    for _ in range(RESAMPLES):
        drawn = points[rng.integers(0, len(points), len(points))]
        if len(np.unique(drawn, axis=0)) < k:
            agreement.append(0.0)
            continue
        again = fit_kmeans(drawn, k, n_init=5, tol=0.0, seed=seed)
        agreement.append(adjusted_rand_score(labels, assign(points, again.cluster_centers_).nearest))
    return Evidence(
        k=k,
        inertia=float(model.inertia_),
        silhouette=float(silhouette_score(points, labels)),
        davies_bouldin=float(davies_bouldin_score(points, labels)),
        calinski_harabasz=float(calinski_harabasz_score(points, labels)),
        stability=float(np.mean(agreement)),
        smallest=int(np.bincount(labels, minlength=k).min()),
    )


def gather(points: Points, *, seed: int) -> list[Evidence]:
    """Measure every k of ``RANGE`` that the customers bear, on at most ``SAMPLE`` of them."""
    sample = sample_of(points, seed)
    distinct = len(np.unique(sample, axis=0))
    return [evidence_for(sample, k, seed=seed) for k in RANGE if k < distinct]


def recommend(evidence: list[Evidence], customers: int) -> tuple[int, str]:
    """Choose k and say why.

    Of the k whose clusters come back in bootstrap samples and none of which is tiny, the one at
    the elbow of the inertia curve: beyond it another cluster explains little more. Silhouette is
    shown but does not decide; on its own it tends to two groups, or to a handful of wholesalers.

    Parameters
    ----------
    evidence : list of Evidence
        For ascending k, at least one.
    customers : int
        How many the evidence was gathered on.
    """
    big = [e for e in evidence if e.smallest >= SMALLEST_SHARE * customers] or evidence
    steady = [e for e in big if e.stability >= STABLE]
    if not steady:
        best = max(big, key=lambda e: e.stability)
        return best.k, (
            f"{best.k} clusters come back best when customers are drawn again "
            f"(agreement {best.stability:.2f}); no number reaches {STABLE:.1f}."
        )
    bend = elbow(evidence)
    best = min(steady, key=lambda e: (abs(e.k - bend), e.k))
    where = (
        "where the inertia curve bends"
        if best.k == bend
        else f"nearest to the bend of the inertia curve at {bend}"
    )
    return best.k, (
        f"{best.k} is {where} and its clusters come back when customers are drawn again "
        f"(agreement {best.stability:.2f}); the smallest has {best.smallest} customers."
    )


def elbow(evidence: list[Evidence]) -> int:
    """Return the k furthest below the straight line between the ends of the inertia curve.

    Satopää et al., *Finding a "Kneedle" in a Haystack*, 2011, for one convex, falling curve.
    """
    k = np.array([e.k for e in evidence], dtype=np.float64)
    inertia = np.array([e.inertia for e in evidence])
    if len(k) < 3:
        return int(k[0])
    across = (k - k[0]) / (k[-1] - k[0])
    down = (inertia - inertia[-1]) / (inertia[0] - inertia[-1])
    return int(k[int(np.argmax(1 - across - down))])
