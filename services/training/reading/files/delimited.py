"""Text with separators: checked row by row in one pass, and copied."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from services.core.language.messages import _, later
from services.core.language.written import number
from services.core.refusals import Refusal
from services.reading.encodings import Decoding
from services.reading.records import Form, Record, records
from services.reading.source import Source
from services.training.reading.columns.headers import Columns, Schema
from services.training.reading.files import dialects, heading, local_encodings, totals
from services.training.reading.files.blocks import Blocks, Plain
from services.training.reading.files.copying import MAX_FIELD, OVER_LONG, Copy
from services.training.reading.files.decoding import find_decoding, open_text
from services.training.reading.files.dialects import Lines
from services.training.reading.files.heading import Heading
from services.training.reading.report import ReadOptions

_TELL_EVERY = 20_000

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Copied:
    """What was found while the rows of a table were copied.

    Attributes
    ----------
    columns : Columns
    rows : int
        Data rows written.
    totals : list of int
        Lines of rows at the end that are sums or notes.
    warnings : list of str
    encoding, separator : str or None
        Of a text.
    """

    columns: Columns
    rows: int
    totals: list[int]
    warnings: list[str]
    encoding: str | None = None
    separator: str | None = None


class _OpenQuote(Refusal):
    """A quote is left open, so the rows behind it cannot be told apart."""


def look_at(source: Source, options: ReadOptions, schema: Schema) -> Columns:
    """Give the columns of a text, without reading it on.

    Raises
    ------
    Refusal
        If it is no text with separators, or its columns do not do.
    """
    decoding = local_encodings.settle(source, find_decoding(source, options.encoding), options, schema)
    form = dialects.find(source, decoding, options.separator, schema, options.header_row)
    text, _stream = open_text(source, decoding)
    with text, local_encodings.doubted(decoding.encoding, options):
        return _heading(_rows(Lines(text), form), options, schema)[0].columns


def copy_rows(
    source: Source, options: ReadOptions, schema: Schema, target: Path, progress: Progress | None
) -> Copied:
    """Copy every data row, in one pass and constant memory.

    A second pass is made where quotes turn out to be written in another way than the first lines show.

    Returns
    -------
    Copied

    Raises
    ------
    Refusal
        If encoding, separator or columns do not do, a quote is left open, no row fits, or there is none.
    """
    decoding = local_encodings.settle(source, find_decoding(source, options.encoding), options, schema)
    form = dialects.find(source, decoding, options.separator, schema, options.header_row)
    try:
        copied, doubt = _copy(source, decoding, form, options, schema, target, progress), None
        if not copied[1]:
            return copied[0]
    except _OpenQuote as refusal:
        doubt = refusal
    other = dialects.find_again(source, decoding, form, schema)
    if other != form:
        return _copy(source, decoding, other, options, schema, target, progress)[0]
    if doubt:
        raise doubt
    return copied[0]


def _copy(
    source: Source,
    decoding: Decoding,
    form: Form,
    options: ReadOptions,
    schema: Schema,
    target: Path,
    progress: Progress | None,
) -> tuple[Copied, int]:
    """Copy the rows; also say in how many of the bad ones a quote may be the reason."""
    text, stream = open_text(source, decoding)
    limit = csv.field_size_limit(MAX_FIELD)
    suspicious = 0
    try:
        with text, target.open("w", encoding="utf-8", newline="") as file:
            blocks = Blocks(text)
            with local_encodings.doubted(decoding.encoding, options):
                head, found = _heading(_rows(blocks, form), options, schema)
            copy = Copy(file, len(head.columns.names), head.header)
            packed = max(source.path.stat().st_size, 1)

            def tell() -> None:
                if progress:
                    progress(min(stream.packed_position() / packed, 1.0))

            def take(line: int, count: int, run: str) -> None:
                copy.add_run(line, count, run, form.separator)
                tell()

            blocks.hand_on(Plain(form, len(head.columns.names), head.header), take)
            for line, row, lines, reason in found:
                if reason:
                    suspicious += reason == BEHIND_QUOTE
                    copy.bad(line, reason, row)
                else:
                    copy.add(line, row, lines)
                if not copy.rows % _TELL_EVERY:
                    tell()
                blocks.between = True
            copy.finish()
    finally:
        csv.field_size_limit(limit)
    below = totals.totals_in(copy.last, head.columns, schema)
    warnings = [decoding.warning] if decoding.warning else []
    warnings += [*head.warnings, *copy.warnings, *totals.said(below)]
    return (
        Copied(head.columns, copy.rows, below, warnings, decoding.encoding, form.separator),
        suspicious + copy.suspicious,
    )


_Row = tuple[int, list[str], int, str | None]
"""Line, cells, physical lines and what is wrong."""

BEHIND_QUOTE = later("text after a closing quote").text
_NO_HEADER = {
    BEHIND_QUOTE: later("Line {line}: text after a closing quote, so the columns are not known."),
    OVER_LONG: later("Line {line}: a field is longer than {most} characters, so the columns are not known."),
}


def _no_header(line: int, reason: str) -> str:
    most = {"most": number(MAX_FIELD)} if reason == OVER_LONG else {}
    return _NO_HEADER[reason](line=number(line), **most)


def _heading(found: Iterator[_Row], options: ReadOptions, schema: Schema) -> tuple[Heading, Iterator[_Row]]:
    """Find the header; also give the rows behind it."""
    first = list(islice((row for row in found if row[3] or any(map(str.strip, row[1]))), heading.LOOKED_AT))
    rows = [
        heading.Row(line, cells, reason and _no_header(line, reason)) for line, cells, _lines, reason in first
    ]
    head = heading.find(rows, options.columns, schema, options.header_row)
    below = first[head.first :]
    if below and head.header and heading.is_rule(below[0][1]):
        below = below[1:]
    return head, chain(below, found)


def _rows(source: Lines | Blocks, form: Form) -> Iterator[_Row]:
    if form.separator == " ":
        yield from _spaced(source)
        return
    for record in records(source, form):
        yield record.line, record.cells, record.lines, _reason(record)


def _spaced(source: Lines | Blocks) -> Iterator[_Row]:
    for line in source:
        row = line.split()
        if row:
            long = any(len(cell) > MAX_FIELD for cell in row)
            yield source.count, row, 1, OVER_LONG if long else None


def _reason(record: Record) -> str | None:
    """Say what is wrong with one record, or refuse the file where its end cannot be known."""
    if record.fault == "long quoted cell":
        raise _OpenQuote(
            _(
                "The cell that a quote opens in line {line} is longer than {most} characters; perhaps the "
                "quote is not closed. Correct that line.",
                line=number(record.line),
                most=number(MAX_FIELD),
            ),
            "file",
        )
    if record.fault == "open quote":
        raise _OpenQuote(
            _(
                "A quote is opened in line {line} and not closed, so the rows after it cannot be told apart. "
                "Correct that line.",
                line=number(record.line),
            ),
            "file",
        )
    if record.fault == "long cell":
        return OVER_LONG
    return BEHIND_QUOTE if record.fault else None
