"""The canonical copy: UTF-8, every row of a file with its line and, where it is bad, the reason."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Sequence
from typing import TextIO

from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.training.reading.files.heading import is_comment

MAX_FIELD = 10_000
MAX_RECORD = 1_000_000
MAX_ROWS = 50_000_000

#: Rows at the end that are looked at for totals.
LAST = 10

#: If so many rows at the start all have a wrong number of fields, the columns are shifted.
SHIFTED_AFTER = 1_000

#: Why a row is bad, as it stands beside it: in English.
LONG_RECORD = later("a row longer than {most} characters").text.format(most=f"{MAX_RECORD:,}")
OVER_LONG = later("a field is longer than {most} characters").text.format(most=f"{MAX_FIELD:,}")
CONTROL = later("control characters").text
NOT_DECODED = later("bytes that do not fit the encoding").text
_WRONG_WIDTH = later("{found} fields instead of {width}").text
_QUOTE_OPEN = later(
    "{found} fields instead of {width}, over {lines} lines: perhaps a quote was left open"
).text

#: The class of characters no cell may hold; tabs and line breaks are allowed.
CONTROL_CLASS = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]"
_CONTROL = re.compile(CONTROL_CLASS)

#: A control character, so no cell of a good row holds it.
COPY_SEPARATOR = "\x1f"
_LEAD = COPY_SEPARATOR * 3
_SURROGATE = re.compile("[\ud800-\udfff]")


def too_long(line: int) -> Refusal:
    """Return what a file is refused with of which one line is longer than a row may be."""
    return Refusal(
        _("Line {line} is longer than {most} characters.", line=number(line), most=number(MAX_RECORD)), "file"
    )


class Copy:
    """Writes rows to the canonical copy: line, reason, whether a row is odd, then ``width`` cells.

    A row is odd when it holds a character that is not printable, such as a tab or a hard blank.

    Parameters
    ----------
    file : TextIO
        The copy, opened with ``newline=""``.
    width : int
        Cells every row must have.
    header : sequence of str, optional
        A row that equals it is none, as where files were put together or a print-out was saved.

    Attributes
    ----------
    rows : int
        Rows written.
    again : int
        How often the header stood again.
    suspicious : int
        Rows set aside in which a quote may be the reason.
    last : deque of (int, sequence of str)
        Lines and cells of the last good rows, which may be totals.
    """

    def __init__(self, file: TextIO, width: int, header: Sequence[str] | None = None) -> None:
        self._write = file.write
        self._write_quoted = csv.writer(
            file, delimiter=COPY_SEPARATOR, lineterminator="\n", quoting=csv.QUOTE_ALL
        ).writerow
        self._width = width
        self._padding = [""] * (width - 1)
        self._wrong: tuple[int, int] | None = None
        self._fitting = False
        self._header = header
        self.rows = 0
        self.again = 0
        self.suspicious = 0
        self.last: deque[tuple[int, Sequence[str]]] = deque(maxlen=LAST)

    def add(self, line: int, row: Sequence[str], lines: int = 1) -> None:
        """Write a row, checked; ``lines`` is how many physical lines it covers.

        A row of blanks is none. Cells that a row leaves out at its end are blank, and blank ones beyond the
        last column are no fault.
        """
        if not any(map(str.strip, row)):
            return
        if row == self._header:
            self.again += 1
            return
        if len(row) != self._width:
            fitting = self._fitted(line, row, lines)
            if fitting is None:
                return
            row = fitting
        text = "".join(row)
        odd = not text.isprintable()
        if odd and _CONTROL.search(text):
            self.bad(line, CONTROL, row)
        elif odd and _SURROGATE.search(text):
            self.bad(line, NOT_DECODED, row)
        elif len(text) > MAX_RECORD:
            self.bad(line, LONG_RECORD, row)
        else:
            self._fitting = True
            self._count()
            self.last.append((line, row))
            if odd or '"' in text:
                self._write_quoted([line, "", "1" if odd else "", *row])
            else:  # the writer would take as long as all the rest of the reading
                self._write(f"{line}{_LEAD}{COPY_SEPARATOR.join(row)}\n")

    def add_run(self, line: int, count: int, run: str, separator: str) -> None:
        """Write lines that are rows as they stand, see ``services.training.reading.files.blocks.Plain``.

        Parameters
        ----------
        line : int
            Number of the first.
        count : int
            How many there are.
        run : str
            The lines, each ending in a line feed.
        separator : str
            What parts their cells.
        """
        self._fitting = True
        self._count(count)
        rows = run.replace(separator, COPY_SEPARATOR).split("\n")
        rows.pop()
        self._write("".join([f"{at}{_LEAD}{row}\n" for at, row in enumerate(rows, line)]))
        for at in range(max(count - LAST, 0), count):
            self.last.append((line + at, rows[at].split(COPY_SEPARATOR)))

    def _fitted(self, line: int, row: Sequence[str], lines: int) -> Sequence[str] | None:
        """Give a row its width, unless it is a comment, or one that has to be set aside."""
        if lines == 1:
            if is_comment(row):
                return None
            if not any(map(str.strip, row[self._width :])):
                return [*row[: self._width], *[""] * (self._width - len(row))]
        self._shifted(len(row), lines)
        reason = _QUOTE_OPEN if lines > 1 else _WRONG_WIDTH
        self.suspicious += any("'" in cell or '"' in cell for cell in row)
        self.bad(line, reason.format(found=len(row), width=self._width, lines=lines), row)
        return None

    def bad(self, line: int, reason: str, row: Sequence[str]) -> None:
        """Write a row that cannot be read; its cells are kept together, for comparing."""
        self._count()
        together = _CONTROL.sub("\ufffd", _SURROGATE.sub("\ufffd", "|".join(row)))
        self._write_quoted([line, reason, "", together[:MAX_FIELD], *self._padding])

    @property
    def warnings(self) -> list[str]:
        """Say that the header stood again."""
        if not self.again:
            return []
        return [
            plural(
                "{n} row that repeats the header was skipped.",
                "{n} rows that repeat the header were skipped.",
                self.again,
                n=number(self.again),
            )
        ]

    def _shifted(self, found: int, lines: int) -> None:
        self._wrong = self._wrong or (found, lines)
        if not self._fitting and self.rows + 1 >= SHIFTED_AFTER:
            self.finish()

    def _count(self, rows: int = 1) -> None:
        self.rows += rows
        if self.rows > MAX_ROWS:
            most = number(MAX_ROWS)
            raise Refusal(_("The file has more than {most} rows. Split it.", most=most), "file")

    def finish(self) -> None:
        """Refuse a file in which no row fits the header."""
        if not self.rows:
            raise Refusal(_("The file has a header and no data rows."), "file")
        if not self._fitting and self._wrong:
            way = _("Check the separator and the header, or name the separator with --separator.")
            raise Refusal(f"{self._none_fits(*self._wrong)} {way}", "separator", option="--separator")

    def _none_fits(self, found: int, lines: int) -> str:
        if lines == 1:
            return _(
                "No row fits the header: the first has {found} fields instead of {width}.",
                found=found,
                width=self._width,
            )
        return _(
            "No row fits the header: the first has {found} fields instead of {width}, over {lines} lines: "
            "perhaps a quote was left open.",
            found=found,
            width=self._width,
            lines=lines,
        )
