"""Orders that hold a product are numbered as the release numbers its orders."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from services.releases.lines import unpack_rows
from services.training.lines.baskets import Baskets
from services.training.rules.held_in import held_in

# by customer, then by time: b's second order has the lower number
ORDERS = pd.DataFrame({"customer_id": list("aabbc"), "invoice": ["1", "2", "9", "3", "1"]})


def baskets(rows, whose):
    customers, invoices = (np.array(each, dtype=object) for each in zip(*whose, strict=True))
    return Baskets(sparse.csr_array(np.array(rows, dtype=bool)), ["lamp", "pot"], customers, invoices)


def test_each_product_has_the_orders_that_hold_it_and_one_row_has_those_with_any():
    whose = [("a", "1"), ("b", "3"), ("b", "9"), ("c", "1")]  # the order 2 of a holds no product
    found = held_in(baskets([[1, 0], [1, 1], [0, 1], [1, 0]], whose), ORDERS)
    assert {name: unpack_rows(packed) for name, packed in found.itertuples(index=False)} == {
        "": [0, 2, 3, 4],
        "lamp": [0, 3, 4],
        "pot": [2, 3],
    }


def test_a_ledger_without_products_has_none():
    none = Baskets(sparse.csr_array((0, 0), dtype=bool), [], np.array([], object), np.array([], object))
    assert held_in(none, ORDERS).empty
