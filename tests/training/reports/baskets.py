"""A shop of 400 customers whose first group has tastes of its own."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.training.lines.baskets import Baskets

SHOP = {"customers": 400, "group": 120}
ITEMS = ("A", "B", "C", "D", "E")
PRICES = (9.0, 9.0, 9.0, 1.0, 3.0)
FIRST = pd.Timestamp("2010-12-01")


def shop(seed: int = 3) -> tuple[SimpleNamespace, npt.NDArray[np.intp]]:
    """Return a ledger in summary, and each customer's group.

    The first group buys lanterns (A, B, C, dear) on Friday evenings, the others mugs (D) by day; eggs (E) are
    sold in March and April.
    """
    rng = np.random.default_rng(seed)
    group = (np.arange(SHOP["customers"]) >= SHOP["group"]).astype(np.intp)
    rows, held = [], []
    for who, of in enumerate(group):
        for number in range(int(rng.integers(2, 9))):
            day = FIRST + pd.Timedelta(days=int(rng.integers(0, 370)))
            if of == 0 and rng.random() < 0.5:
                day += pd.Timedelta(days=(4 - day.day_of_week) % 7)
            hour = 19 if of == 0 and rng.random() < 0.5 else int(rng.integers(9, 17))
            rows.append((f"{who:03}", f"{who:03}-{number}", day + pd.Timedelta(hours=hour)))
            lantern = rng.random(3) < (0.5 if of == 0 else 0.2)
            egg = day.month in (3, 4) and rng.random() < 0.6
            held.append([*lantern, rng.random() < (0.3 if of == 0 else 0.6), egg])
    orders = pd.DataFrame(rows, columns=["customer_id", "invoice", "bought_at"])
    named = (orders[name].to_numpy(object) for name in ("customer_id", "invoice"))
    return SimpleNamespace(
        customers=pd.DataFrame({"customer_id": [f"{who:03}" for who in range(SHOP["customers"])]}),
        orders=orders,
        products=pd.DataFrame({"product": ITEMS, "price": PRICES}),
        baskets=Baskets(sparse.csr_array(np.array(held)), list(ITEMS), *named),
        glance={"hours": [[1]]},
        as_of=pd.Timestamp("2011-12-10"),
    ), group
