"""The records of a text with separators, each with the line it begins in and what is wrong with it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
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


class Lines(Protocol):
    """Lines with their ends, the last one that was given at hand."""

    last: str

    def __iter__(self) -> Iterator[str]:
        """Give the lines."""


def records(lines: Lines, separator: str) -> Iterator[Record]:
    """Read every record; blank lines are none."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    before = 0
    while True:
        try:
            for row in reader:
                after = reader.line_num
                if row:
                    yield Record(before + 1, row, after - before, None)
                before = after
            return
        except csv.Error as error:
            after = reader.line_num
            fault = _fault(str(error), after - before, lines.last)
            yield Record(before + 1, [lines.last], after - before, fault)
            before = after


def _fault(message: str, lines: int, text: str) -> Fault:
    if "field limit" in message and lines > 1:
        return "long quoted cell"
    if "unexpected end of data" in message or lines > 1 or text.count('"') % 2:
        return "open quote"
    return "long cell" if "field limit" in message else "text behind a quote"
