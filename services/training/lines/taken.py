"""When what was taken back, and from which order: for moments before a return, and for a customer's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import narwhals as nw
import numpy as np
import pandas as pd

from services.training.lines.aggregates import pieces
from services.training.lines.frames import to_pandas
from services.training.lines.kept import Restarts, find_restarts, in_orders, with_invoice
from services.training.lines.returns import MONEY, PIECES, returned_lines, whole

TAKEN = ("customer_id", "invoice", "bought_at", "returned_at", "return", "lines", "pieces", "amount")
#: What the items of ``by_item`` are told apart by.
BY_ITEM = ("customer_id", "returned_at", "return", "invoice", "item", "pieces", "amount")
DOCUMENTS = ("customer_id", "returned_at", "invoice", "lines", "pieces", "amount", "taken")


@dataclass(frozen=True)
class Returns:
    """What came back.

    Attributes
    ----------
    documents : DataFrame, shape (n_documents, 7)
        One row an invoice of a return: ``customer_id``, ``returned_at``, ``invoice``, ``lines``, ``pieces``
        (NaN where no line has a quantity) and ``amount``, as the file has them and positive; ``taken``, the
        money that went off the orders, NaN where returns are ignored.
    taken : DataFrame, shape (n, 8)
        What each return took off which order, one row an order, its moment and a return; empty where returns
        are ignored. ``customer_id``; ``invoice`` and ``bought_at`` of the order's lines; ``returned_at`` and
        ``return``, the moment and the invoice of the return; ``lines`` of which nothing is left since;
        ``pieces``; ``amount`` at the purchase's price.
    by_item : DataFrame, shape (n, 7)
        The same once more by product: ``customer_id``, ``returned_at``, ``return``, ``invoice``, ``item``
        (a code; a description in a ledger without codes), ``pieces`` and ``amount``.
    """

    documents: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(DOCUMENTS)))
    taken: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(TAKEN)))
    by_item: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(BY_ITEM)))


def returns_of(
    cleaned: nw.LazyFrame, matched: nw.LazyFrame | None, restarts: Restarts | None = None
) -> Returns:
    """Summarise the returns of each customer by invoice, and what they took off the orders.

    Parameters
    ----------
    cleaned : LazyFrame
        All lines, with the rules that took them.
    matched : LazyFrame or None
        What ``services.training.lines.returns.matched_returns`` gives; None where returns are ignored.
    restarts : Restarts, optional
        What ``services.training.lines.kept.find_restarts`` gives for the same lines; found when absent.
    """
    documents = _documents(returned_lines(cleaned))
    if matched is None:
        return Returns(documents.assign(taken=np.nan))
    found = find_restarts(cleaned) if restarts is None else restarts
    back = nw.col("back")
    touched = matched.filter(nw.col("taken") > 0)
    pairs = _pairs(in_orders(touched.filter(~back), cleaned, found), with_invoice(touched.filter(back)))
    taken = _summed(pairs, TAKEN[:5], ["lines", "pieces", "amount"])
    keys = ["customer_id", "return"]
    off = taken.groupby(keys, as_index=False)["amount"].sum().set_axis([*keys, "taken"], axis=1)
    told = documents.merge(
        off, how="left", left_on=["customer_id", "invoice"], right_on=keys, validate="one_to_one"
    )
    by_item = _summed(pairs, BY_ITEM[:5], ["pieces", "amount"])
    return Returns(told.assign(taken=told["taken"].fillna(0.0).round(4))[list(DOCUMENTS)], taken, by_item)


def _pairs(purchases: nw.LazyFrame, returned: nw.LazyFrame) -> pd.DataFrame:
    """List what each line of a return took off which line, in whole numbers.

    Notes
    -----
    Only the lines that took and that were taken from leave the engine. Each of these returns finds all its
    units, so one walk in order, with the purchases still open on a stack, tells which.
    """
    sizes = {
        "taken": whole("taken", PIECES),
        "quantity": whole("quantity", PIECES),
        "amount": whole("amount", MONEY),
    }
    told = [
        lines.with_columns(**{name: size.cast(nw.Int64) for name, size in sizes.items()}).select(
            "customer_id", "item", "place", "invoice", "bought_at", "back", *sizes
        )
        for lines in (purchases, returned)
    ]
    ordered = pd.concat([to_pandas(each) for each in told]).sort_values(["customer_id", "item", "place"])
    purchase, taking, units, money, closed = _walk(
        *(ordered[name].tolist() for name in ("back", "taken", "quantity", "amount"))
    )
    bought, back = (ordered.iloc[rows].reset_index(drop=True) for rows in (purchase, taking))
    return pd.DataFrame(
        {
            "customer_id": bought["customer_id"],
            "item": bought["item"],
            "invoice": bought["invoice"],
            "bought_at": bought["bought_at"],
            "returned_at": back["bought_at"],
            "return": back["invoice"],
            "lines": np.array(closed, dtype=np.int64),
            "pieces": np.array(units, dtype=np.int64),
            "amount": np.array(money, dtype=np.int64),
        }
    )


def _summed(pairs: pd.DataFrame, by: Sequence[str], sums: list[str]) -> pd.DataFrame:
    summed = pairs.groupby(list(by), sort=True, as_index=False)[sums].sum()
    return summed.assign(pieces=summed["pieces"] / PIECES, amount=summed["amount"] / MONEY)


def _walk(
    backs: Sequence[bool], takens: Sequence[int], quantities: Sequence[int], amounts: Sequence[int]
) -> tuple[list[int], list[int], list[int], list[int], list[int]]:
    """Pair returns with purchases; rows of both, units, money, and 1 where the purchase is used up."""
    found: tuple[list[int], list[int], list[int], list[int], list[int]] = ([], [], [], [], [])
    # row, units that will be taken, units left, money left
    open_purchases: list[list[int]] = []
    for row, (back, taken) in enumerate(zip(backs, takens, strict=True)):
        if not back:
            open_purchases.append([row, taken, quantities[row], amounts[row]])
            continue
        while taken:
            top = open_purchases[-1]
            units = min(taken, top[1])
            taken, top[1], top[2] = taken - units, top[1] - units, top[2] - units
            quantity, amount = quantities[top[0]], amounts[top[0]]
            # as services.training.lines.returns rounds
            left = (2 * amount * top[2] + quantity) // (2 * quantity)
            for part, value in zip(found, (top[0], row, units, top[3] - left, int(not top[2])), strict=True):
                part.append(value)
            top[3] = left
            if not top[1]:
                open_purchases.pop()
    return found


def _documents(returned: nw.LazyFrame) -> pd.DataFrame:
    grouped = (
        with_invoice(returned)
        .with_columns(quantity=nw.col("quantity").abs())
        .group_by("customer_id", "invoice")
        .agg(
            returned_at=nw.col("bought_at").min(),
            lines=nw.len(),
            pieces=pieces(),
            amount=nw.col("amount").sum(),
        )
    )
    return to_pandas(grouped.select(*DOCUMENTS[:-1]).sort("customer_id", "returned_at", "invoice"))
