"""The canonical copy: UTF-8, every row of a file with its line and, where it is bad, the reason."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import TextIO

from services.core.refusals import Refusal

MAX_FIELD = 10_000
MAX_ROWS = 50_000_000

#: If so many rows at the start all have a wrong number of fields, the columns are shifted.
SHIFTED_AFTER = 1_000

OVER_LONG = f"a field is longer than {MAX_FIELD:,} characters"
CONTROL = "control characters"
NOT_DECODED = "bytes that do not fit the encoding"

#: The class of characters no cell may hold; tabs and line breaks are allowed.
CONTROL_CLASS = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"
_CONTROL = re.compile(CONTROL_CLASS)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Copy:
    """Writes rows to the canonical copy: line, reason, then ``width`` cells.

    Parameters
    ----------
    file : TextIO
        The copy, opened with ``newline=""``.
    width : int
        Cells every row must have.
    """

    def __init__(self, file: TextIO, width: int) -> None:
        self._write = csv.writer(file, lineterminator="\n").writerow
        # Python before 3.13 leaves a lone CR unquoted
        self._write_quoted = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow
        self._width = width
        self._padding = [""] * (width - 1)
        self._wrong_width: str | None = None
        self.rows = 0
        self._fitting = False

    def add(self, line: int, row: Sequence[str], lines: int = 1) -> None:
        """Write a row, checked; ``lines`` is how many physical lines it covers."""
        if len(row) != self._width:
            reason = f"{len(row)} fields instead of {self._width}"
            if lines > 1:
                reason += f", over {lines} lines: perhaps a quote was left open"
            self._shifted(reason)
            self.bad(line, reason, row)
            return
        text = "".join(row)
        if not text.isprintable():
            if _CONTROL.search(text):
                self.bad(line, CONTROL, row)
                return
            if _SURROGATE.search(text):
                self.bad(line, NOT_DECODED, row)
                return
            self._fitting = True
            self._count()
            self._write_quoted([line, "", *row])
            return
        self._fitting = True
        self._count()
        self._write([line, "", *row])

    def bad(self, line: int, reason: str, row: Sequence[str]) -> None:
        """Write a row that cannot be read; its cells are kept together, for comparing."""
        self._count()
        together = _CONTROL.sub("\ufffd", _SURROGATE.sub("\ufffd", "\x1f".join(row)))
        self._write_quoted([line, reason, together[:MAX_FIELD], *self._padding])

    def _shifted(self, reason: str) -> None:
        self._wrong_width = self._wrong_width or reason
        if not self._fitting and self.rows + 1 >= SHIFTED_AFTER:
            self.finish()

    def _count(self) -> None:
        self.rows += 1
        if self.rows > MAX_ROWS:
            raise Refusal(f"The file has more than {MAX_ROWS:,} rows. Split it.", "file")

    def finish(self) -> None:
        """Refuse a file in which no row fits the header."""
        if not self.rows:
            raise Refusal("The file has a header and no data rows.", "file")
        if not self._fitting and self._wrong_width:
            raise Refusal(
                f"No row fits the header: the first has {self._wrong_width}. "
                "Check the separator and the header, or name the separator with --separator.",
                "separator",
            )
