"""Who had bought what by a moment, as the methods see it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from services.core.recommending import RECENT_DAYS

ON_SALE_DAYS = 90
MAX_PRODUCTS = 3_000
"""The most products looked at: the linear model inverts a matrix of this size, 36 MB."""


@dataclass(frozen=True)
class Purchases:
    """Every order of a ledger and the products in it.

    Attributes
    ----------
    matrix : csr_array of bool, shape (n_orders, n_products)
    products : list of str, length n_products
        Codes, ascending; only what is a product.
    customer : ndarray of int, shape (n_orders,)
        Row of the customer, 0 to ``customers`` − 1.
    bought_at : ndarray of datetime64, shape (n_orders,)
    customers : int
    """

    matrix: sparse.csr_array
    products: list[str]
    customer: npt.NDArray[np.intp]
    bought_at: npt.NDArray[np.datetime64]
    customers: int

    def orders(
        self, since: np.datetime64 | None = None, until: np.datetime64 | None = None
    ) -> sparse.csr_array:
        """Count the orders of each customer that hold each product, from ``since`` to before ``until``.

        Returns
        -------
        csr_array of float32, shape (customers, n_products)
        """
        within = np.ones(len(self.customer), dtype=bool)
        if since is not None:
            within &= self.bought_at >= since
        if until is not None:
            within &= self.bought_at < until
        chosen = np.flatnonzero(within)
        places = (self.customer[chosen], np.arange(len(chosen)))
        owners = sparse.csr_array(
            (np.ones(len(chosen), np.float32), places), shape=(self.customers, len(chosen))
        )
        counted = sparse.csr_array(owners @ self.matrix[chosen].astype(np.float32))
        counted.sort_indices()
        return counted


@dataclass(frozen=True)
class History:
    """What is known at a moment.

    Attributes
    ----------
    columns : ndarray of int, shape (p,)
        The products looked at, as places in ``Purchases.products``, ascending: those bought by most
        customers, ``MAX_PRODUCTS`` at most.
    orders : csr_array of float32, shape (n_customers, p)
        Orders of each customer that hold the product.
    recent : ndarray of float32, shape (p,)
        Customers who bought it in the last ``RECENT_DAYS``.
    on_sale : ndarray of bool, shape (p,)
        Whether anybody bought it in the last ``ON_SALE_DAYS``; others count as discontinued.
    cluster : ndarray of int, shape (n_customers,)
        −1 for those who are in none yet.
    """

    columns: npt.NDArray[np.intp]
    orders: sparse.csr_array
    recent: npt.NDArray[np.float32]
    on_sale: npt.NDArray[np.bool_]
    cluster: npt.NDArray[np.integer]

    def bought(self) -> sparse.csr_array:
        """Return who bought what at all, 1 or absent, of the shape of ``orders``."""
        ones = np.ones_like(self.orders.data)
        return sparse.csr_array((ones, self.orders.indices, self.orders.indptr), shape=self.orders.shape)


def history_before(
    purchases: Purchases, moment: np.datetime64, cluster: npt.NDArray[np.integer], most: int = MAX_PRODUCTS
) -> History:
    """Collect what was known before ``moment``.

    Parameters
    ----------
    purchases : Purchases
    moment : datetime64
        Orders at or after it are not looked at.
    cluster : ndarray of int, shape (n_customers,)
        As known before the moment.
    most : int
        How many products are looked at.
    """
    orders = purchases.orders(until=moment)
    buyers = orders.count_nonzero(axis=0)
    popular = np.argsort(-buyers, kind="stable")[:most]
    columns = np.sort(popular[buyers[popular] > 0])
    recent = purchases.orders(moment - np.timedelta64(RECENT_DAYS, "D"), moment).count_nonzero(axis=0)
    sold = purchases.orders(moment - np.timedelta64(ON_SALE_DAYS, "D"), moment).count_nonzero(axis=0)
    known = orders[:, columns]
    known.sort_indices()
    return History(columns, known, recent[columns].astype(np.float32), sold[columns] > 0, cluster)
