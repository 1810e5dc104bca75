"""Returns matched to what they take back: the most recent units of the product that the customer still had.

Within a customer and a product lines stand in order of time, at one moment purchases before returns, then by
price, quantity and invoice, never by their place in the file: last in, first out, whatever the price.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import narwhals as nw

from services.training.lines.cleaning import RETURNED, RETURNS
from services.training.lines.frames import WHOLE, distinct, with_quotient

MONEY, PIECES = 10_000, 1_000_000
"""Money has four decimals and quantities six at most: times these, both are whole numbers."""

MATCHED = ("cancellation", "refund", "quantity")
"""Rules whose lines take units back, where they name a product and a quantity."""

_LAST = ("amount", "row_key", "line")
_PAIR = ("customer_id", "item")


def returned_lines(cleaned: nw.LazyFrame) -> nw.LazyFrame:
    """Select cancelled and refunded lines, and other negative ones; what they took back is positive."""
    rule = nw.col("rule")
    # some shops write the money of a negative quantity without a sign
    negative = (nw.col("amount") < 0) | (nw.col("quantity") < 0)
    taken = rule.is_in(RETURNS) | (rule.is_in(["quantity", "price"]) & negative)
    return cleaned.filter(taken).with_columns(amount=nw.col("amount").abs())


def matched_returns(cleaned: nw.LazyFrame, item: Literal["product", "description"]) -> nw.LazyFrame:
    """Match returns to purchases.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives, materialised: it is read several times.
    item : {"product", "description"}
        What tells products apart; descriptions in a ledger without codes.

    Returns
    -------
    LazyFrame
        Every return that could take something back, and every purchase of which something was taken:
        ``customer_id``, ``item``, ``place`` (int, in the order in which they are matched), ``line``,
        ``bought_at``, ``invoice``; ``back`` (bool) tells returns; ``quantity``, ``amount`` and ``taken``, the
        units taken back, all of them positive; ``left_quantity`` and ``left_amount``, what is left of a
        purchase, or of a return what it matches nothing with. Materialise it: it is small.

    Notes
    -----
    With X the running sum of quantities, returns negative, the units in hand are S = X − min(0, running
    minimum of X). With L the minimum of S over all later lines, a purchase of q keeps
    max(0, min(S, L) − (S − q)). Money is exact: what is left of an amount is its share of the quantity,
    rounded to four decimals where it has more.
    """
    back = nw.col("rule").is_in(MATCHED).fill_null(False)
    size = nw.col("quantity").abs()
    lines = (
        cleaned.with_columns(item=nw.col(item), back=back)
        .filter((nw.col("rule").is_null() | nw.col("back")) & (size > 0) & ~nw.col("item").is_null())
        .select(
            *_PAIR, "line", "bought_at", "invoice", "back", "price", "row_key",
            quantity=size, amount=nw.col("amount").abs(),
        )
    )  # fmt: skip
    pairs = distinct(lines.filter("back"), *_PAIR)
    numbered = lines.join(pairs, on=list(_PAIR), how="semi").with_row_index(
        "place", order_by=["bought_at", "back", "price", "quantity", "invoice", *_LAST]
    )
    return _left_by_pair(numbered)


def _left_by_pair(numbered: nw.LazyFrame) -> nw.LazyFrame:
    x, s, q, low = (nw.col(name) for name in ("x", "s", "quantity", "low"))
    signed = nw.when("back").then(-q).otherwise(q)
    running = numbered.with_columns(x=signed.cum_sum().over(*_PAIR, order_by="place"))
    running = running.with_columns(
        low=nw.min_horizontal(x.cum_min().over(*_PAIR, order_by="place"), nw.lit(0))
    )
    running = running.with_columns(s=x - low)
    running = running.with_columns(
        least=s.cum_min(reverse=True).over(*_PAIR, order_by="place"),
        before=low.shift(1).over(*_PAIR, order_by="place").fill_null(0),
    )
    kept = nw.max_horizontal(nw.lit(0), nw.col("least") - (s - q))
    # the lower the running minimum falls, the more units were never there
    left = nw.when("back").then(nw.col("before") - low).otherwise(kept)
    found = running.with_columns(left_quantity=left.cast(nw.Decimal(24, 6)))
    found = found.with_columns(taken=(q - nw.col("left_quantity")).cast(nw.Decimal(24, 6)))
    return (
        _with_share(found.filter(nw.col("back") | (nw.col("taken") > 0)))
        .select(
            *_PAIR, "place", "line", "bought_at", "invoice", "back", "quantity", "amount", "taken",
            "left_quantity", "left_amount",
        )
    )  # fmt: skip


def whole(column: str, unit: int) -> nw.Expr:
    """Give money in ``MONEY`` or a quantity in ``PIECES``, a whole number."""
    # wider first: the largest amounts would not hold the further digits
    return (nw.col(column).cast(nw.Decimal(38, 6)) * unit).cast(WHOLE)


def _with_share(lines: nw.LazyFrame) -> nw.LazyFrame:
    """Add ``left_amount``, ``amount · left_quantity / quantity``: exact, rounded half up to four decimals."""
    a, p, w = whole("amount", MONEY), whole("left_quantity", PIECES), whole("quantity", PIECES)
    shared = with_quotient(lines, "left_amount", 2 * a * p + w, 2 * w)
    # of one type, as not every engine finds one for two decimals
    wide = nw.Decimal(38, 4)
    money = nw.col("left_amount").cast(wide) * nw.lit(Decimal(1) / MONEY, dtype=wide)
    return shared.with_columns(left_amount=money.cast(nw.Decimal(18, 4)))


def what_is_left(cleaned: nw.LazyFrame, matched: nw.LazyFrame) -> nw.LazyFrame:
    """Take what was returned off the purchases.

    Parameters
    ----------
    cleaned : LazyFrame
        As ``matched_returns`` took it.
    matched : LazyFrame
        What it gave.

    Returns
    -------
    LazyFrame
        The same lines. A purchase of which nothing is left has the rule ``RETURNED`` and keeps its figures;
        one of which something is left has that as ``quantity`` and ``amount``.
    """
    taken = matched.filter(~nw.col("back")).select("line", "left_quantity", "left_amount")
    nothing, some = nw.col("left_quantity") == 0, nw.col("left_quantity") > 0
    return (
        cleaned.join(taken, on="line", how="left")
        .with_columns(
            rule=nw.when(nothing).then(nw.lit(RETURNED)).otherwise("rule"),
            quantity=nw.when(some).then("left_quantity").otherwise("quantity"),
            amount=nw.when(some).then("left_amount").otherwise("amount"),
        )
        .drop("left_quantity", "left_amount")
    )
