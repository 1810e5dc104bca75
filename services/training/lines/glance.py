"""The ledger at a glance: sales by month, order times, best-selling products, returns."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from services.training.lines.aggregates import order_totals, product_totals
from services.training.lines.frames import distinct, to_pandas
from services.training.lines.kept import with_invoice
from services.training.lines.returns import returned_lines

BEST_SELLERS = 15


def glance(
    cleaned: nw.LazyFrame,
    kept: nw.LazyFrame,
    matched: nw.LazyFrame | None = None,
    totals: tuple[nw.LazyFrame, nw.LazyFrame] | None = None,
) -> dict[str, Any]:
    """Describe the ledger in a few figures.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives; the returns are among its taken lines.
    kept : LazyFrame
        What ``services.training.lines.kept.kept_lines`` gives; at least one line.
    matched : LazyFrame, optional
        What ``services.training.lines.returns.matched_returns`` gives, where returns are matched.
    totals : tuple of LazyFrame, optional
        What ``order_totals`` and ``product_totals`` give for ``kept``, where that is kept.

    Returns
    -------
    dict
        ``months``: a dict a month without gaps (``month`` as ``2011-11``, ``revenue``, ``orders``,
        ``customers``, ``returns``); orders and revenue belong to the month of the order's first line.
        ``hours``: orders as 7 lists of 24, Monday first, or None where every line is at midnight.
        ``products``: the 15 of most revenue (``product``, ``description``, ``orders``, ``pieces``,
        ``revenue``). ``returns``: ``lines``, ``amount``, ``invoices``, and ``matched``, None without it:
        ``amount`` and ``pieces`` taken off the orders, ``unmatched_lines``, ``unmatched_pieces`` and
        ``unmatched_amount`` of what found nothing, or not enough. ``data_from``, ``data_to``: the first and
        last kept moment (datetime). Money in shop currency; returns are positive.
    """
    by_order, by_product = totals or (order_totals(kept), product_totals(kept))
    span = to_pandas(kept.select(start=nw.col("bought_at").min(), end=nw.col("bought_at").max()))
    returns = returned_lines(cleaned)
    return {
        "months": _months(by_order, returns),
        "hours": _hours(by_order),
        "products": _best_sellers(by_product),
        "returns": _return_totals(returns) | {"matched": _matched(returns, matched)},
        "data_from": span["start"].iloc[0].to_pydatetime(),
        "data_to": span["end"].iloc[0].to_pydatetime(),
    }


def _months(totals: nw.LazyFrame, returns: nw.LazyFrame) -> list[dict[str, Any]]:
    month = nw.col("bought_at").dt.truncate("1mo")
    sales = to_pandas(
        totals.with_columns(month=month)
        .group_by("month", "customer_id")
        .agg(revenue=nw.col("amount").sum(), orders=nw.len())
        .group_by("month")
        .agg(
            revenue=nw.col("revenue").sum(), orders=nw.col("orders").sum().cast(nw.Int64), customers=nw.len()
        )
    )
    given_back = to_pandas(
        returns.with_columns(month=month).group_by("month").agg(returns=nw.col("amount").sum())
    )
    table = sales.set_index("month").join(given_back.set_index("month"), how="outer")
    table = table.reindex(pd.date_range(table.index.min(), table.index.max(), freq="MS")).fillna(0)
    table.insert(0, "month", [f"{month:%Y-%m}" for month in table.index])
    return records(table.astype({"orders": int, "customers": int}))


def _hours(totals: nw.LazyFrame) -> list[list[int]] | None:
    moment = nw.col("bought_at")
    counted = to_pandas(
        totals.with_columns(
            weekday=moment.dt.weekday(), hour=moment.dt.hour(), timed=moment.dt.truncate("1d") != moment
        )
        .group_by("weekday", "hour")
        .agg(orders=nw.len(), timed=nw.col("timed").any())
    )
    if not counted["timed"].any():
        return None
    grid = np.zeros((7, 24), dtype=int)
    grid[counted["weekday"].to_numpy() - 1, counted["hour"].to_numpy()] = counted["orders"]
    return grid.tolist()


def _best_sellers(totals: nw.LazyFrame) -> list[dict[str, Any]]:
    best = (
        totals.filter("sold")
        .with_columns(less=-nw.col("amount"))
        .sort("less", "product")
        .head(BEST_SELLERS)
        .select("product", "description", "orders", "pieces", revenue="amount")
    )
    return records(to_pandas(best))


def _return_totals(returns: nw.LazyFrame) -> dict[str, Any]:
    invoices = distinct(with_invoice(returns), "customer_id", "invoice").select(invoices=nw.len())
    totals = to_pandas(returns.select(lines=nw.len(), amount=nw.col("amount").sum()))
    return {
        "lines": int(totals["lines"].iloc[0]),
        "amount": float(totals["amount"].iloc[0]),
        "invoices": int(to_pandas(invoices)["invoices"].iloc[0]),
    }


def _matched(returns: nw.LazyFrame, matched: nw.LazyFrame | None) -> dict[str, Any] | None:
    """Add up what returns took off the orders, and what of them found nothing to take back."""
    if matched is None:
        return None
    every = to_pandas(
        returns.select(lines=nw.len(), pieces=nw.col("quantity").abs().sum(), amount=nw.col("amount").sum())
    ).fillna(0)
    # by side: purchases that were taken from, then returns
    sides = (
        matched.with_columns(
            amount=nw.col("amount") - nw.col("left_amount"),
            whole=nw.when(nw.col("left_quantity") == 0).then(1).otherwise(0),
        )
        .group_by("back")
        .agg(amount=nw.col("amount").sum(), pieces=nw.col("taken").sum(), whole=nw.col("whole").sum())
    )
    found = to_pandas(sides).set_index("back").reindex([False, True]).fillna(0)
    off, matched_amount = found["amount"].tolist()
    units = float(found["pieces"].max())
    return {
        "amount": off,
        "pieces": units,
        "unmatched_lines": int(every["lines"].sum() - found["whole"].iloc[1]),
        "unmatched_pieces": float(every["pieces"].sum() - units),
        # decimals, subtracted as floats
        "unmatched_amount": round(float(every["amount"].sum() - matched_amount), 4),
    }


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows as dicts of Python's own types, None where a value is missing."""
    plain = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in each.items()} for each in plain.to_dict("records")]
