"""Baskets: which items each invoice holds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import narwhals as nw
import numpy as np
import pandas as pd
from scipy import sparse

from services.training.lines.frames import distinct, to_pandas


@dataclass(frozen=True)
class Baskets:
    """Invoices by items.

    Attributes
    ----------
    matrix : csr_array of bool, shape (n_baskets, n_items)
        True where the invoice holds the item, once or several times.
    items : list of str, length n_items
        Product codes or descriptions, ascending.
    customers, invoices : ndarray of object (str), shape (n_baskets,)
        Whose basket it is and its invoice, ascending.
    """

    matrix: sparse.csr_array
    items: list[str]
    customers: np.ndarray
    invoices: np.ndarray

    def of(self, customers: Collection[str]) -> Baskets:
        """Select the baskets of some customers.

        Parameters
        ----------
        customers : collection of str
            Customer ids.

        Returns
        -------
        Baskets
            All items stay, those that nobody among ``customers`` bought as empty columns.
        """
        chosen = pd.Index(self.customers).isin(list(customers))
        return Baskets(self.matrix[chosen], self.items, self.customers[chosen], self.invoices[chosen])


def baskets(
    kept: nw.LazyFrame, items: Literal["code", "description"] = "code", all_codes: bool = False
) -> Baskets:
    """Collect the items of each invoice.

    Parameters
    ----------
    kept : LazyFrame
        What ``services.training.lines.kept.kept_lines`` gives.
    items : {"code", "description"}
        What an item is: the product's code, or the description as it stands on the line.
    all_codes : bool
        Keep codes that are no product (postage, fees).

    Returns
    -------
    Baskets
        Invoices that hold no item are left out, so there is none in a ledger without products.
    """
    label = "product" if items == "code" else "description"
    lines = (kept if all_codes else kept.filter("sold")).filter(~nw.col(label).is_null())
    labels = distinct(lines, label).with_row_index("item", order_by=label)
    # Numbers, not names, leave the engine: a name would be repeated on every line.
    pairs = to_pandas(distinct(lines.join(labels, on=label), "order", "item").sort("order", "item"))
    owners = to_pandas(distinct(lines, "order", "customer_id", "invoice").sort("order"))
    names = to_pandas(labels.sort("item"))[label].astype(object).tolist()

    row = np.searchsorted(owners["order"].to_numpy(), pairs["order"].to_numpy())
    filled = (np.ones(len(pairs), dtype=bool), (row, pairs["item"].to_numpy()))
    matrix = sparse.csr_array(filled, shape=(len(owners), len(names)))
    return Baskets(
        matrix,
        names,
        owners["customer_id"].to_numpy(dtype=object),
        owners["invoice"].to_numpy(dtype=object),
    )
