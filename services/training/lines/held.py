"""What each order holds, line by line."""

from __future__ import annotations

from dataclasses import dataclass, field

import narwhals as nw
import numpy as np
import pandas as pd

from services.training.lines.frames import distinct, to_pandas

LINES = ("order", "item", "quantity", "amount")


@dataclass(frozen=True)
class Held:
    """The lines of all orders.

    Attributes
    ----------
    lines : DataFrame, shape (n_lines, 4), sorted by all columns
        ``order``: place in what ``services.training.lines.aggregates.orders`` gives; ``item``: place in
        ``names``, −1 on a line that names nothing; ``quantity``, NaN where the line has none; ``amount``,
        shop currency. Both are what returns have left.
    names : list of str
        Product codes, descriptions where a line has no code, ascending.
    """

    lines: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(LINES), dtype=float))
    names: list[str] = field(default_factory=list)


def held(kept: nw.LazyFrame, totals: nw.LazyFrame) -> Held:
    """List what each order holds.

    Parameters
    ----------
    kept : LazyFrame
        What ``services.training.lines.kept.kept_lines`` gives.
    totals : LazyFrame
        What ``services.training.lines.aggregates.order_totals`` gives for them.
    """
    named = kept.with_columns(name=nw.coalesce("product", "description"))
    names = distinct(named.filter(~nw.col("name").is_null()), "name").with_row_index("item", order_by="name")
    # numbers, not names, leave the engine: a name would be repeated on every line
    numbered = named.join(names, on="name", how="left").with_columns(item=nw.col("item").fill_null(-1))
    lines = to_pandas(numbered.select(*LINES))
    sequence = to_pandas(
        totals.select("customer_id", "bought_at", "invoice", "order").sort(
            "customer_id", "bought_at", "invoice"
        )
    )["order"].to_numpy()
    place = np.empty(len(sequence), dtype=np.int64)
    place[sequence] = np.arange(len(sequence))
    lines = lines.assign(
        order=place[lines["order"].to_numpy(np.int64)].astype(np.int32),
        item=lines["item"].astype(np.int32),
        quantity=lines["quantity"].astype(np.float64),
    )
    listed = to_pandas(names.sort("item"))["name"].astype(object).tolist()
    return Held(lines.sort_values(list(LINES), ignore_index=True), listed)
