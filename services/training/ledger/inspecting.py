"""What a training would read in a file, without one: rows, rules, money, questions; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.core import presets
from services.core.presets import Preset
from services.core.refusals import Refusal
from services.training.ledger.cleaned import (
    Cleaned,
    Erased,
    Seen,
    clean_customers,
    clean_transactions,
    only_one,
    refuse_missing,
)
from services.training.lines.engine import MEMORY_MB, Engine, opened_engine
from services.training.lines.shown import count_customers, days_of, first_rows
from services.training.options import TrainOptions
from services.training.progress import Progress
from services.training.reading import ReadReport
from services.training.reading.columns.headers import MissingColumns
from services.training.reading.unreadable import named

if TYPE_CHECKING:
    import narwhals as nw


@dataclass(frozen=True)
class Inspection:
    """What was understood of a file.

    Attributes
    ----------
    files : list of (str, int)
        Names and bytes of the files and folders that were named.
    report : ReadReport or None
        None where a question comes before the file can be read.
    cleaned : Cleaned or None
        None where a question comes before the rules can be asked.
    customers : int
        Different customers of the rows kept.
    days : tuple of date, or None
        The first and the last with an order that counts; None of a table of customers.
    first : list of dict
        As ``services.training.lines.shown.first_rows`` gives them.
    questions : list of Refusal
        What a training would ask; it answers none of them by itself.
    """

    files: list[tuple[str, int]]
    report: ReadReport | None
    cleaned: Cleaned | None
    customers: int
    days: tuple[date, date] | None
    first: list[dict[str, Any]]
    questions: list[Refusal]

    def as_json(self) -> dict[str, Any]:
        """Return what ``inspect --json`` prints but for the questions: see docs/contract.md."""
        report, cleaned = self.report, self.cleaned
        detected = report.detected if report else None
        formats = ("encoding", "separator", "decimal", "date_order")
        return {
            "files": [
                {"name": file.name, "bytes": file.bytes, "form": report.form, "rows": file.rows}
                for file in report.files
            ]
            if report
            else [{"name": name, "bytes": size, "form": None, "rows": None} for name, size in self.files],
            "layout": report.layout if report else None,
            "roles": [
                {"role": role, "column": name, "reason": detected.reasons.get(role)}
                for role, name in detected.columns.items()
            ]
            if detected
            else [],
            "formats": {name: getattr(detected, name) for name in formats} if detected else None,
            "money": detected.money if detected else None,
            "ignored": {"columns": detected.ignored if detected else _found(self.questions)},
            "rows": {"read": report.rows, "kept": cleaned.kept, "rejected": cleaned.rejected}
            if report and cleaned
            else None,
            "unreadable": report.reasons if report else {},
            "left_out": [asdict(each) for each in cleaned.left_out] if cleaned else [],
            "revenue": cleaned.revenue if cleaned else None,
            "customers": self.customers if cleaned else None,
            "days": {"from": self.days[0].isoformat(), "to": self.days[1].isoformat()} if self.days else None,
            "warnings": report.warnings if report else [],
            "first": self.first,
        }


def inspect(
    paths: Sequence[Path],
    options: TrainOptions,
    scratch: Path,
    erased: Erased | None = None,
    beside: Callable[[Cleaned], None] | None = None,
    memory_mb: int = MEMORY_MB,
) -> Inspection:
    """Read and clean files as a training would, and make nothing of it.

    Where too many rows cannot be read, that is a question, and the rest is read as though it were answered.

    Parameters
    ----------
    paths : sequence of Path
    options : TrainOptions
    scratch : Path
        A folder for the engine's files, removed by the caller.
    erased : callable, optional
        As a training takes it.
    beside : callable, optional
        Is given the rows with their rules, while the engine holds them.
    memory_mb : int
        As ``services.training.lines.engine.open_engine`` takes it.

    Raises
    ------
    Refusal
        If nothing of the file can be understood, and no option would help.
    """
    preset = presets.load(options.preset) if isinstance(options.preset, str) else options.preset
    refuse_missing(paths)
    questions: list[Refusal] = []
    while True:
        seen = Seen()
        with opened_engine(scratch / str(len(questions)), memory_mb) as engine:
            try:
                _clean(paths, engine, preset, options, scratch, erased, seen)
            except Refusal as refusal:
                if refusal.option is None and seen.report is None:
                    raise
                questions.append(refusal)
                if refusal.field == "accept_unreadable":
                    options = replace(options, accept_unreadable=True)
                    continue
            rows = seen.cleaned.rows if seen.cleaned else None
            if beside and seen.cleaned:
                beside(seen.cleaned)
            return Inspection(
                [(path.name, path.stat().st_size) for path in paths],
                seen.report,
                seen.cleaned,
                count_customers(rows) if rows is not None else 0,
                days_of(rows) if rows is not None else None,
                _first(rows, seen.report) if rows is not None and seen.report else [],
                questions,
            )


def _found(questions: Sequence[Refusal]) -> list[str]:
    """Name the columns of a file that cannot be read as long as one is missing."""
    return [name for each in questions if isinstance(each, MissingColumns) for name in each.found]


def _first(rows: nw.LazyFrame, report: ReadReport) -> list[dict[str, Any]]:
    return [
        row | {"reason": row["reason"] and named(row["reason"], report.detected.columns)}
        for row in first_rows(rows)
    ]


def _clean(
    paths: Sequence[Path],
    engine: Engine,
    preset: Preset,
    options: TrainOptions,
    scratch: Path,
    erased: Erased | None,
    seen: Seen,
) -> None:
    if options.table or preset.rfm.table:
        options.refuse_for_tables()
        clean_customers(only_one(paths), engine, options, scratch, Progress(), erased, seen=seen)
    else:
        clean_transactions(paths, engine, preset, options, scratch, Progress(), erased, seen=seen)
