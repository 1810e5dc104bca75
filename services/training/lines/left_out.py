"""What each cleaning rule took: rows, their money, and the first of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import narwhals as nw

from services.core.text.money import exact_text
from services.training.lines.cleaning import CURRENCY, FORGOTTEN, LINES_OF_A_FILE
from services.training.lines.engine import Engine, streamed
from services.training.lines.glance import records

#: Rows shown of each rule.
FIRST = 5


@dataclass(frozen=True)
class Row:
    """A row that was left out; what the file does not say is None.

    Attributes
    ----------
    line : int
    reason : str or None
        Why it cannot be read; None where a rule took it that says so itself.
    customer, invoice : str or None
    amount : str or None
        Its money as it was read, exact, with its sign.
    file : str or None
        What it stands in, where that is one of several.
    """

    line: int
    reason: str | None
    customer: str | None
    invoice: str | None
    amount: str | None
    file: str | None = None


@dataclass(frozen=True)
class LeftOut:
    """What a rule took.

    Attributes
    ----------
    rule : str
    rows : int
    amount : str or None
        The sum of their money as it was read, exact, with its sign; None where no row's money is known, or
        it is in another currency.
    first : list of Row
        At most ``FIRST``, by line.
    """

    rule: str
    rows: int
    amount: str | None
    first: list[Row]


def left_out(cleaned: nw.LazyFrame, rejected: Mapping[str, int], money: str) -> list[LeftOut]:
    """Report every rule that took rows.

    Parameters
    ----------
    cleaned : LazyFrame
        Every row read with its ``rule``; of transactions or of customers.
    rejected : mapping of str to int
        Rows by rule, as ``services.training.lines.cleaning.count_rules`` counts them.
    money : str
        The column of a row's money.

    Notes
    -----
    Of customers who were erased only the line is told.
    """
    sums = cleaned.group_by("rule").agg(
        amount=nw.col(money).sum().cast(nw.String), known=nw.col(money).count()
    )
    # money of several currencies has no sum
    totals = {
        each["rule"]: each["amount"] for each in _rows(sums) if each["known"] and each["rule"] != CURRENCY
    }
    return [
        LeftOut(rule, rows, _exact(totals.get(rule)), _first(cleaned, rule, money))
        for rule, rows in rejected.items()
        if rows
    ]


def rows_left_out(
    engine: Engine, rows: nw.LazyFrame
) -> Iterator[tuple[str | None, int, str, str | None, list[str | None]]]:
    """Give every row that a rule took, by file and line: both, rule, reason and texts; they may be many.

    Parameters
    ----------
    engine : Engine
        Busy until the last is given.
    rows : LazyFrame
        With ``rule``, and with ``texts``, which a reading keeps where it is told to.
    """
    taken = rows.filter(~nw.col("rule").is_null()).select(
        "line", "rule", "unreadable", "texts", file=_file(rows)
    )
    for line, rule, reason, texts, file in streamed(engine, taken.sort("line", "texts")):
        yield file, line % LINES_OF_A_FILE, rule, reason, texts


def _first(cleaned: nw.LazyFrame, rule: str, money: str) -> list[Row]:
    named = cleaned.collect_schema().names()
    invoice = nw.col("invoice") if "invoice" in named else nw.lit(None, dtype=nw.String)
    taken = cleaned.filter(nw.col("rule") == rule).select(
        "line",
        reason="unreadable",
        customer="customer_id",
        invoice=invoice,
        amount=nw.lit(None, dtype=nw.String) if rule == CURRENCY else nw.col(money).cast(nw.String),
        file=_file(cleaned),
    )
    first = _rows(taken.sort("line", "customer", "invoice", "amount").head(FIRST))
    if rule == FORGOTTEN:
        return [Row(_line(each), None, None, None, None, each["file"]) for each in first]
    return [
        Row(
            _line(each),
            each["reason"],
            each["customer"],
            each["invoice"],
            _exact(each["amount"]),
            each["file"],
        )
        for each in first
    ]


def _file(rows: nw.LazyFrame) -> nw.Expr:
    return nw.col("file") if "file" in rows.collect_schema().names() else nw.lit(None, dtype=nw.String)


def _line(row: Mapping[str, Any]) -> int:
    return int(row["line"]) % LINES_OF_A_FILE


def _rows(frame: nw.LazyFrame) -> list[dict[str, Any]]:
    return records(frame.collect("pandas").to_native())


def _exact(number: str | None) -> str | None:
    return None if number is None else exact_text(Decimal(number))
