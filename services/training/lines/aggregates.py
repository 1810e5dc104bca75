"""From kept lines to one row a customer, order, favourite or product.

Every function takes what ``services.training.lines.kept.kept_lines`` gives and returns pandas. Money and
pieces are summed as decimals and become float64 last, so the order of the rows changes nothing.
"""

from __future__ import annotations

from decimal import Decimal

import narwhals as nw
import pandas as pd

from services.core.text.money import exact_text
from services.training.lines.frames import distinct, medians, to_pandas


def customers(
    kept: nw.LazyFrame, all_codes: bool = False, totals: nw.LazyFrame | None = None
) -> pd.DataFrame:
    """Summarise the purchases of each customer.

    Parameters
    ----------
    kept : LazyFrame
        The kept lines.
    all_codes : bool
        Count codes that are no product (postage, fees) among ``products``.
    totals : LazyFrame, optional
        What ``order_totals`` gives for them, where that is kept.

    Returns
    -------
    DataFrame, shape (n_customers, 9), sorted by ``customer_id``
        ``customer_id``; ``orders`` distinct invoices; ``lines``; ``pieces`` sum of quantities, NaN where
        the ledger has none; ``monetary`` sum of amounts, shop currency; ``first_purchase`` and
        ``last_purchase`` (datetime64); ``country`` of the latest line that names one, the last by name
        among equally late ones, missing where no line names one; ``products`` distinct codes.
    """
    summary = (
        (order_totals(kept) if totals is None else totals)
        .group_by("customer_id")
        .agg(
            orders=nw.len(),
            lines=nw.col("lines").sum().cast(nw.Int64),
            pieces=pieces("pieces"),
            monetary=nw.col("amount").sum(),
            first_purchase=nw.col("bought_at").min(),
            last_purchase=nw.col("last_at").max(),
        )
    )
    named = (kept if all_codes else kept.filter("sold")).filter(~nw.col("product").is_null())
    items = distinct(named, "customer_id", "product").group_by("customer_id").agg(products=nw.len())
    country = _latest(kept, "country", "customer_id")
    table = (
        summary.join(country, on="customer_id", how="left")
        .join(items, on="customer_id", how="left")
        .select(
            "customer_id",
            "orders",
            "lines",
            "pieces",
            "monetary",
            "first_purchase",
            "last_purchase",
            "country",
            products=nw.col("products").fill_null(0),
        )
    )
    return to_pandas(table.sort("customer_id"))


def orders(kept: nw.LazyFrame, totals: nw.LazyFrame | None = None) -> pd.DataFrame:
    """Summarise each order; an invoice number used by two customers is two orders.

    Parameters
    ----------
    kept : LazyFrame
        The kept lines.
    totals : LazyFrame, optional
        What ``order_totals`` gives for them, where that is kept.

    Returns
    -------
    DataFrame, shape (n_orders, 6), sorted by ``customer_id``, ``bought_at`` and ``invoice``
        ``customer_id``, ``invoice``, ``bought_at`` of the first line, ``lines``, ``pieces``, ``amount``.
    """
    table = (order_totals(kept) if totals is None else totals).drop("order", "last_at")
    return to_pandas(table.sort("customer_id", "bought_at", "invoice"))


def favourites(kept: nw.LazyFrame, most: int = 12, all_codes: bool = False) -> pd.DataFrame:
    """Rank the products each customer ordered most often.

    Parameters
    ----------
    kept : LazyFrame
        The kept lines.
    most : int
        How many products a customer gets at most.
    all_codes : bool
        Rank codes that are no product as well.

    Returns
    -------
    DataFrame, shape (n_favourites, 6), sorted by ``customer_id`` and ``place``
        ``customer_id``; ``place`` from 1; ``product``; ``orders`` holding it; ``pieces``; ``amount``.
        Most orders first, then the greater amount, then the code.
    """
    lines = kept if all_codes else kept.filter("sold")
    bought = (
        # By order first: a third less time than counting distinct orders in so many small groups.
        lines.filter(~nw.col("product").is_null())
        .group_by("customer_id", "product", "order")
        .agg(quantity=pieces(), amount=nw.col("amount").sum())
        .group_by("customer_id", "product")
        .agg(orders=nw.len(), pieces=pieces(), amount=nw.col("amount").sum())
        .with_columns(fewer=-nw.col("orders"), less=-nw.col("amount"))
    )
    place = nw.col("product").cum_count().over("customer_id", order_by=["fewer", "less", "product"])
    ranked = bought.with_columns(place=place).filter(nw.col("place") <= most)
    table = ranked.select("customer_id", "place", "product", "orders", "pieces", "amount")
    return to_pandas(table.sort("customer_id", "place"))


def products(kept: nw.LazyFrame, totals: nw.LazyFrame | None = None) -> pd.DataFrame:
    """Summarise each product code.

    Parameters
    ----------
    kept : LazyFrame
        The kept lines.
    totals : LazyFrame, optional
        What ``product_totals`` gives for them, where that is kept.

    Returns
    -------
    DataFrame, shape (n_products, 7), sorted by ``product``
        ``product``; ``description`` its latest, the last by name among equally late ones; ``orders``
        holding it; ``pieces``; ``amount``; ``price`` the median of its lines, NaN where the ledger has
        none; ``sold`` false for codes that are no product.
    """
    return to_pandas((product_totals(kept) if totals is None else totals).sort("product"))


def ids(lines: nw.LazyFrame, opted_out: bool = False) -> list[str]:
    """List the customers of some lines.

    Parameters
    ----------
    lines : LazyFrame
        ``customer_id``, and ``opted_out`` where only such lines count.
    opted_out : bool
        Only those of whom a line says that they want no campaigns.
    """
    named = lines.filter("opted_out") if opted_out else lines
    found = distinct(named.filter(~nw.col("customer_id").is_null()), "customer_id")
    return sorted(to_pandas(found)["customer_id"].astype(object).tolist())


def order_totals(kept: nw.LazyFrame) -> nw.LazyFrame:
    """Give the frame behind ``orders``, unsorted, with the order's number and its last moment.

    Parameters
    ----------
    kept : LazyFrame
        The kept lines.

    Returns
    -------
    LazyFrame, shape (n_orders, 8)
        ``order``, ``customer_id``, ``invoice``, ``bought_at`` of the first line and ``last_at`` of the last,
        ``lines``, ``pieces``, ``amount``.
    """
    return kept.group_by("order", "customer_id", "invoice").agg(
        bought_at=nw.col("bought_at").min(),
        last_at=nw.col("bought_at").max(),
        lines=nw.len(),
        pieces=pieces(),
        amount=nw.col("amount").sum(),
    )


def product_totals(kept: nw.LazyFrame) -> nw.LazyFrame:
    """Give the frame behind ``products``, unsorted.

    Parameters
    ----------
    kept : LazyFrame
        The kept lines.

    Returns
    -------
    LazyFrame, shape (n_products, 7)
        As ``products`` says, money as decimals.
    """
    coded = kept.filter(~nw.col("product").is_null())
    totals = (
        # by order first, as for favourites
        coded.group_by("product", "sold", "order")
        .agg(quantity=pieces(), amount=nw.col("amount").sum())
        .group_by("product", "sold")
        .agg(orders=nw.len(), pieces=pieces(), amount=nw.col("amount").sum())
        .join(medians(coded, "product", "price"), on="product", how="left")
    )
    described = totals.join(_latest(coded, "description", "product"), on="product", how="left")
    return described.with_columns(description=nw.col("description").str.strip_chars()).select(
        "product", "description", "orders", "pieces", "amount", "price", "sold"
    )


def kept_sum(cleaned: nw.LazyFrame, column: str) -> str:
    """Add up a column of the kept rows, those without a ``rule``, exactly; two decimals at least."""
    kept = cleaned.filter(nw.col("rule").is_null())
    found = kept.select(total=nw.col(column).sum().cast(nw.String)).collect("pandas")["total"][0]
    return exact_text(Decimal(found or 0))


def pieces(column: str = "quantity") -> nw.Expr:
    """Sum the quantities of a group; null where no line has one, for a sum of nothing would be 0."""
    quantity = nw.col(column)
    return nw.when(quantity.count() > 0).then(quantity.sum())


def _latest(lines: nw.LazyFrame, column: str, by: str) -> nw.LazyFrame:
    # Two groupings, not a sorted one over all lines: the second sees a few rows per group only.
    last_seen = (
        lines.filter(~nw.col(column).is_null()).group_by(by, column).agg(seen=nw.col("bought_at").max())
    )
    newest = last_seen.group_by(by).agg(seen=nw.col("seen").max())
    return last_seen.join(newest, on=[by, "seen"]).group_by(by).agg(nw.col(column).max())
