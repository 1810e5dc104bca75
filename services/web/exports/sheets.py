"""Rows as files that spreadsheets open: text stays text, numbers stay numbers, nothing runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO

import xlsxwriter

from services.core.text.cells import guarded

MARK = "\ufeff"
"""Begins a CSV; spreadsheets take it for UTF-8 by it."""
MOST_IN_WORKBOOK = 100_000
"""Rows; more take longer than anybody waits."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | float | None


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Write rows as CSV, with an apostrophe before text that a spreadsheet would run.

    Parameters
    ----------
    rows : iterable of sequence
        None leaves a cell empty.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()


def write_workbook(
    file: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[Cell]], made: datetime, scratch: Path
) -> None:
    """Write rows as an Excel workbook of one sheet: its cells have types, so text needs no apostrophe.

    Parameters
    ----------
    file : file
        Open for bytes.
    head : sequence of str
    rows : iterable of sequence
        ``MOST_IN_WORKBOOK`` at most.
    made : datetime
        Stands in the workbook, so that equal rows make equal files.
    scratch : Path
        A folder for its parts; in the system's, those of a killed worker would stay.
    """
    # a row at a time in memory
    with xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": str(scratch)}) as book:
        book.set_properties({"created": made.replace(tzinfo=None)})
        sheet = book.add_worksheet("Customers")
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for place, name in enumerate(head):
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write_number(number, place, cell)
