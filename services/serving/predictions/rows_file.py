"""A file of rows to be predicted: which text it is, where its columns are, and its rows with their lines."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO

from services.core.refusals import Refusal
from services.core.text.column_names import AXIS_NAMES, plain
from services.core.vocabulary import AXES, Axis

MOST_COLUMNS = 100
SEPARATORS = (",", ";", "\t", "|")
_CHUNK = 1 << 18
_LOOKED_AT = 100  # lines that tell the separator
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"PAR1")
_NOT_CP1252 = b"\x81\x8d\x8f\x90\x9d"


@dataclass(frozen=True)
class Record:
    """A row of the file: its first physical line, its cells, and why they cannot be used."""

    line: int
    cells: list[str]
    fault: str | None = None


@dataclass(frozen=True)
class RowFile:
    """A file whose columns are known.

    Attributes
    ----------
    file : IO[bytes]
        Can be read again from the beginning.
    encoding, separator : str
    header : list of str
        As written.
    places : dict of axis to int
        Positions of the three values.
    """

    file: IO[bytes]
    encoding: str
    separator: str
    header: list[str]
    places: dict[Axis, int]

    def records(self) -> Iterator[Record]:
        """Read the rows behind the header; blank lines are none.

        Raises
        ------
        Refusal
            If a quote is left open, so that the rows behind it cannot be told apart.
        """
        rows = _records(self.file, self.encoding, self.separator)
        next(rows)
        width = len(self.header)
        for record in rows:
            if record.fault is None and len(record.cells) != width:
                fault = f"The row has {len(record.cells)} cells, the header has {width}."
                yield Record(record.line, record.cells, fault)
            else:
                yield record


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
    encoding = _encoding(file)
    separator = _separator(file, encoding, unit)
    first = next(_records(file, encoding, separator), None)
    if first is None:
        raise Refusal("The file is empty.", "file")
    if first.fault:
        raise Refusal(f"Line {first.line:,}, the header, cannot be read. {first.fault}", "file")
    if len(first.cells) > MOST_COLUMNS:
        raise Refusal(f"The file has {len(first.cells):,} columns; {MOST_COLUMNS} are the limit.", "file")
    return RowFile(file, encoding, separator, first.cells, _places(first.cells, unit))


def _encoding(file: IO[bytes]) -> str:
    file.seek(0)
    head = file.read(4096)
    if head.startswith(_PACKED):
        raise Refusal("This is a workbook or a packed file. Save the table as CSV first.", "file")
    named = next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), None)
    if named is None and head.count(0) * 4 > len(head):
        raise Refusal("The file is no plain text. Save the table as CSV in UTF-8.", "file")
    decoder = codecs.getincrementaldecoder(named or "utf-8")()
    file.seek(0)
    fits, undefined = True, False
    while chunk := file.read(_CHUNK):
        undefined = undefined or len(chunk) != len(chunk.translate(None, _NOT_CP1252))
        if fits:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                fits = False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        fits = False
    if fits:
        return named or "utf-8"
    if named:
        raise Refusal("The file begins as Unicode and is not. Save the table as CSV in UTF-8.", "file")
    return "iso-8859-1" if undefined else "cp1252"


def _separator(file: IO[bytes], encoding: str, unit: str) -> str:
    """Take the separator under which the header names most values, then most lines have one width."""
    text = _text(file, encoding)
    # whole lines, and never more than a few
    sample = [line for line in islice(text, _LOOKED_AT) if line.strip()]
    text.detach()
    if not sample:
        raise Refusal("The file is empty.", "file")
    judged = {separator: _judge(sample, separator, unit) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: judged[separator])
    if judged[best][2] == 1:  # 0 where not even the header can be read, which its own fault tells better
        raise Refusal("No separator was found: comma, semicolon, tab and bar all leave one column.", "file")
    return best


def _judge(lines: list[str], separator: str, unit: str) -> tuple[int, float, int]:
    rows = list(_parsed(lines, separator))
    if not rows:
        return 0, 0.0, 0
    width, often = Counter(map(len, rows)).most_common(1)[0]
    named = {plain(name) for name in rows[0]}
    roles = sum(any(name in named for name in _names(axis, unit)) for axis in AXES)
    return roles, often / len(rows) if width > 1 else 0.0, width


def _parsed(lines: list[str], separator: str) -> Iterator[list[str]]:
    """Give the rows that can be read; under a wrong separator a line may be one cell too long for csv."""
    reader = csv.reader(lines, delimiter=separator)
    while True:
        try:
            for row in reader:
                if row:
                    yield row
            return
        except csv.Error:
            continue


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
                f"The header “{name.strip()[:80]}” stands twice. Give each column its own name.", "file"
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
        found_names = ", ".join(name.strip()[:40] or "(no name)" for name in header[:20])
        raise Refusal(
            f"No column was found for {', '.join(lacking)}. Found: {found_names}. "
            f"Name the columns recency, {unit} and spend.",
            "file",
        )
    return places


def _text(file: IO[bytes], encoding: str) -> io.TextIOWrapper:
    file.seek(0)
    return io.TextIOWrapper(file, encoding=encoding, newline="")


def _records(file: IO[bytes], encoding: str, separator: str) -> Iterator[Record]:
    text = _text(file, encoding)
    last = ""

    def lines() -> Iterator[str]:
        nonlocal last
        for line in text:
            last = line
            yield line

    reader = csv.reader(lines(), delimiter=separator, strict=True)
    before = 0
    try:
        while True:
            try:
                for row in reader:
                    after = reader.line_num
                    if row:
                        fault = "The row holds a character that is no text." if _odd(row) else None
                        yield Record(before + 1, row, fault)
                    before = after
                return
            except csv.Error as error:
                after = reader.line_num
                yield Record(before + 1, [last.rstrip("\r\n")], _fault(str(error), before + 1, after, last))
                before = after
    finally:
        text.detach()


def _odd(row: list[str]) -> bool:
    return any("\0" in cell for cell in row)


def _fault(message: str, first: int, after: int, text: str) -> str:
    """Say what is wrong with one row, or refuse the file where the row's end cannot be known."""
    if "field larger" in message:
        raise Refusal(
            f"A cell that begins in line {first:,} has more than {csv.field_size_limit():,} characters. "
            "Shorten it, or close its quote.",
            "file",
        )
    if "unexpected end of data" in message or after > first or text.count('"') % 2:
        raise Refusal(
            f"A quote is opened in line {first:,} and not closed, so the rows behind it cannot be told "
            "apart. Correct that line.",
            "file",
        )
    return "There is text behind a closing quote."
