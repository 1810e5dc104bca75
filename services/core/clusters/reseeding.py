"""Whether chance decides who is in which cluster: the same customers clustered from other seeds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from services.core.clusters.kmeans import Labels, assign, fit_kmeans
from services.core.clusters.naming import cluster_names, positions
from services.core.features import Points

OTHER_SEEDS = 3


def kept_names(
    points: Points,
    rfm: pd.DataFrame,
    labels: Labels,
    *,
    n_init: int,
    tol: float,
    seeds: Iterable[int],
    frequency_is_orders: bool,
) -> list[float]:
    """Return for each seed the share of customers who stay in the cluster of the same name.

    Parameters
    ----------
    points : ndarray, shape (n, 3)
        Standardised.
    rfm : DataFrame, shape (n, 3)
        Raw values of the same customers, from which clusters are named.
    labels : ndarray of int, shape (n,)
        The clusters compared with, 0 to k − 1.
    n_init, tol
        As those clusters were fitted.
    seeds : iterable of int
        Of the other fits; none of them knows the centres compared with.
    frequency_is_orders : bool
        As ``services.core.clusters.naming.cluster_names`` wants it.

    Returns
    -------
    list of float
        0–1, in the order of the seeds.
    """
    k = int(labels.max()) + 1

    def named(found: Labels) -> np.ndarray:
        names = cluster_names(positions(rfm, found, k), frequency_is_orders=frequency_is_orders)
        return np.array(names)[found]

    own = named(labels)
    shares = []
    for seed in seeds:
        again = fit_kmeans(points, k, n_init=n_init, tol=tol, seed=seed)
        shares.append(float((named(assign(points, again.cluster_centers_).nearest) == own).mean()))
    return shares
