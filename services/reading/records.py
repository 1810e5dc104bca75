"""The records of a text with separators, each with the line it begins in and what is wrong with it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

Fault = Literal["long cell", "long quoted cell", "open quote", "text behind a quote"]
"""``open quote`` and ``long quoted cell``: where the record ends, and so what follows, is not known."""


class Record(NamedTuple):
    """A record.

    Attributes
    ----------
    line : int
        The physical line that it begins in, from 1.
    cells : list of str
        The last line as it is where there is a fault.
    lines : int
        How many physical lines it takes.
    fault : str or None
    """

    line: int
    cells: list[str]
    lines: int
    fault: Fault | None


@dataclass(frozen=True)
class Form:
    """How the cells of a text are parted and quoted.

    Attributes
    ----------
    separator : str
        One character.
    quote : str or None
        What may stand around a cell; None where a quotation mark is a character like any other.
    escape : str or None
        What makes a character of the quote behind it, where one is not written twice.
    padded : bool
        Whether blanks may stand between a separator and a quote.
    """

    separator: str
    quote: str | None = '"'
    escape: str | None = None
    padded: bool = False


class Lines(Protocol):
    """Lines with their ends, the last one that was given at hand, and how many there were so far."""

    last: str
    count: int

    def __iter__(self) -> Iterator[str]:
        """Give the lines."""


def records(lines: Lines, form: Form) -> Iterator[Record]:
    """Read every record; blank lines are none."""
    reader = csv.reader(
        lines,
        delimiter=form.separator,
        quotechar=form.quote,
        quoting=csv.QUOTE_MINIMAL if form.quote else csv.QUOTE_NONE,
        escapechar=form.escape,
        skipinitialspace=form.padded,
        strict=True,
    )
    before = 0
    while True:
        try:
            for row in reader:
                after = reader.line_num
                if row:
                    yield Record(lines.count - (after - before) + 1, row, after - before, None)
                before = after
            return
        except csv.Error as error:
            after = reader.line_num
            fault = _fault(str(error), after - before, lines.last, form.quote or '"')
            yield Record(lines.count - (after - before) + 1, [lines.last], after - before, fault)
            before = after


def _fault(message: str, lines: int, text: str, quote: str) -> Fault:
    if "field limit" in message and lines > 1:
        return "long quoted cell"
    if "unexpected end of data" in message or lines > 1 or text.count(quote) % 2:
        return "open quote"
    return "long cell" if "field limit" in message else "text behind a quote"
