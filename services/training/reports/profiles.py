"""What the customers of each cluster are like: spread, products, prices, hours, places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.core.features import Points
from services.core.vocabulary import AXES
from services.training.lines.baskets import Baskets

LEAST_SHARE = 0.01  # of a cluster's baskets
LEAST_BASKETS = 10
LEAST_CUSTOMERS = 5
MOST_PRODUCTS = 8
MOST_COUNTRIES = 12
SPREAD = (0.05, 0.25, 0.5, 0.75, 0.95)

Labels = npt.NDArray[np.integer]


def spread(raw: Points, points: Points, labels: Labels, k: int) -> list[dict[str, Any]]:
    """Return for each cluster its standardised means and the quantiles ``SPREAD`` in raw units.

    Parameters
    ----------
    raw, points : ndarray, shape (n, 3)
        Recency, frequency, monetary; and the same standardised.
    labels : ndarray of int, shape (n,)
    k : int
    """
    found = []
    for label in range(k):
        inside = labels == label
        quantiles = np.quantile(raw[inside], SPREAD, axis=0)
        found.append(
            {
                "standardised": dict(zip(AXES, points[inside].mean(axis=0).tolist(), strict=True)),
                "spread": {axis: quantiles[:, place].tolist() for place, axis in enumerate(AXES)},
            }
        )
    return found


def products_bought_more(
    baskets: Baskets, cluster_of: pd.Series, k: int, names: Mapping[str, str]
) -> list[list[dict[str, Any]]]:
    """Return for each cluster the items that its baskets hold more often than all baskets do.

    Parameters
    ----------
    baskets : Baskets
    cluster_of : Series of int, indexed by customer id
    k : int
    names : mapping of str to str
        Item to the name shown.

    Returns
    -------
    list of list of dict
        ``product``, ``description``, ``baskets`` and ``customers`` of the cluster with it, ``lift``: the
        share of the cluster's baskets that hold it over the share of all; highest first, ``MOST_PRODUCTS`` at
        most, each in ``LEAST_SHARE`` of the cluster's baskets, ``LEAST_BASKETS`` and ``LEAST_CUSTOMERS``.
    """
    if not baskets.items:
        return [[] for _ in range(k)]
    owner = cluster_of.reindex(baskets.customers).to_numpy(np.intp)
    matrix = sparse.csr_array(baskets.matrix, dtype=np.int32)
    overall = matrix.sum(axis=0) / matrix.shape[0]
    found = []
    for label in range(k):
        own = matrix[owner == label]
        count = own.sum(axis=0)
        lift = count / max(own.shape[0], 1) / np.maximum(overall, 1e-12)
        enough = max(LEAST_BASKETS, LEAST_SHARE * own.shape[0])
        candidates = np.flatnonzero((count >= enough) & (lift > 1))
        buyers = _buyers(own[:, candidates], baskets.customers[owner == label])
        several = buyers >= LEAST_CUSTOMERS
        candidates, buyers = candidates[several], buyers[several]
        best = np.lexsort((candidates, -count[candidates], -lift[candidates]))[:MOST_PRODUCTS]
        found.append(
            [
                {
                    "product": baskets.items[item],
                    "description": names.get(baskets.items[item], baskets.items[item]).strip(),
                    "baskets": int(count[item]),
                    "customers": int(buyers[place]),
                    "lift": float(lift[item]),
                }
                for place, item in zip(best, candidates[best], strict=True)
            ]
        )
    return found


def _buyers(own: sparse.csr_array, customers: npt.NDArray[np.object_]) -> npt.NDArray[np.intp]:
    """Count the different customers behind each column."""
    names, number = np.unique(customers, return_inverse=True)
    filled = own.tocoo()
    width = max(len(names), 1)
    pairs = np.unique(filled.coords[1].astype(np.int64) * width + number.ravel()[filled.coords[0]])
    return np.bincount(pairs // width, minlength=own.shape[1])


def price_bands(
    baskets: Baskets, cluster_of: pd.Series, k: int, prices: Mapping[str, float]
) -> dict[str, Any] | None:
    """Say how dear the items are that each cluster buys.

    Parameters
    ----------
    baskets : Baskets
    cluster_of : Series of int, indexed by customer id
    k : int
    prices : mapping of str to float
        Item to its median price; items without one do not count.

    Returns
    -------
    dict or None
        ``edges``: the two prices that part the items of all baskets into thirds, as evenly as equal prices
        allow; ``shares``: of each cluster's items up to the first, up to the second, above; ``all``: of
        everybody's. None where nothing has a price.
    """
    price = np.array([prices.get(item, np.nan) for item in baskets.items], dtype=np.float64)
    filled = baskets.matrix.tocoo()
    row, column = filled.coords
    known = ~np.isnan(price[column]) if len(price) else np.zeros(0, dtype=bool)
    if not known.any():
        return None
    paid = price[column[known]]
    owner = cluster_of.reindex(baskets.customers).to_numpy(np.intp)[row[known]]
    edges = np.quantile(paid, [1 / 3, 2 / 3], method="lower")
    band = np.searchsorted(edges, paid, side="left")
    counted = np.bincount(owner * 3 + band, minlength=3 * k).reshape(k, 3)
    return {
        "edges": edges.tolist(),
        "shares": (counted / np.maximum(counted.sum(axis=1, keepdims=True), 1)).tolist(),
        "all": (counted.sum(axis=0) / counted.sum()).tolist(),
    }


def ordering_times(orders: pd.DataFrame, cluster_of: pd.Series, k: int, timed: bool) -> dict[str, Any] | None:
    """Count each cluster's orders by hour, weekday (Monday first) and calendar month.

    Parameters
    ----------
    orders : DataFrame
        ``customer_id``, ``bought_at``.
    cluster_of : Series of int, indexed by customer id
    k : int
    timed : bool
        False where the ledger has no time of day: then ``hours`` is None.

    Returns
    -------
    dict or None
        ``hours``, ``weekdays``, ``months``: a row a cluster. None where the ledger has no orders.
    """
    if orders.empty:
        return None
    owner = cluster_of.reindex(orders["customer_id"]).to_numpy(np.intp)
    moment = orders["bought_at"].dt

    def counted(values: pd.Series, width: int) -> list[list[int]]:
        places = owner * width + values.to_numpy(np.intp)
        return np.bincount(places, minlength=k * width).reshape(k, width).tolist()

    return {
        "hours": counted(moment.hour, 24) if timed else None,
        "weekdays": counted(moment.day_of_week, 7),
        "months": counted(moment.month - 1, 12),
    }


def places(
    country: npt.NDArray[np.integer], labels: Labels, k: int, names: Sequence[str]
) -> list[list[dict[str, Any]]]:
    """Return for each cluster the countries of ``LEAST_CUSTOMERS`` and more, most customers first.

    Parameters
    ----------
    country : ndarray of int, shape (n,)
        Index in ``names``, −1 for unknown, which counts neither here nor in the shares.
    labels : ndarray of int, shape (n,)
    k : int
    names : sequence of str

    Returns
    -------
    list of list of dict
        ``name``, ``customers``, ``share`` of the cluster's customers and ``all``, of everybody (0–1).
    """
    known = country >= 0
    if not known.any():
        return [[] for _ in range(k)]
    width = len(names)
    counted = np.bincount(labels[known].astype(np.intp) * width + country[known], minlength=k * width)
    counted = counted.reshape(k, width)
    own, overall = counted.sum(axis=1), counted.sum(axis=0) / known.sum()
    return [
        [
            {
                "name": names[place],
                "customers": int(counted[label, place]),
                "share": float(counted[label, place] / own[label]),
                "all": float(overall[place]),
            }
            for place in np.argsort(-counted[label], kind="stable")[:MOST_COUNTRIES]
            if counted[label, place] >= LEAST_CUSTOMERS
        ]
        for label in range(k)
    ]
