"""A file of rows to be predicted: which text it is, where its columns are, and its rows with their lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO

from services.core.language.messages import _, plural
from services.core.refusals import Refusal
from services.core.text.column_names import AXIS_NAMES, plain
from services.core.vocabulary import AXES, Axis
from services.reading.encodings import Decoding, first_misfit, guess, is_plain, marked
from services.reading.records import Form, Record, records
from services.reading.separators import SEPARATORS, likeliest

MOST_COLUMNS = 100
_CHUNK = 1 << 16
_LOOKED_AT = 100  # lines that tell the separator
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"PAR1")
_NO_TEXT = re.compile("[\0\udc80-\udcff]")


@dataclass(frozen=True)
class Row:
    """A row of the file: its first physical line, its cells, and why they cannot be used."""

    line: int
    cells: list[str]
    fault: str | None = None


class _Lines:
    """The lines of a text, counted, the last one at hand."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.last = ""
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.last = line
            self.count += 1
            yield line


@dataclass(frozen=True)
class RowFile:
    """A file whose columns are known.

    Attributes
    ----------
    file : IO[bytes]
        Can be read again from the beginning.
    decoding : Decoding
    separator : str
    header : list of str
        As written.
    places : dict of axis to int
        Positions of the three values.
    """

    file: IO[bytes]
    decoding: Decoding
    separator: str
    header: list[str]
    places: dict[Axis, int]

    def rows(self) -> Iterator[Row]:
        """Read the rows behind the header; blank lines are none.

        Raises
        ------
        Refusal
            If a quote is left open, so that the rows behind it cannot be told apart.
        """
        rows = _rows(self.file, self.decoding, self.separator)
        next(rows)
        width = len(self.header)
        for row in rows:
            if row.fault is None and len(row.cells) != width:
                fault = plural(
                    "The row has {n} cell, the header has {width}.",
                    "The row has {n} cells, the header has {width}.",
                    len(row.cells),
                    width=width,
                )
                yield Row(row.line, row.cells, fault)
            else:
                yield row


def open_rows(file: IO[bytes], unit: str) -> RowFile:
    """Find out how a file is to be read.

    Parameters
    ----------
    file : IO[bytes]
        Seekable; read from its beginning.
    unit : {"orders", "lines"}
        What frequency counts: a column of that name is taken before all others.

    Raises
    ------
    Refusal
        If it is no text, empty, has no separator, names a column twice, or lacks a needed one.
    """
    decoding = _decoding(file)
    separator = _separator(file, decoding, unit)
    first = next(_rows(file, decoding, separator), None)
    if first is None:
        raise Refusal(_("The file is empty."), "file")
    if first.fault:
        said = _("Line {line}, the header, cannot be read.", line=f"{first.line:,}")
        raise Refusal(f"{said} {first.fault}", "file")
    if len(first.cells) > MOST_COLUMNS:
        raise Refusal(
            plural(
                "The file has {n} column; the limit is {most}.",
                "The file has {n} columns; the limit is {most}.",
                len(first.cells),
                n=f"{len(first.cells):,}",
                most=f"{MOST_COLUMNS:,}",
            ),
            "file",
        )
    return RowFile(file, decoding, separator, first.cells, _places(first.cells, unit))


def _decoding(file: IO[bytes]) -> Decoding:
    file.seek(0)
    head = file.read(4096)
    if head.startswith(_PACKED):
        raise Refusal(_("This is a workbook or a compressed file. Save the table as CSV first."), "file")
    named = marked(head)
    if named is None and not is_plain(head):
        raise Refusal(_("The file is not plain text. Save the table as CSV in UTF-8."), "file")
    if named is None:
        return guess(_chunks(file))
    if first_misfit(_chunks(file), named) is not None:
        raise Refusal(_("The file is marked as Unicode but is not. Save the table as CSV in UTF-8."), "file")
    return Decoding(named)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def _separator(file: IO[bytes], decoding: Decoding, unit: str) -> str:
    text = _text(file, decoding)
    # whole lines, and never more than a few
    sample = [line for line in islice(text, _LOOKED_AT) if line.strip()]
    text.detach()
    if not sample:
        raise Refusal(_("The file is empty."), "file")

    def roles(header: list[str]) -> int:
        named = {plain(name) for name in header}
        return sum(any(name in named for name in _names(axis, unit)) for axis in AXES)

    best, width = likeliest(sample, SEPARATORS, roles)
    if width == 1:  # 0 where not even the header can be read, which its own fault tells better
        raise Refusal(
            _("No separator was found: comma, semicolon, tab and bar all leave one column."), "file"
        )
    return best


def _names(axis: Axis, unit: str) -> tuple[str, ...]:
    """Return what a header may call a value; ``days`` heads recency in the site's own lists."""
    names = AXIS_NAMES[axis]
    if axis == "frequency":
        return (unit, *names)
    return (*names, "days") if axis == "recency" else names


def _places(header: Sequence[str], unit: str) -> dict[Axis, int]:
    spelled: dict[str, int] = {}
    for place, name in enumerate(header):
        key = plain(name)
        if key and key in spelled:
            raise Refusal(
                _(
                    "The header “{header}” appears twice. Give each column its own name.",
                    header=name.strip()[:80],
                ),
                "file",
            )
        spelled[key] = place
    places: dict[Axis, int] = {}
    for axis in AXES:
        found = [spelled[name] for name in _names(axis, unit) if name in spelled]
        if found:
            places[axis] = found[0]
    missing = {"recency": "recency", "frequency": unit, "monetary": "spend"}
    lacking = [missing[axis] for axis in AXES if axis not in places]
    if lacking:
        found_names = ", ".join(name.strip()[:40] or _("(no name)") for name in header[:20])
        raise Refusal(
            _(
                "No column was found for {lacking}. Found: {found}. Name the columns {recency}, {frequency} "
                "and {spend}.",
                lacking=", ".join(lacking),
                found=found_names,
                recency=missing["recency"],
                frequency=unit,
                spend=missing["monetary"],
            ),
            "file",
        )
    return places


def _text(file: IO[bytes], decoding: Decoding) -> io.TextIOWrapper:
    file.seek(0)
    return io.TextIOWrapper(file, encoding=decoding.encoding, errors=decoding.errors, newline="")


def _rows(file: IO[bytes], decoding: Decoding, separator: str) -> Iterator[Row]:
    text = _text(file, decoding)
    try:
        for record in records(_Lines(text), Form(separator)):
            yield _row(record)
    finally:
        text.detach()


def _row(record: Record) -> Row:
    """Say what is wrong with one row, or refuse the file where the row's end cannot be known."""
    line = f"{record.line:,}"
    if record.fault in ("long cell", "long quoted cell"):
        raise Refusal(
            plural(
                "A cell that begins on line {line} has more than {n} character. Shorten it, or close its "
                "quote.",
                "A cell that begins on line {line} has more than {n} characters. Shorten it, or close its "
                "quote.",
                csv.field_size_limit(),
                n=f"{csv.field_size_limit():,}",
                line=line,
            ),
            "file",
        )
    if record.fault == "open quote":
        raise Refusal(
            _(
                "A quote is opened on line {line} and not closed, so the rows after it cannot be told "
                "apart. Correct that line.",
                line=line,
            ),
            "file",
        )
    if record.fault:
        return Row(record.line, [record.cells[0].rstrip("\r\n")], _("There is text after a closing quote."))
    if any(map(_NO_TEXT.search, record.cells)):
        # a byte that did not fit the encoding could not be written into the answer
        shown = [cell.encode("utf-8", "replace").decode() for cell in record.cells]
        return Row(record.line, shown, _("The row has a character that cannot be read as text."))
    return Row(record.line, record.cells)
