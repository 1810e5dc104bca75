"""Many rows at once: the file that comes back, and which of its rows could not be answered.

The file is read twice, so that only three numbers of each row are ever in memory: once for the numbers and
for what tells how they are written, once to write each row with its answer behind it.
"""

from __future__ import annotations

import csv
import io
import math
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO

import numpy as np
import numpy.typing as npt

from services.core.language.messages import _, plural
from services.core.refusals import Refusal
from services.core.text.cells import guarded
from services.core.text.column_names import plain
from services.core.text.number_cells import NumberCells, Sign
from services.core.vocabulary import AXES
from services.serving.predictions.predict import HIGHEST, checked_value, lowest
from services.serving.predictions.rows_columns import ADDED, added_cells
from services.serving.predictions.rows_file import Row, RowFile, open_rows
from services.serving.release.loaded import Loaded

FAULTS_TOLD = 10
#: What the site takes at once; the command line takes more.
MOST_ROWS = 200_000
MOST_BYTES = 40_000_000
_PORTION = 2_000
_SHOWN = 40  # characters of a cell that is no number
_MARK = "\ufeff"  # spreadsheets take the file for UTF-8 by it
_UNREADABLE = ([math.nan] * len(AXES), [math.nan] * len(AXES))

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Answered:
    """A file of rows with its answers.

    Attributes
    ----------
    release : Loaded
    file : RowFile
    sign : {".", ","}
        What stands before the decimals in the file, and in the answers.
    raw : ndarray, shape (rows, 3)
        Recency, frequency and monetary value as the file says; anything in rows that are refused.
    refused : dict of int to (int, str)
        Line and sentence of each row without an answer, by the row's number from 0.
    """

    release: Loaded
    file: RowFile
    sign: Sign
    raw: Numbers
    refused: dict[int, tuple[int, str]]

    @property
    def rows(self) -> int:
        """Rows of the file, those without an answer included."""
        return len(self.raw)

    @property
    def first(self) -> list[dict[str, int | str]]:
        """Line and sentence of the first rows without an answer, at most ten."""
        told = islice(sorted(self.refused.values()), FAULTS_TOLD)
        return [{"line": line, "error": sentence} for line, sentence in told]

    def text(self) -> Iterator[str]:
        """Write the file as it was read, the answers in further columns, in portions.

        Cells that a spreadsheet would run get an apostrophe before them; cells for which the header has no
        column are named in the row's error.
        """
        yield _MARK + self._written([[*map(_safe, self.file.header), *ADDED]])
        records, start = self.file.rows(), 0
        while portion := list(islice(records, _PORTION)):
            yield self._written(self._rows(portion, start))
            start += len(portion)

    def _rows(self, portion: list[Row], start: int) -> Iterator[list[str]]:
        width = len(self.file.header)
        numbers = [place for place in range(start, start + len(portion)) if place not in self.refused]
        answers = iter(added_cells(self.release, self.raw[numbers], self.sign))
        for place, record in enumerate(portion, start):
            cells = [_safe(cell) for cell in record.cells[:width]]
            cells += [""] * (width - len(cells))
            if place in self.refused:
                fault = self.refused[place][1] + _left_over(record.cells[width:])
                yield [*cells, *[""] * (len(ADDED) - 1), guarded(fault)]
            else:
                yield [*cells, *next(answers), ""]

    def _written(self, rows: Iterable[list[str]]) -> str:
        text = io.StringIO()
        csv.writer(text, delimiter=self.file.separator).writerows(rows)
        return text.getvalue()


def answer_rows(release: Loaded, file: IO[bytes], most: int | None = None) -> Answered:
    """Read a file of rows and find those that can be predicted.

    Parameters
    ----------
    release : Loaded
    file : IO[bytes]
        Seekable text with a header that names recency, orders (or lines) and spend. To be left open until
        the answers are written.
    most : int, optional
        More rows than that are refused.

    Raises
    ------
    Refusal
        If the file as a whole cannot be used.
    """
    read = open_rows(file, release.preset.rfm.frequency)
    _refuse_old_answers(read.header)
    cells, lines = NumberCells(), array("q")
    ways = (array("d"), array("d"))
    refused: dict[int, tuple[int, str]] = {}
    for record in read.rows():
        row = len(lines)
        if row == most:
            raise Refusal(_too_many(most), "file")
        fault, numbers = _numbers(read, record, cells)
        if fault:
            refused[row] = record.line, fault
        lines.append(record.line)
        for way, values in zip(ways, numbers, strict=True):
            way.extend(values)
    if not lines:
        raise Refusal(_("The file has a header but no rows."), "file")
    sign = cells.sign()
    raw = np.frombuffer(ways[sign == ","], dtype=np.float64).reshape(-1, len(AXES))
    for row in np.flatnonzero(~_possible(raw)).tolist():
        if row not in refused:
            refused[row] = lines[row], _refusal(read, raw[row])
    return Answered(release, read, sign, raw, refused)


def _too_many(most: int) -> str:
    return plural(
        "The file has more than {n} row. Split it into several.",
        "The file has more than {n} rows. Split it into several.",
        most,
        n=f"{most:,}",
    )


def _refuse_old_answers(header: list[str]) -> None:
    taken = {plain(name) for name in header}
    double = next((name for name in ADDED if plain(name) in taken), None)
    if double:
        raise Refusal(
            _(
                "The file already has a column {column}. Remove the columns of earlier answers.",
                column=double,
            ),
            "file",
        )


def _numbers(
    read: RowFile, record: Row, cells: NumberCells
) -> tuple[str | None, tuple[list[float], list[float]]]:
    """Return why a row's numbers cannot be read, and the numbers by the point and by the comma."""
    if record.fault:
        return record.fault, _UNREADABLE
    points, commas = [], []
    for axis in AXES:
        cell = record.cells[read.places[axis]]
        point, comma = cells.read(cell)
        if math.isnan(point) and math.isnan(comma):
            name = read.header[read.places[axis]].strip()
            shown = cell.strip()[:_SHOWN]
            if shown:
                return _("{column}: “{cell}” is not a number.", column=name, cell=shown), _UNREADABLE
            return _("{column} is empty.", column=name), _UNREADABLE
        points.append(point)
        commas.append(comma)
    return None, (points, commas)


def _possible(raw: Numbers) -> npt.NDArray[np.bool_]:
    """Say which rows hold values that a customer can have, as ``checked_value`` does one by one."""
    least = np.array([lowest(axis) for axis in AXES])
    inside = (raw >= least) & (raw <= HIGHEST)
    whole = raw == np.floor(raw, where=inside, out=np.zeros_like(raw))
    whole[:, AXES.index("monetary")] = True
    possible: npt.NDArray[np.bool_] = (inside & whole).all(axis=1)
    return possible


def _refusal(read: RowFile, values: Numbers) -> str:
    """Say what the first value that no customer can have should be."""
    for axis, value in zip(AXES, values.tolist(), strict=True):
        name = read.header[read.places[axis]].strip()
        if math.isnan(value):
            return _(
                "{column}: the number is written with a different decimal sign from most of the file.",
                column=name,
            )
        try:
            checked_value(axis, value)
        except Refusal as refused:
            return f"{name}: {refused}"
    raise AssertionError("a row was refused although each of its values is possible")


def _left_over(cells: list[str]) -> str:
    if not cells:
        return ""
    said = _("Without a column: {cells}.", cells=", ".join(f"“{cell}”" for cell in cells))
    return f" {said}"


def _safe(cell: str) -> str:
    """Guard a cell of the reader's own, quickly: most begin with a letter or a digit, which runs nothing."""
    return cell if cell[:1].isalnum() else guarded(cell)
