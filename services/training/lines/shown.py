"""The first rows of a file as they are understood."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import narwhals as nw

from services.core.text.money import exact_text
from services.training.lines.cleaning import FORGOTTEN, LINES_OF_A_FILE
from services.training.lines.frames import distinct
from services.training.lines.glance import records

#: Columns of cleaned rows, and what they are called; money exact, other numbers in full.
_SHOWN = {
    "line": "line",
    "customer_id": "customer",
    "invoice": "invoice",
    "bought_at": "date",
    "product": "product",
    "description": "description",
    "quantity": "quantity",
    "price": "price",
    "amount": "amount",
    "recency": "recency",
    "frequency": "frequency",
    "monetary": "monetary",
    "country": "country",
    "file": "file",
    "rule": "rule",
    "unreadable": "reason",
}
_MONEY = ("price", "amount", "monetary")


def first_rows(cleaned: nw.LazyFrame, many: int = 10) -> list[dict[str, Any]]:
    """Give the first rows by line, kept or not, under the names of their roles.

    Parameters
    ----------
    cleaned : LazyFrame
        Every row read with its ``rule``; of transactions or of customers.
    many : int

    Returns
    -------
    list of dict
        Numbers as exact text, moments as ISO 8601, None where the file says nothing; of an erased customer
        the line, the rule and the file alone; which file only where there are several.
    """
    schema = cleaned.collect_schema()
    there = [name for name in _SHOWN if name in schema]
    texts = [nw.col(name).cast(nw.String) for name in there if schema[name].is_decimal()]
    first = cleaned.select(*there).sort(*there).head(many).with_columns(*texts)
    return [_shown(row) for row in records(first.collect("pandas").to_native())]


def count_customers(cleaned: nw.LazyFrame) -> int:
    """Count the different customers of the kept rows."""
    kept = distinct(cleaned.filter(nw.col("rule").is_null()), "customer_id")
    return int(kept.select(customers=nw.len()).collect("pandas")["customers"][0])


def days_of(cleaned: nw.LazyFrame) -> tuple[date, date] | None:
    """Give the first and the last day of the kept rows; None where rows have no day, or none is kept."""
    if "bought_at" not in cleaned.collect_schema():
        return None
    moments = nw.col("bought_at").cast(nw.Date)
    kept = cleaned.filter(nw.col("rule").is_null()).select(first=moments.min(), last=moments.max())
    (row,) = records(kept.collect("pandas").to_native())
    return None if row["first"] is None else (_day(row["first"]), _day(row["last"]))


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    hidden = row["rule"] == FORGOTTEN
    return {
        _SHOWN[name]: None if hidden and name not in ("line", "file", "rule") else _plain(name, value)
        for name, value in row.items()
    }


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if name == "line":
        return value % LINES_OF_A_FILE
    if name in _MONEY and value is not None:
        return exact_text(Decimal(value))
    if name in ("quantity", "recency", "frequency") and value is not None:
        return f"{Decimal(value).normalize():f}"
    return value
