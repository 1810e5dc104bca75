"""Text with separators: found, checked row by row in one pass, and copied."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path

from services.core.refusals import Refusal
from services.reading.encodings import Decoding
from services.reading.records import Record, records
from services.reading.separators import SEPARATORS, likeliest
from services.training.reading.columns import headers
from services.training.reading.columns.headers import Columns, Schema
from services.training.reading.files.copying import MAX_FIELD, OVER_LONG, Copy
from services.training.reading.files.decoding import open_text

_NAMED = {"tab": "\t", "\\t": "\t", "space": " ", "comma": ",", "semicolon": ";", "pipe": "|"}

#: No record of 100 columns needs a longer line.
_MAX_LINE = 1_000_000
_TELL_EVERY = 20_000

Progress = Callable[[float], None]


class Lines:
    """The lines of a text, counted, the last one at hand."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.last = ""
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        """Give the lines with their ends."""
        readline = self._text.readline
        while line := readline(_MAX_LINE):
            self.count += 1
            self.last = line
            if len(line) >= _MAX_LINE:
                raise Refusal(f"Line {self.count:,} is longer than {_MAX_LINE:,} characters.", "file")
            yield line


def find_separator(path: Path, form: str, decoding: Decoding, given: str | None, schema: Schema) -> str:
    """Choose the separator under which the first lines make sense.

    The one under which the header names most roles; among equals the one under which most lines have
    the same number of fields. A space stands for any number of spaces.

    Raises
    ------
    Refusal
        If ``given`` is no single character, or no separator splits the lines.
    """
    if given is not None:
        separator = _NAMED.get(given.lower(), given)
        if len(separator) != 1 or separator in '"\r\n\0':
            raise Refusal(
                "The separator must be one character, or the word tab or space.",
                "separator",
                option="--separator",
            )
        return separator
    text, _stream = open_text(path, form, decoding)
    with text:
        # not splitlines, which also parts at form feeds and other characters of a cell
        sample = list(islice(io.StringIO(text.read(65_536), newline=""), 200))
    if not any(line.strip() for line in sample):
        raise Refusal("The file is empty.", "file")
    whole = sample[:-1] if len(sample) > 1 else sample
    roles = partial(headers.roles_in, schema=schema)
    best, width = likeliest(whole, SEPARATORS, roles)
    if width < 2:
        best, width = likeliest(whole, (" ",), roles)
    if width < 2:
        raise Refusal(
            "No separator was found: comma, semicolon, tab, bar and space all leave one column. "
            "Name it with --separator.",
            "separator",
            option="--separator",
        )
    return best


def copy_rows(
    path: Path,
    form: str,
    decoding: Decoding,
    separator: str,
    options: Mapping[str, str | int],
    schema: Schema,
    target: Path,
    progress: Progress | None,
) -> tuple[Columns, int]:
    """Copy every data row, in one pass and constant memory.

    Returns
    -------
    tuple of Columns and int
        The columns, and the number of data rows written to ``target``.

    Raises
    ------
    Refusal
        If the columns do not do, a quote is left open, no row fits, or there is none.
    """
    text, stream = open_text(path, form, decoding)
    limit = csv.field_size_limit(MAX_FIELD)
    try:
        with text, target.open("w", encoding="utf-8", newline="") as file:
            source = Lines(text)
            found = _spaced(source) if separator == " " else _records(source, separator)
            first = next((record for record in found if record[1]), None)
            if first is None:
                raise Refusal("The file is empty.", "file")
            if first[3]:
                raise Refusal(f"Line {first[0]:,}: {first[3]}, so the columns are not known.", "file")
            columns = headers.match(first[1], options, schema)
            copy = Copy(file, len(columns.names))
            if not headers.has_header(first[1], options, schema):
                copy.add(*first[:3])
            packed = max(path.stat().st_size, 1)
            for line, row, lines, reason in found:
                if reason:
                    copy.bad(line, reason, row)
                else:
                    copy.add(line, row, lines)
                if progress and not copy.rows % _TELL_EVERY:
                    progress(min(stream.packed_position() / packed, 1.0))
            copy.finish()
    finally:
        csv.field_size_limit(limit)
    return columns, copy.rows


_Row = tuple[int, list[str], int, str | None]
"""Line, cells, physical lines and what is wrong."""


def _spaced(source: Lines) -> Iterator[_Row]:
    for line in source:
        row = line.split()
        if row:
            long = any(len(cell) > MAX_FIELD for cell in row)
            yield source.count, row, 1, OVER_LONG if long else None


def _records(source: Lines, separator: str) -> Iterator[_Row]:
    for record in records(source, separator):
        yield record.line, record.cells, record.lines, _reason(record)


def _reason(record: Record) -> str | None:
    """Say what is wrong with one record, or refuse the file where its end cannot be known."""
    if record.fault == "long quoted cell":
        raise Refusal(
            f"The cell that a quote opens in line {record.line:,} is longer than {MAX_FIELD:,} characters; "
            "perhaps the quote is not closed. Correct that line.",
            "file",
        )
    if record.fault == "open quote":
        raise Refusal(
            f"A quote is opened in line {record.line:,} and not closed, so the rows after it cannot be told "
            "apart. Correct that line.",
            "file",
        )
    if record.fault == "long cell":
        return OVER_LONG
    return "text behind a closing quote" if record.fault else None
