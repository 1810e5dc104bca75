"""Columns that hold nothing give way to the next that fits."""

from __future__ import annotations

from collections.abc import Mapping

from services.core.language.messages import later
from services.core.text.customer_ids import BLANKS
from services.training.lines.engine import Engine
from services.training.reading.cells.typed import Row
from services.training.reading.columns.headers import match_without
from services.training.reading.columns.schema import Columns, Schema
from services.training.reading.settling.rivals import pair_of

#: Rows that show of nearly every column that it holds something.
_FIRST = 2_000

#: Roles that a column with 0 in every row plays for nobody.
_MONEY = {
    "amount": later("The column “{column}” is 0 in every row, so “{other}” is the money."),
    "price": later("The column “{column}” is 0 in every row, so “{other}” is the price."),
    "order_total": later("The column “{column}” is 0 in every row, so “{other}” is the order's total."),
}
_FIRST_IS_MEANT = later("If the first is meant, add --columns {pair}.")


def pass_over(
    engine: Engine, source: str, row: Row, columns: Columns, schema: Schema
) -> tuple[Columns, list[str]]:
    """Give the roles of columns that are blank in every row, or of money that is 0 there, to others that fit.

    Parameters
    ----------
    engine : Engine
    source : str
        A FROM clause.
    row : Row
        What to take from it.
    columns : Columns
        As the names tell them.
    schema : Schema

    Returns
    -------
    tuple of Columns and list of str
        The roles as they are then, and what is to be said of columns of zeros.
    """
    if columns.layout and not columns.layout.identified_by:
        return columns, []
    found: set[int] = set()
    changed = columns
    while new := _empty(engine, source, row, changed, found):
        found |= new
        changed = match_without(columns, found, schema)
    return changed, _said(engine, source, row, columns, changed)


def leaves_out(engine: Engine, source: str, row: Row, place: int) -> bool:
    """Say whether a column is blank in some row."""
    return _any(engine, source, row, f"NOT ({_filled(row, place)})")


def _empty(engine: Engine, source: str, row: Row, columns: Columns, known: set[int]) -> set[int]:
    places = {
        (place, role in _MONEY)
        for role, found in columns.roles.items()
        for place in [found, *columns.rivals.get(role, [])]
        if role not in columns.given and place not in known
    }
    tests = {place: _paid(row, place) if money else _filled(row, place) for place, money in sorted(places)}
    return {
        place for place in _unseen(engine, source, row, tests) if not _any(engine, source, row, tests[place])
    }


def _unseen(engine: Engine, source: str, row: Row, tests: Mapping[int, str]) -> list[int]:
    """Give the columns of which no test holds in the first rows, which are looked at once for all."""
    if not tests:
        return []
    seen = ", ".join(f"bool_or({test})" for test in tests.values())
    found = engine.execute(
        f"SELECT {seen} FROM (SELECT * FROM {source} LIMIT {_FIRST}) WHERE {row.bad} = ''"
    ).fetchone()
    return [place for place, holds in zip(tests, found or (), strict=True) if not holds]


def _filled(row: Row, place: int) -> str:
    return f"trim({row.cells[place]}, '{BLANKS}') <> ''"


def _paid(row: Row, place: int) -> str:
    return f"regexp_matches(regexp_replace({row.cells[place]}, '[^\\pN]', '', 'g'), '[^0]')"


def _any(engine: Engine, source: str, row: Row, test: str) -> bool:
    # the first row that has it ends the search
    found = engine.execute(f"SELECT 1 FROM {source} WHERE {row.bad} = '' AND {test} LIMIT 1").fetchone()
    return found is not None


def _said(engine: Engine, source: str, row: Row, before: Columns, after: Columns) -> list[str]:
    said = []
    for role, zeros in _MONEY.items():
        place, now = before.roles.get(role), after.roles.get(role)
        if place is None or now in (None, place) or not _any(engine, source, row, _filled(row, place)):
            continue
        told = zeros(column=before.names[place], other=before.names[now])
        said.append(f"{told} {_FIRST_IS_MEANT(pair=pair_of(role, before.names, place))}")
    return said
