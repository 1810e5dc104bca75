"""The rows that were left out as a file of their own: each with its rule, its reason and its texts."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.core.text.cells import guarded
from services.training.lines.cleaning import FORGOTTEN
from services.training.lines.engine import Engine
from services.training.lines.left_out import rows_left_out
from services.training.reading import ReadReport
from services.training.reading.columns.schema import Schema
from services.training.reading.unreadable import named

if TYPE_CHECKING:
    import narwhals as nw

_MARK = "\ufeff"  # spreadsheets take the file for UTF-8 by it


def write_rejected(
    engine: Engine, rows: nw.LazyFrame, report: ReadReport, schema: Schema, target: Path
) -> None:
    """Write every row that a rule took, whole file or none, a portion at a time.

    Parameters
    ----------
    engine : Engine
    rows : LazyFrame
        As ``services.training.lines.left_out.rows_left_out`` takes them.
    report : ReadReport
    schema : Schema
        What ``texts`` are, in this order, and then the whole of a row that has no cells.
    target : Path
        ``file`` where there are several, ``line``, ``rule``, ``reason``, the text of each role that the
        file has, ``row``; UTF-8 with its mark, nothing in it that a spreadsheet would run. Of customers who
        were erased the line and the file alone.

    Raises
    ------
    Refusal
        If it cannot be written.
    """
    columns = report.detected.columns
    roles = [(place, role) for place, role in enumerate(schema.roles) if role in columns]
    partial = target.with_name(target.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            file.write(_MARK)
            write = csv.writer(file, lineterminator="\n")
            several = ["file"] if report.overlap else []
            write.writerow([*several, "line", "rule", "reason", *(role for _place, role in roles), "row"])
            for name, line, rule, reason, texts in rows_left_out(engine, rows):
                told = named(reason, columns) if reason else ""
                cells: Sequence[str | None] = [*(texts[place] for place, _role in roles), texts[-1]]
                if rule == FORGOTTEN:
                    cells = [None] * len(cells)
                stands = [guarded(name or "")] if several else []
                write.writerow([*stands, line, rule, told, *(guarded(cell or "") for cell in cells)])
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Refusal(
            _(
                "“{file}” cannot be written: {why}. Name another file with --rejected.",
                file=target,
                why=error.strerror,
            ),
            "rejected",
            option="--rejected",
        ) from None
