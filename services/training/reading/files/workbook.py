"""Excel workbooks: their sheets, cell by cell as text, copied."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from services.core.language.messages import _
from services.core.language.written import number
from services.core.refusals import Refusal
from services.reading.source import CHUNK, Source
from services.training.reading.columns import headers
from services.training.reading.columns.headers import Columns, Schema
from services.training.reading.files import heading, totals
from services.training.reading.files.copying import MAX_FIELD, OVER_LONG, Copy
from services.training.reading.files.delimited import Copied, Progress
from services.training.reading.files.error_cells import error_cells
from services.training.reading.files.heading import Heading
from services.training.reading.report import ReadOptions

#: The reader lays out the whole rectangle up to the furthest cell: where columns are many, rows may not be.
_MAX_CELLS = 50_000_000

#: A cell beyond the 100th column, CV, and the row of a cell.
_WIDE_COLUMN = re.compile(rb'r="(C[W-Z]|[D-Z][A-Z]|[A-Z]{3})[0-9]')
_ROW = re.compile(rb'r="[A-Z]{0,3}([0-9]{1,7})"')
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_TELL_EVERY = 20_000


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its name, and whether it is hidden."""

    name: str
    hidden: bool


def sheets(path: Path) -> list[Sheet]:
    """List the worksheets in their order.

    Raises
    ------
    Refusal
        If the workbook cannot be opened, or would hurt the reader.
    """
    _look_through(path)
    with _opened(path) as workbook:
        return [
            Sheet(about.name, about.visible != SheetVisibleEnum.Visible)
            for about in workbook.sheets_metadata
            if about.typ == SheetTypeEnum.WorkSheet
        ]


def look_at(source: Source, options: ReadOptions, schema: Schema) -> tuple[Columns, int]:
    """Give the columns of a sheet, and how many rows it has.

    Raises
    ------
    Refusal
        If it is empty, or its columns do not do.
    """
    with _opened(source.path) as workbook:
        columns = _heading(_rows(workbook, source), options, schema)[0].columns
        return columns, _sheet(workbook, source).height


def copy_rows(
    source: Source, options: ReadOptions, schema: Schema, target: Path, progress: Progress | None
) -> Copied:
    """Copy every row of a sheet that is not blank.

    Returns
    -------
    Copied

    Raises
    ------
    Refusal
        If the workbook cannot be opened, or the columns do not do.
    """
    with _opened(source.path) as workbook:
        height = max(_sheet(workbook, source).height, 1)
        head, found = _heading(_rows(workbook, source), options, schema)
        with target.open("w", encoding="utf-8", newline="") as file:
            copy = Copy(file, len(head.columns.names), head.header)
            for line, row in found:
                if max(map(len, row)) > MAX_FIELD:
                    copy.bad(line, OVER_LONG, row)
                else:
                    copy.add(line, row)
                if progress and not line % _TELL_EVERY:
                    progress(min(line / height, 1.0))
            copy.finish()
    below = totals.totals_in(copy.last, head.columns, schema)
    return Copied(head.columns, copy.rows, below, [*head.warnings, *copy.warnings, *totals.said(below)])


@contextmanager
def _opened(path: Path) -> Iterator[CalamineWorkbook]:
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            yield workbook
    except CalamineError as error:
        raise Refusal(
            _("The workbook cannot be opened. Save it again as .xlsx, or as CSV."), "file"
        ) from error


def _look_through(path: Path) -> None:
    """Unpack every part once, in constant memory, and refuse what would hurt the reader."""
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                sheet, wide = member.startswith("xl/worksheets/"), False
                for seen in _pieces(archive, member):
                    if _DECLARATION.search(seen):
                        raise Refusal(_("The workbook declares XML entities, which none should."), "file")
                    wide = wide or bool(sheet and _WIDE_COLUMN.search(seen))
                if wide:
                    _check_size(archive, member)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise Refusal(_("The workbook is damaged or incomplete. Save it again."), "file") from error


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    with archive.open(member) as part:
        rest = b""
        while chunk := part.read(CHUNK):
            yield rest + chunk
            rest = chunk[-12:]


def _check_size(archive: zipfile.ZipFile, member: str) -> None:
    """Refuse a sheet of which the rectangle up to its furthest cell is too large."""
    width = rows = 0
    for seen in _pieces(archive, member):
        width = max(width, *map(_number_of, _WIDE_COLUMN.findall(seen)), 0)
        rows = max(rows, *map(int, _ROW.findall(seen)), 0)
    if width > headers.MAX_COLUMNS:
        raise Refusal(
            _("The sheet has cells beyond {most} columns.", most=number(headers.MAX_COLUMNS)),
            "columns",
            option="--columns",
        )
    if width * rows > _MAX_CELLS:
        said = _(
            "The sheet is {columns} columns wide and {rows} rows long, which is too much for a workbook. "
            "Save it as CSV, or take out the columns that are not needed.",
            columns=number(width),
            rows=number(rows),
        )
        raise Refusal(said, "file")


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _sheet(workbook: CalamineWorkbook, source: Source) -> CalamineSheet:
    if source.part is None:
        return workbook.get_sheet_by_index(0)
    return workbook.get_sheet_by_name(source.part)


def _rows(workbook: CalamineWorkbook, source: Source) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that are not blank, with their numbers."""
    sheet = _sheet(workbook, source)
    if sheet.start is None:
        return
    # the reader gives an error for a blank cell
    errors = error_cells(source.path, sheet.name)
    for line, cells in enumerate(sheet.iter_rows(), 1):
        row = [_AS_TEXT[type(cell)](cell) for cell in cells]
        for at, error in errors.get(line, ()):
            row[at] = error
        if any(row):
            yield line, row


def _heading(
    found: Iterator[tuple[int, list[str]]], options: ReadOptions, schema: Schema
) -> tuple[Heading, Iterator[tuple[int, list[str]]]]:
    """Find the header; also give the rows behind it."""
    first = list(islice(found, heading.LOOKED_AT))
    if not first:
        raise Refusal(_("The sheet is empty."), "file")
    rows = [heading.Row(line, cells) for line, cells in first]
    head = heading.find(rows, options.columns, schema, options.header_row)
    return head, chain(first[head.first :], found)


#: Whole numbers up to here are exact; a longer one has lost its last digits, which its text must not hide.
_EXACT = 2**53


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    # with three decimals it could be taken for thousands
    return re.sub(r"(\.\d{3})$", r"\g<1>0", repr(value))


def _moment(value: datetime) -> str:
    # a serial number is a share of a day, so its seconds carry a rounding error
    return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(sep=" ")


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else ''}{hours}:{rest // 60:02}:{rest % 60:02}"


_AS_TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    float: _number,
    int: str,
    bool: lambda value: str(value).upper(),
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _duration,
}
