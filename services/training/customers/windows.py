"""What each customer did in windows of equal length: the last days, those before, the same a year ago."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.rfm.windows import ACTIVE_DAYS, DAYS, YEAR, end_of
from services.training.customers.columns import Columns


def windows(customers: pd.DataFrame, orders: pd.DataFrame, as_of: pd.Timestamp) -> Columns:
    """Return the columns of windows that the ledger covers whole.

    Parameters
    ----------
    customers : DataFrame
        ``customer_id``, ``last_purchase``; in the order of the rows.
    orders : DataFrame
        ``customer_id``, ``bought_at``, ``amount``: what is left of them after returns.
    as_of : Timestamp

    Returns
    -------
    dict of str to ndarray, shape (n_customers,)
        ``spent_recently``, ``spent_before`` and ``spent_year_ago``, shop currency in 30 days; and
        ``active_before``, who ordered in the 90 days that ended 30 days ago.
    """
    if orders.empty:
        return {}
    end = pd.Timestamp(end_of(as_of, customers["last_purchase"].max()))
    bought, row = (
        orders["bought_at"],
        pd.Index(customers["customer_id"]).get_indexer(pd.Index(orders["customer_id"])),
    )
    month, first = pd.Timedelta(days=DAYS), bought.min()

    def spent(until: pd.Timestamp) -> npt.NDArray[np.float64]:
        inside = ((bought >= until - month) & (bought < until)).to_numpy()
        money = orders["amount"].to_numpy(np.float64)[inside]
        return np.bincount(row[inside], money, minlength=len(customers)).astype(np.float64)

    ends = {"spent_recently": end, "spent_before": end - month, "spent_year_ago": end - YEAR}
    found: Columns = {name: spent(until) for name, until in ends.items() if first <= until - month}
    start = end - month - pd.Timedelta(days=ACTIVE_DAYS)
    if first <= start:
        inside = ((bought >= start) & (bought < end - month)).to_numpy()
        found["active_before"] = np.bincount(row[inside], minlength=len(customers)) > 0
    return found
