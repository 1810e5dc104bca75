"""From a table of customers to the same summary a ledger gives, as far as there is one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.training.ledger.cleaned import Erased, clean_customers
from services.training.ledger.transactions import Ledger
from services.training.lines.aggregates import ids
from services.training.lines.baskets import Baskets
from services.training.lines.customer_rules import kept_customers
from services.training.lines.engine import MEMORY_MB, opened_engine
from services.training.options import TrainOptions
from services.training.progress import Progress
from services.training.reading.report import ReadReport


def read_table(
    path: Path,
    options: TrainOptions,
    made_at: datetime,
    scratch: Path,
    progress: Progress,
    erased: Erased | None = None,
    memory_mb: int = MEMORY_MB,
) -> Ledger:
    """Read and clean a table with a row a customer.

    Parameters
    ----------
    path : Path
    options : TrainOptions
    made_at : datetime
        The table has no dates, so recency counts to this day unless the options name a moment.
    scratch : Path
        A folder for the engine's files, removed by the caller.
    progress : Progress
    erased : callable, optional
        Whose rows are left out under the rule ``forgotten``.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Returns
    -------
    Ledger
        Without orders, favourites, products and baskets; first purchases are unknown (NaT).

    Raises
    ------
    Refusal
        If the file cannot be read, no row is left, or a customer has two rows.
    """
    as_of = pd.Timestamp(options.as_of or made_at.date())
    with opened_engine(scratch, memory_mb) as engine:
        cleaned = clean_customers(path, engine, options, scratch, progress, erased)
        report = cleaned.report
        with progress.step("customers"):
            rows = kept_customers(cleaned.rows)
            customers = _customers(rows, as_of)
            churned = _churned(rows, report) if report.ledger["churned"] else None
            opted_out = frozenset(ids(cleaned.rows, opted_out=True)) if report.ledger["opted_out"] else None
    if not options.as_of:
        report.warnings.append(
            _(
                "The table has no dates, so recency was counted to {day}; to use another day, add --as-of.",
                day=f"{as_of:%-d %B %Y}",
            )
        )
    return Ledger(
        report,
        cleaned.rejected,
        cleaned.kept,
        cleaned.revenue,
        cleaned.left_out,
        as_of,
        customers,
        pd.DataFrame(columns=["customer_id", "invoice", "bought_at", "lines", "pieces", "amount"]),
        pd.DataFrame(columns=["customer_id", "place", "product", "orders", "pieces", "amount"]),
        pd.DataFrame(columns=["product", "description", "orders", "pieces", "amount", "price", "sold"]),
        Baskets(sparse.csr_array((0, 0), dtype=bool), [], np.empty(0, object), np.empty(0, object)),
        _glance(customers),
        opted_out=opted_out,
        churned=churned,
    )


def _churned(rows: pd.DataFrame, report: ReadReport) -> npt.NDArray[np.int8] | None:
    """Return who churned by the table; None, and a warning, where a cell says neither yes nor no."""
    said = rows["churned"]
    if said.isna().any():
        report.warnings.append(
            _(
                "The column that says who churned holds words other than yes and no, or 1 and 0, so it was "
                "not used. Write one of these into every cell, or leave cells blank."
            )
        )
        return None
    return said.to_numpy(np.int8)


def _customers(rows: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Lay the table out as ``services.training.lines.aggregates.customers`` does."""
    twice = rows.loc[rows["customer_id"].duplicated(), "customer_id"]
    if len(twice):
        raise Refusal(
            _(
                "The customer “{customer}” appears in several rows. A table of customers has one row per "
                "customer; for a file of transactions, leave out --table and choose another preset.",
                customer=twice.iloc[0],
            ),
            "file",
        )
    return pd.DataFrame(
        {
            "customer_id": rows["customer_id"].to_numpy(object),
            "orders": rows["frequency"].to_numpy(np.int64),
            "lines": rows["frequency"].to_numpy(np.int64),
            "pieces": np.nan,
            "monetary": rows["monetary"].to_numpy(np.float64),
            "first_purchase": np.datetime64("NaT", "s"),
            "last_purchase": as_of.as_unit("s") - pd.to_timedelta(rows["recency"], unit="D").to_numpy(),
            "country": rows["country"].to_numpy(object),
            "products": 0,
        }
    )


def _glance(customers: pd.DataFrame) -> dict[str, Any]:
    return {
        "months": [],
        "hours": None,
        "products": [],
        "returns": {"lines": 0, "amount": 0.0, "invoices": 0, "matched": None},
        "data_from": customers["last_purchase"].min().to_pydatetime(),
        "data_to": customers["last_purchase"].max().to_pydatetime(),
    }
