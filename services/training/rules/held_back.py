"""The last days of a ledger, held back to see whether what was found before still holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.training.ledger.transactions import Ledger

KEPT_BACK_DAYS = 60

Moments = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class HeldBack:
    """The later period: from the start of day ``first`` on, up to ``last``, the ledger's last day."""

    first: np.datetime64
    last: np.datetime64

    def entry(self) -> dict[str, Any]:
        """Return what ``overview.rules_later`` holds."""
        return {"from": str(self.first), "to": str(self.last), "days": KEPT_BACK_DAYS}


def moments_of(ledger: Ledger) -> Moments:
    """Return when each basket was bought, shape (n_baskets,): its invoice's first line."""
    baskets, orders = ledger.baskets, ledger.orders
    moments = pd.Series(
        orders["bought_at"].to_numpy("datetime64[s]"),
        index=pd.MultiIndex.from_frame(orders[["customer_id", "invoice"]]),
    )
    return moments.loc[pd.MultiIndex.from_arrays([baskets.customers, baskets.invoices])].to_numpy()


def first_day_kept_back(moments: Moments) -> np.datetime64:
    """Return the day on which the later period starts, ``KEPT_BACK_DAYS`` before the last one."""
    last: np.datetime64 = moments.max()
    return last.astype("datetime64[D]") - np.timedelta64(KEPT_BACK_DAYS, "D")


def held_back(moments: Moments) -> HeldBack | None:
    """Return the later period of some baskets; None where nothing comes before it."""
    if not len(moments) or moments.min() >= first_day_kept_back(moments):
        return None
    return HeldBack(first_day_kept_back(moments), moments.max().astype("datetime64[D]"))
