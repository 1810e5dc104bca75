"""Which row of a table is its header: titles, comments and blank rows may stand above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.core.text.column_names import plain
from services.training.reading.columns import headers
from services.training.reading.columns.headers import Columns, Schema

#: Rows among which the header is looked for.
LOOKED_AT = 100

#: A figure or a date with digits alone, which no column is called by.
_FIGURE = re.compile(r"[^\w]*\d[\d\s.,:/'%+-]*[^\w]*")
_RULE = re.compile(r":?(-{2,}|={2,}|_{2,}|─{2,}):?")
_SEPARATOR_LINE = re.compile(r'"?sep=', re.IGNORECASE)

#: So many known names make a header of a row even where another name is a number, such as a year.
_KNOWN = 2

_ONE = later(
    "Line {line} stands above the header and was skipped; --header-row names another line as the header."
)
_ONE_GIVEN = later("Line {line} stands above the header and was skipped.")


@dataclass(frozen=True)
class Row:
    """A row: where it stands, its cells, and where they cannot be relied on, why it is no header."""

    line: int
    cells: Sequence[str]
    fault: str | None = None


@dataclass(frozen=True)
class Heading:
    """Where a table begins.

    Attributes
    ----------
    columns : Columns
    first : int
        Place of the first row of data among the rows looked at.
    header : sequence of str or None
        The cells of the header; None where there is none.
    skipped : list of int
        Lines above the header that hold something other than a line ``sep=``.
    given : bool
        Whether a person said which line is the header.
    """

    columns: Columns
    first: int
    header: Sequence[str] | None
    skipped: list[int]
    given: bool = False

    @property
    def warnings(self) -> list[str]:
        """Say what was skipped."""
        if not self.skipped:
            return []
        if len(self.skipped) == 1:
            said = _ONE_GIVEN if self.given else _ONE
            return [said(line=number(self.skipped[0]))]
        several, first, last = map(number, (len(self.skipped), self.skipped[0], self.skipped[-1]))
        if self.given:
            return [
                plural(
                    "{n} line, {first} to {last}, stands above the header and was skipped.",
                    "{n} lines, {first} to {last}, stand above the header and were skipped.",
                    len(self.skipped),
                    n=several,
                    first=first,
                    last=last,
                )
            ]
        return [
            plural(
                "{n} line, {first} to {last}, stands above the header and was skipped; --header-row names "
                "another line as the header.",
                "{n} lines, {first} to {last}, stand above the header and were skipped; --header-row names "
                "another line as the header.",
                len(self.skipped),
                n=several,
                first=first,
                last=last,
            )
        ]


def find(
    rows: Sequence[Row], options: Mapping[str, str | int], schema: Schema, header_row: int | None = None
) -> Heading:
    """Find the header among the first rows, and give the columns their roles.

    Parameters
    ----------
    rows : sequence of Row
        The first that are not blank, ``LOOKED_AT`` of them where the table has as many.
    options : mapping
        Roles the user gave to names or positions.
    schema : Schema
    header_row : int, optional
        The line that is the header, where the user says so.

    Raises
    ------
    Refusal
        If there is no row, the header cannot be read, or the columns do not do.
    """
    if not rows:
        raise Refusal(_("The file is empty."), "file")
    at = place(rows, options, schema, header_row)
    row = rows[at]
    if row.fault:
        raise Refusal(row.fault, "file")
    cells = list(row.cells)
    try:
        columns = headers.match(cells, options, schema)
    except headers.MissingColumns as refusal:
        if "customer" in refusal.missing:
            _refuse_headings(rows[at + 1 :])
        raise
    named = header_row is not None or headers.has_header(cells, options, schema)
    skipped = [above.line for above in rows[:at] if not _tells_separator(above.cells)]
    return Heading(
        columns, at + 1 if named else at, cells if named else None, skipped, header_row is not None
    )


def _refuse_headings(below: Sequence[Row]) -> None:
    """Refuse a report that has customers as headings above their rows.

    Raises
    ------
    Refusal
        If rows of one cell that is no figure stand above rows whose first cell is blank.
    """
    headings = [
        row
        for row, after in pairwise(below)
        if _width(row.cells) == 1
        and not _FIGURE.fullmatch(row.cells[0].strip())
        and not after.cells[0].strip()
        and _width(after.cells) > 1
    ]
    if headings:
        first = headings[0]
        said = _(
            "No column was found for customer. Customer names seem to be headings above the rows, such as "
            "“{name}” in line {line}; such a report cannot be read. Export a list with the customer in a "
            "column of its own, filled in on every row.",
            name=first.cells[0].strip()[:40],
            line=number(first.line),
        )
        raise Refusal(said, "file")


def place(
    rows: Sequence[Row], options: Mapping[str, str | int], schema: Schema, header_row: int | None = None
) -> int:
    """Say which of the rows is the header, or the first row of data where there is none.

    The row that names most roles, among those that hold names alone; of equals the one that is as wide as
    most rows, then the first.
    """
    if header_row is not None:
        at = next((at for at, row in enumerate(rows) if row.line == header_row), None)
        if at is None:
            raise Refusal(
                _(
                    "Line {line} cannot be the header: it is blank, or not among the first {most} rows.",
                    line=number(header_row),
                    most=LOOKED_AT,
                ),
                "header_row",
                option="--header-row",
            )
        return at
    places = headers.positions(options)
    if places is None and not headers.has_header(rows[0].cells, options, schema):
        return 0
    if places is not None:
        return next((at for at, row in enumerate(rows) if len(row.cells) > max(places.values())), 0)
    given = {plain(str(value)) for value in options.values() if not str(value).isdecimal()} - {""}
    usual = Counter(_width(row.cells) for row in rows).most_common(1)[0][0]
    best, at = (0, False), None
    for here, row in enumerate(rows):
        if is_data(row.cells):
            continue
        known = headers.roles_in(row.cells, schema) + sum(plain(cell) in given for cell in row.cells)
        judged = known, _width(row.cells) == usual
        if judged > best and not row.fault and _may_name(row.cells, known, usual):
            best, at = judged, here
    return at or 0


def is_comment(cells: Sequence[str]) -> bool:
    """Whether a row is a comment: one cell alone, which begins with ``#``."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) == 1 and filled[0].lstrip().startswith("#")


def is_rule(cells: Sequence[str]) -> bool:
    """Whether a row is a line of dashes, as programs of databases draw it below the names of columns."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 1 and all(_RULE.fullmatch(cell) for cell in filled)


def is_data(cells: Sequence[str]) -> bool:
    """Whether more than a third of a row are figures, so that its names need not be looked up."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return 3 * sum(bool(_FIGURE.fullmatch(cell)) for cell in filled) > len(filled)


def _may_name(cells: Sequence[str], known: int, usual: int) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < min(2, usual) or is_comment(cells):
        return False
    return known >= _KNOWN or not any(_FIGURE.fullmatch(cell) for cell in filled)


def _width(cells: Sequence[str]) -> int:
    """Count the cells up to the last one that is not blank."""
    return max((at for at, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _tells_separator(cells: Sequence[str]) -> bool:
    return bool(cells) and bool(_SEPARATOR_LINE.match(cells[0]))
