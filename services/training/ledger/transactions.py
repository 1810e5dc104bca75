"""From a file to the ledger in summary: everything later steps need of the transaction lines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from services.core.presets import Preset
from services.core.refusals import Refusal
from services.core.rfm.table import reference_date
from services.training.lines.aggregates import customers, favourites, ids, kept_sum, orders, products
from services.training.lines.baskets import Baskets, baskets
from services.training.lines.cleaning import (
    NO_PREFIX,
    RULES,
    clean,
    count_prefix,
    count_repeats,
    count_rules,
    names_of_rules,
    rules_for,
)
from services.training.lines.engine import materialise, open_engine, table
from services.training.lines.glance import glance
from services.training.lines.kept import kept_lines
from services.training.options import TrainOptions
from services.training.progress import Progress
from services.training.reading import ReadReport, read_file, refuse_unreadable
from services.training.reading.unreadable import none_of

if TYPE_CHECKING:
    import narwhals as nw

#: From the ids of a file to those who were erased and must not come back.
Erased = Callable[[Sequence[str]], Collection[str]]


@dataclass(frozen=True)
class Ledger:
    """A cleaned ledger in summary.

    Attributes
    ----------
    report : ReadReport
        What was detected and read.
    rejected : dict of str to int
        Rows each cleaning rule took, in the rules' order.
    kept : int
    revenue : str
        The money of the kept rows, exact.
    as_of : Timestamp
        The moment recency is counted to.
    customers, orders, favourites, products : DataFrame
        As ``services.training.lines.aggregates`` gives them.
    baskets : Baskets
    glance : dict
    opted_out : frozenset of str or None
        Ids of whom a row says that they want no campaigns; None where the file has no such column.
    """

    report: ReadReport
    rejected: dict[str, int]
    kept: int
    revenue: str
    as_of: pd.Timestamp
    customers: pd.DataFrame
    orders: pd.DataFrame
    favourites: pd.DataFrame
    products: pd.DataFrame
    baskets: Baskets
    glance: dict[str, Any]
    opted_out: frozenset[str] | None = None


def read_ledger(
    path: Path,
    preset: Preset,
    options: TrainOptions,
    scratch: Path,
    progress: Progress,
    erased: Erased | None = None,
) -> Ledger:
    """Read, clean and summarise a file of transactions.

    Parameters
    ----------
    path : Path
    preset : Preset
        Names the optional cleaning rules.
    options : TrainOptions
    scratch : Path
        A folder for the engine's files, removed by the caller.
    progress : Progress
    erased : callable, optional
        Whose lines are left out under the rule ``forgotten``.

    Raises
    ------
    Refusal
        If the file cannot be read, or no line is left.
    """
    engine = open_engine(scratch)
    try:
        with progress.step("read"):
            report = read_file(path, engine, options.reading, scratch)
            refuse_unreadable(report, options.accept_unreadable)
        with progress.step("clean"):
            rules = rules_for(report.ledger, price=preset.cleaning.price)
            read = table(engine, "read_lines")
            gone = frozenset(erased(ids(read))) if erased else frozenset()
            named = clean(read, rules, options.as_of, gone, options.cancel_prefix)
            cleaned = materialise(engine, named, "cleaned")
            counted = count_rules(cleaned, names_of_rules(RULES, gone))
            kept = counted.pop("kept")
            if not kept:
                raise _nothing_left(report.rows, counted)
            if (prefix := options.cancel_prefix or NO_PREFIX).lower() != NO_PREFIX:
                report.warnings.extend(_of_prefix(prefix, count_prefix(read, prefix)))
            if "duplicate" not in rules and (repeats := count_repeats(cleaned)):
                report.warnings.append(_repeats(repeats))
            lines = materialise(engine, kept_lines(cleaned), "kept")
        with progress.step("customers"):
            found = _summarise(report, counted, kept, cleaned, lines, options)
            if not report.ledger["opted_out"]:
                return found
            return replace(found, opted_out=frozenset(ids(cleaned, opted_out=True)))
    finally:
        engine.close()


def _summarise(
    report: ReadReport,
    rejected: dict[str, int],
    kept: int,
    cleaned: nw.LazyFrame,
    lines: nw.LazyFrame,
    options: TrainOptions,
) -> Ledger:
    bought = customers(lines, options.all_codes)
    items = options.items if report.ledger["product"] else "description"
    return Ledger(
        report,
        rejected,
        kept,
        kept_sum(cleaned, "amount"),
        reference_date(bought["last_purchase"], pd.Timestamp(options.as_of) if options.as_of else None),
        bought,
        orders(lines),
        favourites(lines, all_codes=options.all_codes),
        products(lines),
        baskets(lines, items, options.all_codes),
        glance(cleaned, lines),
    )


def _repeats(rows: int) -> str:
    if rows == 1:
        return "1 row equals an earlier one; without invoice or product it counts as a separate purchase."
    return f"{rows:,} rows equal an earlier one; without invoice or product they count as separate purchases."


def _of_prefix(prefix: str, lines: int) -> list[str]:
    return (
        [] if lines else [f"No invoice number begins with “{prefix}”, so nothing counts as a cancellation."]
    )


_WAYS_OUT = {
    "future": ("--as-of", "All of them are later than --as-of: choose a later day."),
    "cancellation": ("--cancel-prefix", "If they are sales, add --cancel-prefix none."),
    "refund": (None, "All of them take money back: add the file in which it was spent."),
}


def _nothing_left(rows: int, rejected: dict[str, int]) -> Refusal:
    if not rows:
        return Refusal("The file has a header but no rows of data.", "file")
    found = {rule: count for rule, count in rejected.items() if count}
    taken = ", ".join(f"{rule} {count:,}" for rule, count in found.items())
    only = next(iter(found)) if len(found) == 1 else ""
    option, way = _WAYS_OUT.get(only, ("--columns", "Check which columns were meant with --columns."))
    return Refusal(f"{none_of(rows, 'used')} ({taken}). {way}", "file", option=option)
