"""The cleaning rules of a table of customers: which rows are left out, each by the first that takes it."""

from __future__ import annotations

from collections.abc import Collection

import narwhals as nw
import pandas as pd

from services.training.lines.cleaning import FORGOTTEN, first_match, name_duplicates
from services.training.lines.frames import to_pandas

RULES = ("unreadable", "no_customer", "duplicate", "empty")
"""Every rule, in the order in which they are asked."""


def clean_customers(frame: nw.LazyFrame, forgotten: Collection[str] = ()) -> nw.LazyFrame:
    """Name the rule that takes each row.

    Parameters
    ----------
    frame : LazyFrame
        The ``read_customers`` table.
    forgotten : collection of str
        Ids of customers whose rows are left out.

    Returns
    -------
    LazyFrame
        With a column ``rule`` (str), null for a kept row.

    Notes
    -----
    ``duplicate`` keeps one of several rows that are equal, the id too: customers who are alike are two.
    ``empty`` takes rows with a blank cell for recency, frequency or monetary value.
    """
    early = {"unreadable": ~nw.col("unreadable").is_null(), "no_customer": nw.col("customer_id").is_null()}
    if forgotten:
        early[FORGOTTEN] = nw.col("customer_id").is_in(sorted(forgotten))
    named = name_duplicates(frame.with_columns(rule=first_match(early)), ["row_key", "customer_id"])
    blank = nw.any_horizontal(
        *(nw.col(axis).is_null() for axis in ("recency", "frequency", "monetary")), ignore_nulls=False
    )
    return named.with_columns(rule=nw.coalesce("rule", first_match({"empty": blank})))


def kept_customers(cleaned: nw.LazyFrame) -> pd.DataFrame:
    """Return the kept rows, sorted by ``customer_id``.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``clean_customers`` gives.

    Returns
    -------
    DataFrame, shape (n_customers, 6)
        ``customer_id``, ``recency``, ``frequency``, ``monetary`` (float64), ``country``, ``churned``.
    """
    kept = cleaned.filter(nw.col("rule").is_null())
    return to_pandas(
        kept.select("customer_id", "recency", "frequency", "monetary", "country", "churned").sort(
            "customer_id"
        )
    )
