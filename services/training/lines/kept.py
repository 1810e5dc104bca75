"""The kept lines, made ready for counting: numbered orders, and codes that are no product told apart."""

from __future__ import annotations

import narwhals as nw

SERVICE_CODES = (
    r"(?i)^(post|postage|shipping|delivery|freight|carriage|c2|c3|dot|cruk|pads|manual|discount|samples?"
    r"|bank charges|amazonfee|adjust\d*|gift_.*)$"
)
"""Codes that stand for postage, fees, vouchers and corrections in any ledger."""


def is_product(code: nw.Expr, numbered: bool) -> nw.Expr:
    """Tell products from postage, fees, discounts and corrections.

    Parameters
    ----------
    code : Expr
        Product codes.
    numbered : bool
        Whether the ledger's products are numbered. Where they are, a code without a digit (``M``,
        ``D``, ``POST``) is no product; where they are words, only the ``SERVICE_CODES`` are none.

    Returns
    -------
    Expr
        Boolean; null where the code is.
    """
    product = ~code.str.contains(SERVICE_CODES)
    return product & code.str.contains("[0-9]") if numbered else product


def kept_lines(cleaned: nw.LazyFrame) -> nw.LazyFrame:
    """Select the kept lines, number their orders and mark what is no product.

    Parameters
    ----------
    cleaned : LazyFrame
        What ``services.training.lines.cleaning.clean`` gives. Materialise it first: it is read
        several times.

    Returns
    -------
    LazyFrame
        ``order`` (int), one number for each invoice of a customer, by customer and invoice;
        ``customer_id``, ``invoice``, ``product``, ``description``, ``country``, ``bought_at``,
        ``quantity``, ``price``, ``amount``; ``sold`` (bool) is false for codes that are no product.
        Everything else in this room reads this table: materialise it too.

    Notes
    -----
    Products count as numbered when most of the kept lines' codes hold a digit.
    """
    kept = with_invoice(cleaned.filter(nw.col("rule").is_null()))
    orders = (
        kept.select("customer_id", "invoice")
        .unique()
        .with_row_index("order", order_by=["customer_id", "invoice"])
    )
    return kept.join(orders, on=["customer_id", "invoice"]).select(
        "order",
        "customer_id",
        "invoice",
        "product",
        "description",
        "country",
        "bought_at",
        "quantity",
        "price",
        "amount",
        # A line that names no product code may still be a basket item by its description.
        sold=is_product(nw.col("product"), _are_numbered(kept)).fill_null(True),
    )


def with_invoice(lines: nw.LazyFrame) -> nw.LazyFrame:
    """Name invoices that have no number by their moment, so that a customer's lines of one moment are one.

    Parameters
    ----------
    lines : LazyFrame
        ``invoice`` and ``bought_at``, and any others.

    Returns
    -------
    LazyFrame
        The same columns; ``invoice`` is never null (``2011-12-09 12:50:00`` where it was).
    """
    moment = nw.col("bought_at").dt.to_string("%Y-%m-%d %H:%M:%S")
    return lines.with_columns(invoice=nw.coalesce("invoice", moment))


def _are_numbered(lines: nw.LazyFrame) -> bool:
    digit = nw.col("product").str.contains("[0-9]").cast(nw.Int64)
    share = lines.select(share=digit.mean()).collect("pandas").to_native()["share"].iloc[0]
    return bool(share > 0.5)
