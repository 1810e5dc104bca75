"""The methods: from what a customer bought to a score for each product."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from services.core.recommending.history import History

RIDGE = 200.0
_BLOCK = 256

Scores = npt.NDArray[np.float32]
Scorer = Callable[[npt.NDArray[np.intp]], Scores]
"""From rows of customers, shape (m,), to scores of products, shape (m, p); higher is better."""


def bought_together(bought: sparse.csr_array) -> Scores:
    """Count the customers who bought both of two products.

    Parameters
    ----------
    bought : csr_array, shape (n_customers, p)
        1 where a customer bought a product.

    Returns
    -------
    ndarray of float32, shape (p, p)
        Symmetric, with each product's customers on its diagonal.
    """
    by_product = sparse.csr_array(bought.T)
    together = np.empty((bought.shape[1],) * 2, np.float32)
    # A block at a time: the whole product as a sparse matrix takes more room than its dense form.
    for start in range(0, len(together), _BLOCK):
        block = slice(start, start + _BLOCK)
        together[block] = (by_product[block] @ bought).toarray()
    return together


def cosine_relation(together: Scores) -> Scores:
    """Return the cosine between products, 0 between a product and itself.

    Parameters
    ----------
    together : ndarray, shape (p, p)
        From :func:`bought_together`.
    """
    length = np.sqrt(np.diag(together))
    relation: Scores = np.divide(together, length, dtype=np.float32)
    relation /= length[:, np.newaxis]
    np.fill_diagonal(relation, 0)
    return relation


def linear_relation(together: Scores, ridge: float = RIDGE) -> Scores:
    """Return the weights of a linear item model: how far having a product speaks for each other one.

    Parameters
    ----------
    together : ndarray, shape (p, p)
        From :func:`bought_together`; used up.
    ridge : float
        Weight of the penalty on squared weights.

    Returns
    -------
    ndarray of float32, shape (p, p)
        A row a product bought, a column a product to offer; 0 on the diagonal.

    Notes
    -----
    EASE (Steck, *Embarrassingly Shallow Autoencoders for Sparse Data*, 2019): ridge regression of each
    product on all others with a zero diagonal, which has a closed form in the inverse of the Gram matrix.
    """
    if not len(together):
        return together
    together[np.diag_indices_from(together)] += np.float32(ridge)
    factor, _ = linalg.cho_factor(together, lower=True, overwrite_a=True, check_finite=False)
    inverse, _ = linalg.lapack.spotri(factor, lower=1, overwrite_c=1)
    inverse = np.tril(inverse)
    inverse += np.tril(inverse, k=-1).T
    inverse /= -np.diag(inverse).copy()
    np.fill_diagonal(inverse, 0)
    return np.ascontiguousarray(inverse)


def by_relation(history: History, relation: Scores) -> Scorer:
    """Score a product by the sum of what each product bought says for it."""
    bought = history.bought()
    return lambda rows: bought[rows] @ relation


def by_recent_popularity(history: History) -> Scorer:
    """Score a product by the customers who bought it lately, the same for everybody."""
    return lambda rows: np.tile(history.recent, (len(rows), 1))


def cluster_buyers(history: History) -> Scores:
    """Count the customers of each cluster who bought each product.

    Returns
    -------
    ndarray of float32, shape (k + 1, p)
        The last row, for those in no cluster, is 0.
    """
    bought = history.bought()
    clusters = int(history.cluster.max(initial=-1)) + 1
    counted = np.zeros((clusters + 1, bought.shape[1]), np.float32)
    for cluster in range(clusters):
        counted[cluster] = bought[np.flatnonzero(history.cluster == cluster)].sum(axis=0)
    return counted


def by_cluster_popularity(history: History) -> Scorer:
    """Score a product by the customers of the same cluster who bought it; 0 for those in none."""
    counted = cluster_buyers(history)
    return lambda rows: counted[history.cluster[rows]]


def by_personal_frequency(history: History) -> Scorer:
    """Score a product by the customer's own orders of it, equal ones by recent popularity.

    The popularity is a fraction below 0.5, so the whole part of a score counts the orders.
    """
    share = history.recent / (2 * history.recent.max(initial=0) + 1)

    def scores(rows: npt.NDArray[np.intp]) -> Scores:
        own = history.orders[rows].toarray()
        return np.where(own > 0, own + share, 0).astype(np.float32)

    return scores
