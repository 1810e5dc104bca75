"""From a file to its cleaned rows: read, judged by the rules, counted; for a training or an inspection."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from services.core.presets import Preset
from services.core.refusals import Refusal
from services.training.lines import customer_rules, quality
from services.training.lines.aggregates import ids, kept_sum
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
from services.training.lines.engine import Engine, materialise, table
from services.training.lines.kept import Restarts, find_restarts
from services.training.lines.left_out import LeftOut, left_out
from services.training.lines.statuses import Statuses, count_statuses, sort_statuses
from services.training.options import TrainOptions
from services.training.progress import Progress
from services.training.reading import ReadReport, read_customers, read_file, refuse_unreadable
from services.training.reading.unreadable import named, none_of

if TYPE_CHECKING:
    import narwhals as nw

#: From the ids of a file to those who were erased and must not come back.
Erased = Callable[[Sequence[str]], Collection[str]]


@dataclass(frozen=True)
class Cleaned:
    """Every row of a file with the rule that takes it.

    Attributes
    ----------
    report : ReadReport
        What was detected and read.
    rows : LazyFrame
        The engine's table ``cleaned``: every row read, ``rule`` null for a kept one.
    rejected : dict of str to int
        Rows each rule took, in the rules' order.
    kept : int
    revenue : str
        The money of the kept rows, exact.
    left_out : list of LeftOut
        What each rule took that took anything.
    statuses : dict of str to int
        Rows that the rule ``status`` took, by status as it stands in the file.
    restarts : Restarts or None
        Order numbers that come back; None of a table of customers.
    """

    report: ReadReport
    rows: nw.LazyFrame
    rejected: dict[str, int]
    kept: int
    revenue: str
    left_out: list[LeftOut]
    statuses: dict[str, int] = field(default_factory=dict)
    restarts: Restarts | None = None


def clean_transactions(
    path: Path,
    engine: Engine,
    preset: Preset,
    options: TrainOptions,
    scratch: Path,
    progress: Progress,
    erased: Erased | None = None,
    made_at: datetime | None = None,
) -> Cleaned:
    """Read a file of transactions and name the rule that takes each line.

    Parameters
    ----------
    path : Path
    engine : Engine
    preset : Preset
        Names the optional cleaning rules.
    options : TrainOptions
    scratch : Path
        A folder for the copy of the rows.
    progress : Progress
    erased : callable, optional
        Whose lines are left out under the rule ``forgotten``.
    made_at : datetime, optional
        When that is; lines after the following day are in the future. Now when absent.

    Raises
    ------
    Refusal
        If the file cannot be read, or no line is left.
    """
    with progress.step("read"):
        report = read_file(path, engine, options.reading, scratch)
        refuse_unreadable(report, options.accept_unreadable)
    with progress.step("clean"):
        rules = rules_for(report.ledger, price=preset.cleaning.price)
        read = table(engine, "read_lines")
        gone = frozenset(erased(ids(read))) if erased else frozenset()
        statuses = _statuses(read, report, options)
        latest = options.counted_to or _end_of_tomorrow(made_at or datetime.now(UTC))
        only = report.detected.currency if options.reading.only_currency else None
        named = clean(read, rules, latest, gone, options.cancel_prefix, statuses.taken, only)
        asked = names_of_rules(RULES, gone, only)
        cleaned = _counted(engine, report, named, asked, "amount", options.counted_to)
        report.warnings.extend(quality.of_statuses(statuses, _column_of_status(report)))
        if options.as_of is None:
            report.warnings.extend(quality.of_future(cleaned.rows))
        if (prefix := options.cancel_prefix or NO_PREFIX).lower() != NO_PREFIX:
            report.warnings.extend(_of_prefix(prefix, count_prefix(read, prefix)))
        if "duplicate" not in rules and (repeats := count_repeats(cleaned.rows)):
            report.warnings.append(_repeats(repeats))
        restarts = find_restarts(cleaned.rows)
        report.warnings.extend(quality.of_restarts(restarts))
        taken = quality.count_taken(cleaned.rows) if cleaned.rejected["status"] else {}
    return replace(cleaned, statuses=taken, restarts=restarts)


def clean_customers(
    path: Path,
    engine: Engine,
    options: TrainOptions,
    scratch: Path,
    progress: Progress,
    erased: Erased | None = None,
) -> Cleaned:
    """Read a table of customers and name the rule that takes each row; see ``clean_transactions``."""
    with progress.step("read"):
        report = read_customers(path, engine, options.reading, scratch)
        refuse_unreadable(report, options.accept_unreadable)
    with progress.step("clean"):
        read = table(engine, "read_customers")
        gone = frozenset(erased(ids(read))) if erased else frozenset()
        named = customer_rules.clean_customers(read, gone)
        return _counted(engine, report, named, names_of_rules(customer_rules.RULES, gone), "monetary")


def _counted(
    engine: Engine,
    report: ReadReport,
    named: nw.LazyFrame,
    rules: Sequence[str],
    money: str,
    as_of: datetime | None = None,
) -> Cleaned:
    rows = materialise(engine, named, "cleaned")
    rejected = count_rules(rows, rules)
    kept = rejected.pop("kept")
    if not kept:
        raise _nothing_left(report.rows, rejected, as_of)
    taken = [_named(each, report) for each in left_out(rows, rejected, money)]
    return Cleaned(report, rows, rejected, kept, kept_sum(rows, money), taken)


def _named(taken: LeftOut, report: ReadReport) -> LeftOut:
    """Name the column beside a reason that speaks of a role."""
    first = [
        replace(each, reason=each.reason and named(each.reason, report.detected.columns))
        for each in taken.first
    ]
    return replace(taken, first=first)


def _statuses(read: nw.LazyFrame, report: ReadReport, options: TrainOptions) -> Statuses:
    there = report.ledger["status"] or report.ledger["cancelled"]
    return sort_statuses(
        count_statuses(read) if there else {},
        _column_of_status(report),
        keep=options.keep_status,
        drop=options.drop_status,
        layout=report.statuses,
    )


def _column_of_status(report: ReadReport) -> str:
    columns = report.detected.columns
    return columns.get("status") or columns.get("cancelled") or ""


def _end_of_tomorrow(made_at: datetime) -> datetime:
    """Return the last second that is not in the future, wherever on Earth the shop is."""
    return datetime.combine(made_at.date() + timedelta(days=1), time(23, 59, 59))


_WITHOUT = "as the file has no order number or no quantity"


def _repeats(rows: int) -> str:
    if rows == 1:
        return f"1 row equals an earlier one; {_WITHOUT}, it counts as a piece of its own."
    return f"{rows:,} rows equal an earlier one; {_WITHOUT}, they count as pieces of their own."


def _of_prefix(prefix: str, lines: int) -> list[str]:
    return (
        [] if lines else [f"No invoice number begins with “{prefix}”, so nothing counts as a cancellation."]
    )


_WAYS_OUT = {
    "status": ("--keep-status", "If one of their statuses is a sale, add --keep-status with it."),
    "cancellation": ("--cancel-prefix", "If they are sales, add --cancel-prefix none."),
    "refund": (None, "All of them take money back: add the file in which it was spent."),
}


def _nothing_left(rows: int, rejected: dict[str, int], as_of: datetime | None) -> Refusal:
    if not rows:
        return Refusal("The file has a header but no rows of data.", "file")
    found = {rule: count for rule, count in rejected.items() if count}
    taken = ", ".join(f"{rule} {count:,}" for rule, count in found.items())
    only = next(iter(found)) if len(found) == 1 else ""
    option, way = _WAYS_OUT.get(only, ("--columns", "Check which columns were meant with --columns."))
    if only == "future":
        option, way = (
            ("--as-of", "All of them are later than --as-of: choose a later day.")
            if as_of
            else ("--date-order", "All are dated after today: say how dates are written with --date-order.")
        )
    return Refusal(f"{none_of(rows, 'used')} ({taken}). {way}", "file", option=option)
