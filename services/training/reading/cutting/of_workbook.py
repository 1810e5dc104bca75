"""Workbooks: the values of the sheets that were read, written into a new one; nothing else of it stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.reading.source import Source
from services.training.reading.cutting.spans import Span, Work, within, without
from services.training.reading.files.error_cells import error_cells

#: Cells of a row are written as they are, with this form where the kind of value needs one.
_FORMS: dict[type, str] = {
    datetime: "yyyy-mm-dd hh:mm:ss",
    date: "yyyy-mm-dd",
    time: "hh:mm:ss",
    timedelta: "[h]:mm:ss",
}
_WRITE: dict[type, Callable[..., Any]] = {
    str: Worksheet.write_string,
    float: Worksheet.write_number,
    int: Worksheet.write_number,
    bool: Worksheet.write_boolean,
    **dict.fromkeys(_FORMS, Worksheet.write_datetime),
}


def texts(source: Source, spans: Sequence[Span], _work: Work) -> list[str]:
    """Give the cells of each row, a line each."""
    return within(("".join(f"{cell}\n" for cell in row) for row in _rows(source)), spans)


def write(sources: Sequence[tuple[Source, Sequence[Span]]], target: Path, work: Work) -> None:
    """Write the sheets that were read without the rows of the spans."""
    options = {"constant_memory": True, "tmpdir": str(work.scratch)}
    with Workbook(str(target), options) as written:
        forms = {kind: written.add_format({"num_format": form}) for kind, form in _FORMS.items()}
        for source, spans in sources:
            sheet = written.add_worksheet(_name(source))
            for number, row in enumerate(without(_rows(source), spans)):
                for column, cell in enumerate(row):
                    _write_cell(sheet, number, column, cell, forms)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Any, forms: dict[type, Format]) -> None:
    if cell == "":
        return
    form = [forms[type(cell)]] if type(cell) in forms else []
    _WRITE[type(cell)](sheet, row, column, cell, *form)


def _rows(source: Source) -> list[list[Any]]:
    with CalamineWorkbook.from_path(str(source.path)) as workbook:
        sheet = workbook.get_sheet_by_name(_name(source))
        rows = list(sheet.iter_rows())
    for line, cells in error_cells(source.path, sheet.name).items():
        for at, error in cells:
            rows[line - 1][at] = error
    return rows


def _name(source: Source) -> str:
    if source.part is not None:
        return source.part
    with CalamineWorkbook.from_path(str(source.path)) as workbook:
        return workbook.sheet_names[0]
