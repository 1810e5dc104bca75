"""Rows below the data that are no sales: sums, and notes such as the day of the export."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.text.column_names import plain
from services.training.reading.columns.headers import Columns, Schema

#: Why such a row is not read; it names no role of a column.
BELOW = later("a total or a note below the rows").text

#: Roles that a sum may have.
_SUMMED = frozenset({"quantity", "price", "amount", "discount", "order_total", "frequency", "monetary"})


def totals_in(last: Iterable[tuple[int, Sequence[str]]], columns: Columns, schema: Schema) -> list[int]:
    """Name the rows at the end of a table that are no data.

    Such a row is called Total or the like; or it has neither a date nor a figure, as a note has; or, where
    only the very last row is so, it holds nothing but figures that can be summed.

    Parameters
    ----------
    last : iterable of (int, sequence of str)
        Lines and cells of the last rows, in the file's order.
    columns : Columns
    schema : Schema
        Its ``figure`` is blank in a sum.

    Returns
    -------
    list of int
        Lines.
    """
    rows = list(last)
    summed = _places(columns, _SUMMED)
    dates = _places(columns, {schema.figure})
    known = bool(summed and dates)
    found: list[int] = []
    while rows:
        line, cells = rows.pop()
        filled = _filled(cells)
        note = known and "date" in schema.roles and not filled & (summed | dates)
        sums = known and not found and filled <= summed and not (rows and _filled(rows[-1][1]) == filled)
        if not (note or sums or _is_called_total(cells, filled, dated=bool(filled & dates))):
            break
        found.append(line)
    return sorted(found)


def _places(columns: Columns, roles: Collection[str]) -> set[int]:
    """Give where roles stand, or may stand."""
    found = {columns.roles[role] for role in roles if role in columns.roles}
    return found.union(*(columns.rivals.get(role, []) for role in roles))


def said(lines: Sequence[int]) -> list[str]:
    """Say which rows were taken for sums and notes."""
    if not lines:
        return []
    if len(lines) == 1:
        return [
            _(
                "The last row, line {line}, is a total or a note, not a sale, and was left out.",
                line=number(lines[0]),
            )
        ]
    return [
        plural(
            "The last {n} row, from line {line} on, is a total or a note, not a sale, and was left out.",
            "The last {n} rows, from line {line} on, are totals or notes, not sales, and were left out.",
            len(lines),
            line=number(lines[0]),
        )
    ]


def _filled(cells: Sequence[str]) -> set[int]:
    return {at for at, cell in enumerate(cells) if cell.strip()}


def _is_called_total(cells: Sequence[str], filled: set[int], *, dated: bool) -> bool:
    """Whether the first cell, or in a row without a date any cell, is a word for a sum."""
    names = [re.sub(r"\d", "", plain(cells[at])) for at in sorted(filled)]
    return names[0] in _words() or not (dated or _words().isdisjoint(names))


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    listed = tomllib.loads(Path(__file__).with_name("totals.toml").read_text("utf-8"))
    return frozenset(plain(word) for word in listed["words"])
