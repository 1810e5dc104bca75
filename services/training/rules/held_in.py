"""Which orders hold each product, packed for ``lookup.sqlite``: bundles are counted from it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from services.releases.lines import pack_rows
from services.releases.lookup import ANY_PRODUCT
from services.training.lines.baskets import Baskets


def held_in(baskets: Baskets, orders: pd.DataFrame) -> pd.DataFrame:
    """Give the table ``held_in``, as ``write_lookup`` takes it.

    Parameters
    ----------
    baskets : Baskets
        One an invoice: what rules are mined from.
    orders : DataFrame, shape (n_orders, >=2)
        ``customer_id`` and ``invoice``, as ``services.training.lines.aggregates.orders`` gives them: in the
        order of the release's own, by which an order is numbered.

    Returns
    -------
    DataFrame, shape (n_products + 1, 2)
        ``product`` and ``orders``; the first row is of the orders that hold any product. Empty without
        baskets.
    """
    if not len(baskets.invoices):
        return pd.DataFrame({"product": [], "orders": []}, dtype=object)
    known = pd.MultiIndex.from_arrays([orders["customer_id"], orders["invoice"]])
    number = known.get_indexer(pd.MultiIndex.from_arrays([baskets.customers, baskets.invoices]))
    ascending = np.argsort(number, kind="stable")
    by_product = sparse.csc_array(baskets.matrix[ascending])
    by_product.sort_indices()
    number = number[ascending]
    columns = np.split(number[by_product.indices], by_product.indptr[1:-1])
    packed = [pack_rows(each.tolist()) for each in (number, *columns)]
    return pd.DataFrame({"product": [ANY_PRODUCT, *baskets.items], "orders": packed}, dtype=object)
