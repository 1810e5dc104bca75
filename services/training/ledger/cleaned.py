"""From a file to its cleaned rows: read, judged by the rules, counted; for a training or an inspection."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from services.core.language.messages import _, plural
from services.core.presets import Preset
from services.core.refusals import Refusal
from services.training.ledger.nothing_left import refuse_nothing_left
from services.training.ledger.rejected import write_rejected
from services.training.lines import customer_rules, quality, statuses_said
from services.training.lines.aggregates import ids, kept_sum
from services.training.lines.cancellations import NO_PREFIX, count_prefix
from services.training.lines.cleaning import clean, count_repeats, count_rules, names_of_rules
from services.training.lines.engine import Engine, materialise, table
from services.training.lines.judging import Terms, judge
from services.training.lines.kept import Restarts, find_restarts
from services.training.lines.left_out import LeftOut, left_out
from services.training.lines.statuses import JOINT, Statuses, count_statuses, sort_statuses
from services.training.options import TrainOptions
from services.training.progress import Progress
from services.training.reading import ReadOptions, ReadReport, read_customers, read_files, refuse_unreadable
from services.training.reading.columns.schema import CUSTOMERS, TRANSACTIONS, Schema
from services.training.reading.unreadable import named

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
        Every row read, ``rule`` null for a kept one; of purchases what returns have left.
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
    matched : LazyFrame or None
        What ``services.training.lines.returns.matched_returns`` gives; None where returns are ignored.
    before_returns : LazyFrame or None
        ``rows`` as they stood in the file; None of a table of customers.
    """

    report: ReadReport
    rows: nw.LazyFrame
    rejected: dict[str, int]
    kept: int
    revenue: str
    left_out: list[LeftOut]
    statuses: dict[str, int] = field(default_factory=dict)
    restarts: Restarts | None = None
    matched: nw.LazyFrame | None = None
    before_returns: nw.LazyFrame | None = None


@dataclass
class Seen:
    """What is known of a file so far; it stays known where the file is refused then."""

    report: ReadReport | None = None
    cleaned: Cleaned | None = None


def clean_transactions(
    paths: Sequence[Path],
    engine: Engine,
    preset: Preset,
    options: TrainOptions,
    scratch: Path,
    progress: Progress,
    erased: Erased | None = None,
    made_at: datetime | None = None,
    seen: Seen | None = None,
) -> Cleaned:
    """Read files of transactions and name the rule that takes each line.

    Parameters
    ----------
    paths : sequence of Path
    engine : Engine
    preset : Preset
        Names the optional cleaning rules, and says what becomes of returns.
    options : TrainOptions
    scratch : Path
        A folder for the copy of the rows.
    progress : Progress
    erased : callable, optional
        Whose lines are left out under the rule ``forgotten``.
    made_at : datetime, optional
        When that is; lines after the following day are in the future. Now when absent.
    seen : Seen, optional
        Is told what is known as soon as it is.

    Raises
    ------
    Refusal
        If the file cannot be read, or no line is left.
    """
    seen = seen or Seen()
    with progress.step("read"):
        report = seen.report = read_files(paths, engine, _reading(paths, options), scratch)
        read = table(engine, "read_lines")
        _refuse_unreadable(engine, report, clean(read, ()), options, TRANSACTIONS)
    with progress.step("clean"):
        statuses = _statuses(read, report, options)
        terms = Terms(
            report.ledger,
            match=(options.returns or preset.cleaning.returns) == "match",
            price=preset.cleaning.price,
            some=report.some,
            latest=options.counted_to or _end_of_tomorrow(made_at or datetime.now(UTC)),
            forgotten=_gone(engine, read, erased),
            cancel_prefix=options.cancel_prefix,
            statuses=statuses.taken,
            only_currency=report.detected.currency if options.reading.only_currency else None,
        )
        judged = judge(read, terms, partial(materialise, engine))
        _write(engine, judged.rows, report, options, TRANSACTIONS)
        counted = _counted(report, judged.rows, terms.counted, "amount")
        cleaned = seen.cleaned = replace(counted, before_returns=judged.before_returns)
        refuse_nothing_left(report.rows, cleaned.rejected, options.counted_to)
        columns = JOINT.join(filter(None, (report.detected.columns.get(each) for each in _SAY_NO_SALE)))
        report.warnings.extend(statuses_said.of_statuses(statuses, columns, report.refunded))
        if report.refunded:
            report.warnings.extend(
                statuses_said.of_refunded(cleaned.rows, report.refunded, report.refunded_pieces)
            )
        if cleaned.rejected.get("refund") or cleaned.rejected.get("quantity"):
            report.warnings.extend(quality.of_vouchers(cleaned.rows))
        if options.as_of is None:
            report.warnings.extend(quality.of_future(cleaned.rows))
        if (prefix := options.cancel_prefix or NO_PREFIX).lower() != NO_PREFIX:
            report.warnings.extend(_of_prefix(prefix, count_prefix(read, prefix)))
        if "duplicate" not in terms.rules and (repeats := count_repeats(cleaned.rows)):
            report.warnings.append(_repeats(repeats))
        restarts = find_restarts(cleaned.rows)
        report.warnings.extend(quality.of_restarts(restarts))
        taken = quality.count_taken(cleaned.rows) if cleaned.rejected["status"] else {}
    return replace(cleaned, statuses=taken, restarts=restarts, matched=judged.matched)


def clean_customers(
    path: Path,
    engine: Engine,
    options: TrainOptions,
    scratch: Path,
    progress: Progress,
    erased: Erased | None = None,
    seen: Seen | None = None,
) -> Cleaned:
    """Read a table of customers and name the rule that takes each row; see ``clean_transactions``."""
    seen = seen or Seen()
    with progress.step("read"):
        report = seen.report = read_customers(path, engine, _reading([path], options), scratch)
        read = table(engine, "read_customers")
        _refuse_unreadable(engine, report, customer_rules.clean_customers(read), options, CUSTOMERS)
    with progress.step("clean"):
        gone = _gone(engine, read, erased)
        named = customer_rules.clean_customers(read, gone)
        rows = materialise(engine, named, "cleaned")
        _write(engine, rows, report, options, CUSTOMERS)
        rules = names_of_rules(customer_rules.RULES, gone)
        cleaned = seen.cleaned = _counted(report, rows, rules, "monetary")
        refuse_nothing_left(report.rows, cleaned.rejected)
    return cleaned


def refuse_missing(paths: Sequence[Path]) -> None:
    """Refuse the first path that is neither a file nor a folder."""
    for path in paths:
        if not path.is_file() and not path.is_dir():
            raise Refusal(_("There is no file “{name}”. Check the path.", name=path.name), "file")


def only_one(paths: Sequence[Path]) -> Path:
    """Give the one file of a table of customers."""
    if len(paths) > 1:
        raise Refusal(_("A table of customers is one file. Name one."), "file")
    return paths[0]


def _reading(paths: Sequence[Path], options: TrainOptions) -> ReadOptions:
    """Keep the texts where rejected rows are to be written, and never over the file itself."""
    target = options.rejected
    if target is None:
        return options.reading
    read = [each for path in paths for each in (path.iterdir() if path.is_dir() else [path])]
    if target.exists() and any(target.samefile(path) for path in read):
        raise Refusal(_("--rejected names the file that is read. Name another one."), "rejected")
    return replace(options.reading, texts=True)


def _gone(engine: Engine, read: nw.LazyFrame, erased: Erased | None) -> frozenset[str]:
    """Ask who was erased, also under the spelling of an e-mail that the file has."""
    if erased is None:
        return frozenset()
    spelled = dict(engine.execute("SELECT typed, id FROM spelled_ids").fetchall())
    return frozenset(spelled.get(each, each) for each in erased([*ids(read), *spelled]))


def _refuse_unreadable(
    engine: Engine, report: ReadReport, named: nw.LazyFrame, options: TrainOptions, schema: Schema
) -> None:
    """Refuse a file that is mostly unreadable, yet write what the first rules take, to be looked at."""
    try:
        refuse_unreadable(report, options.accept_unreadable)
    except Refusal as refusal:
        if options.rejected:
            _write(engine, named, report, options, schema)
            listed = _("They are listed in “{file}”.", file=options.rejected)
            refusal.args = (f"{refusal} {listed}",)
        raise


def _write(
    engine: Engine, rows: nw.LazyFrame, report: ReadReport, options: TrainOptions, schema: Schema
) -> None:
    if options.rejected:
        write_rejected(engine, rows, report, schema, options.rejected)


def _counted(report: ReadReport, rows: nw.LazyFrame, rules: Sequence[str], money: str) -> Cleaned:
    rejected = count_rules(rows, rules)
    kept = rejected.pop("kept")
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
        report.detected.columns.get("status") or report.detected.columns.get("cancelled") or "",
        keep=options.keep_status,
        drop=options.drop_status,
        layout=report.statuses,
    )


def _end_of_tomorrow(made_at: datetime) -> datetime:
    """Return the last second that is not in the future, wherever on Earth the shop is."""
    return datetime.combine(made_at.date() + timedelta(days=1), time(23, 59, 59))


#: Roles by which the rule ``status`` takes rows.
_SAY_NO_SALE = ("status", "cancelled")


def _repeats(rows: int) -> str:
    return plural(
        "{n} row equals an earlier one; because the file has no order number or no quantity, it counts as a "
        "separate piece.",
        "{n} rows equal an earlier one; because the file has no order number or no quantity, they count as "
        "separate pieces.",
        rows,
        n=f"{rows:,}",
    )


def _of_prefix(prefix: str, lines: int) -> list[str]:
    told = _("No invoice number begins with “{prefix}”, so nothing counts as a cancellation.", prefix=prefix)
    return [] if lines else [told]
