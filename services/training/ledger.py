"""From a file to the ledger in summary: everything later steps need of the transaction lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from services.core.presets import Preset
from services.core.refusals import Refusal
from services.core.rfm import reference_date
from services.training.lines.aggregates import customers, favourites, orders, products
from services.training.lines.baskets import Baskets, baskets
from services.training.lines.cleaning import clean, count_repeats, count_rules, rules_for
from services.training.lines.engine import materialise, open_engine, table
from services.training.lines.glance import glance
from services.training.lines.kept import kept_lines
from services.training.options import TrainOptions
from services.training.progress import Progress
from services.training.reading import ReadReport, read_file

if TYPE_CHECKING:
    import narwhals as nw


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
    as_of : Timestamp
        The moment recency is counted to.
    customers, orders, favourites, products : DataFrame
        As ``services.training.lines.aggregates`` gives them.
    baskets : Baskets
    glance : dict
    """

    report: ReadReport
    rejected: dict[str, int]
    kept: int
    as_of: pd.Timestamp
    customers: pd.DataFrame
    orders: pd.DataFrame
    favourites: pd.DataFrame
    products: pd.DataFrame
    baskets: Baskets
    glance: dict[str, Any]


def read_ledger(
    path: Path, preset: Preset, options: TrainOptions, scratch: Path, progress: Progress
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

    Raises
    ------
    Refusal
        If the file cannot be read, or no line is left.
    """
    engine = open_engine(scratch)
    try:
        with progress.step("read"):
            report = read_file(path, engine, options.reading, scratch)
        with progress.step("clean"):
            rules = rules_for(report.ledger, price=preset.cleaning.price)
            cleaned = materialise(engine, clean(table(engine, "read_lines"), rules, options.as_of), "cleaned")
            counted = count_rules(cleaned)
            kept = counted.pop("kept")
            if not kept:
                raise Refusal(_nothing_left(report.rows, counted))
            if "duplicate" not in rules and (repeats := count_repeats(cleaned)):
                report.warnings.append(_repeats(repeats))
            lines = materialise(engine, kept_lines(cleaned), "kept")
        with progress.step("customers"):
            return _summarise(report, counted, kept, cleaned, lines, options)
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
    return Ledger(
        report,
        rejected,
        kept,
        reference_date(bought["last_purchase"], pd.Timestamp(options.as_of) if options.as_of else None),
        bought,
        orders(lines),
        favourites(lines, all_codes=options.all_codes),
        products(lines),
        baskets(lines, options.items, options.all_codes),
        glance(cleaned, lines),
    )


def _repeats(rows: int) -> str:
    if rows == 1:
        return "1 row equals an earlier one; without invoice or product it counts as a separate purchase."
    return f"{rows:,} rows equal an earlier one; without invoice or product they count as separate purchases."


def _nothing_left(rows: int, rejected: dict[str, int]) -> str:
    if not rows:
        return "The file has a header but no rows of data."
    taken = ", ".join(f"{rule} {count:,}" for rule, count in rejected.items() if count)
    return f"None of the {rows:,} rows can be used ({taken}). Check which columns were meant with --columns."
