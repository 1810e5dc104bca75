"""Recency, frequency and monetary value per customer."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from services.core.language.messages import _
from services.core.refusals import Refusal

FrequencyUnit = Literal["orders", "lines"]


def reference_date(last_purchase: pd.Series, as_of: pd.Timestamp | None = None) -> pd.Timestamp:
    """Return the moment recency is counted to: ``as_of``, or one day after the last purchase.

    Parameters
    ----------
    last_purchase : Series of datetime64
        Last purchase of each customer.
    as_of : Timestamp, optional
        The reader's choice; it wins.

    Raises
    ------
    Refusal
        If there is no purchase and no ``as_of``.
    """
    if as_of is not None:
        return as_of
    if last_purchase.empty:
        raise Refusal(_("No row of the file is a purchase, so there is nothing to train on."))
    latest: pd.Timestamp = last_purchase.max()
    return latest + pd.Timedelta(days=1)


def rfm_table(customers: pd.DataFrame, as_of: pd.Timestamp, frequency: FrequencyUnit) -> pd.DataFrame:
    """Reduce each customer's purchases to the three numbers, as seen at ``as_of``.

    Parameters
    ----------
    customers : DataFrame, shape (n_customers, >=4)
        ``last_purchase`` (datetime64), ``orders`` and ``lines`` (int), ``monetary`` (shop currency).
    as_of : Timestamp
        The reference moment, not before any purchase.
    frequency : {"orders", "lines"}
        What one unit of frequency is.

    Returns
    -------
    DataFrame, shape (n_customers, 3), same index
        ``recency`` whole days since the last purchase (int32); ``frequency`` (int32);
        ``monetary`` (float64, shop currency).

    Notes
    -----
    The segmentation definition of recency (Hughes, *Strategic Database Marketing*, 1994). Models of
    customer lifetime value mean another span by that name: from the first purchase to the last.
    """
    waited = (as_of - customers["last_purchase"]).dt.days
    return pd.DataFrame(
        {
            "recency": waited.astype(np.int32),
            "frequency": customers[frequency].astype(np.int32),
            "monetary": customers["monetary"].astype(np.float64),
        },
        index=customers.index,
    )
