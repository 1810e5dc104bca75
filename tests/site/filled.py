"""Rows in every table of the site's state, whatever tables there are."""

from __future__ import annotations

from sqlalchemy import Boolean, Float, Integer, LargeBinary, select

from services.site.state import State
from services.site.state.tables import metadata


def fill(state: State) -> None:
    """Put two rows into every table, with text that is hard to write, and bytes."""
    with state.writing() as connection:
        for table in metadata.sorted_tables:
            rows = [{each.name: _value(each, number) for each in table.columns} for number in (1, 2)]
            connection.execute(table.insert(), rows)


def rows_of(state: State) -> dict[str, list[tuple]]:
    """Return all rows of all tables, by key."""
    with state.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            ]
            for table in metadata.sorted_tables
        }


def _value(column, number):
    if column.nullable and number == 2:
        return None
    if isinstance(column.type, Boolean):
        return number == 1
    if isinstance(column.type, Integer):
        return number
    if isinstance(column.type, Float):
        return number / 3
    if isinstance(column.type, LargeBinary):
        return bytes([number, 0, 255, 10]) * 8
    return f"é\n\x7f{number}"
