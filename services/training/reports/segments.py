"""What the customers of each segment buy, what it costs and when they order: ``segments.json``."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from services.training.customers.columns import Columns
from services.training.ledger.transactions import Ledger
from services.training.reports.distinctive_words import distinctive_words
from services.training.reports.profiles import ordering_times, price_bands, products_bought_more


def segment_report(ledger: Ledger, columns: Columns, segments: int) -> dict[str, Any]:
    """Return the content of ``segments.json``: see docs/architecture.md.

    Parameters
    ----------
    ledger : Ledger
    columns : dict of str to ndarray
        ``segment`` of each customer, −1 for none.
    segments : int
        How many there are.
    """
    # Customers of no segment are a group of their own at the end, so that everybody counts among all.
    label = np.where(columns["segment"] < 0, segments, columns["segment"]).astype(np.intp)
    segment_of = pd.Series(label, index=ledger.customers["customer_id"])
    names = described(ledger)
    prices = dict(zip(ledger.products["product"], ledger.products["price"], strict=True))
    timed = ledger.glance["hours"] is not None
    return {
        "profiles": {
            "segments": [
                {"products": products, "words": words}
                for products, words in zip(
                    products_bought_more(ledger.baskets, segment_of, segments, names),
                    distinctive_words(ledger.baskets, segment_of, segments, names),
                    strict=True,
                )
            ],
            "baskets": len(ledger.baskets.customers),
            "prices": price_bands(ledger.baskets, segment_of, segments + 1, prices),
            "times": ordering_times(ledger.orders, segment_of, segments + 1, timed),
        }
    }


def described(ledger: Ledger) -> dict[str, str]:
    """Return the description of each product that has one."""
    pairs = zip(ledger.products["product"], ledger.products["description"], strict=True)
    return {product: name for product, name in pairs if isinstance(name, str)}
