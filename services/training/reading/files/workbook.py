"""Excel workbooks: the first sheet that holds transactions, cell by cell as text, copied."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from services.core.refusals import Refusal
from services.training.reading.columns import headers
from services.training.reading.columns.headers import Columns, Schema
from services.training.reading.files.copying import MAX_FIELD, OVER_LONG, Copy
from services.training.reading.files.delimited import Progress
from services.training.reading.files.source import CHUNK

#: A cell beyond the 100th column, CV: the reader lays out the whole rectangle up to the furthest cell.
_FAR_COLUMN = re.compile(rb'r="(?:C[W-Z]|[D-Z][A-Z]|[A-Z]{3})[0-9]')
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_TELL_EVERY = 20_000


def copy_rows(
    path: Path, options: Mapping[str, str | int], schema: Schema, target: Path, progress: Progress | None
) -> tuple[Columns, int, str | None]:
    """Copy every row that is not blank of the first visible sheet that has the needed columns.

    Returns
    -------
    tuple of Columns, int and (str or None)
        The columns, the number of rows written to ``target``, and the sheet's name if there are several.

    Raises
    ------
    Refusal
        If the workbook cannot be opened, or no sheet does: the first one's reason.
    """
    _look_through(path)
    reason: Refusal | None = None
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            names = [
                about.name
                for about in workbook.sheets_metadata
                if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet
            ]
            for name in names:
                try:
                    sheet = workbook.get_sheet_by_name(name)
                    columns, rows = _copy_sheet(sheet, options, schema, target, progress)
                except Refusal as refusal:
                    reason = reason or refusal
                else:
                    return columns, rows, name if len(names) > 1 else None
    except CalamineError as error:
        raise Refusal("The workbook cannot be opened. Save it again as .xlsx, or as CSV.", "file") from error
    raise reason or Refusal("The workbook has no visible sheet with rows.", "file")


def _look_through(path: Path) -> None:
    """Unpack every part once, in constant memory, and refuse what would hurt the reader."""
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                with archive.open(member) as part:
                    rest = b""
                    while chunk := part.read(CHUNK):
                        if _DECLARATION.search(rest + chunk):
                            raise Refusal("The workbook declares XML entities, which none should.", "file")
                        if member.filename.startswith("xl/worksheets/") and _FAR_COLUMN.search(rest + chunk):
                            raise Refusal(
                                f"The sheet has cells beyond {headers.MAX_COLUMNS} columns.",
                                "columns",
                                option="--columns",
                            )
                        rest = chunk[-10:]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise Refusal("The workbook is damaged or incomplete. Save it again.", "file") from error


def _copy_sheet(
    sheet: CalamineSheet,
    options: Mapping[str, str | int],
    schema: Schema,
    target: Path,
    progress: Progress | None,
) -> tuple[Columns, int]:
    if sheet.start is None:
        raise Refusal("The first sheet is empty.", "file")
    if sheet.width > headers.MAX_COLUMNS:
        raise Refusal(
            f"The sheet has {sheet.width:,} columns; {headers.MAX_COLUMNS} are the limit.",
            "columns",
            option="--columns",
        )
    rows = enumerate((_texts(row) for row in sheet.iter_rows()), 1)
    first = next(((line, row) for line, row in rows if any(row)), None)
    if first is None:
        raise Refusal("The first sheet is empty.", "file")
    columns = headers.match(first[1], options, schema)
    with target.open("w", encoding="utf-8", newline="") as file:
        copy = Copy(file, len(columns.names))
        if not headers.has_header(first[1], options, schema):
            copy.add(*first)
        for line, row in rows:
            if not any(row):
                continue
            if max(map(len, row)) > MAX_FIELD:
                copy.bad(line, OVER_LONG, row)
            else:
                copy.add(line, row)
            if progress and not line % _TELL_EVERY:
                progress(min(line / max(sheet.height, 1), 1.0))
        copy.finish()
    return columns, copy.rows


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _moment(value: datetime) -> str:
    # a serial number is a share of a day, so its seconds carry a rounding error
    return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(sep=" ")


_AS_TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    float: _number,
    int: str,
    bool: lambda value: str(value).upper(),
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: str,
}


def _texts(row: list[Any]) -> list[str]:
    return [_AS_TEXT[type(cell)](cell) for cell in row]
