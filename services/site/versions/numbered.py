"""Numbered versions in a table of the site's state: only ever added, and nobody writes over another's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, func, select
from sqlalchemy.exc import IntegrityError

from services.core.refusals import Refusal
from services.site.people.audit import What, add_within
from services.site.state import State, StateUnusable


class Overtaken(Refusal):
    """Somebody else saved a version in between.

    Parameters
    ----------
    sentence : str
    latest : object
        Their version, as it is read where it was to be saved.
    """

    def __init__(self, sentence: str, latest: Any) -> None:
        super().__init__(sentence, "save")
        self.latest = latest


class Numbered:
    """The versions in one table.

    Parameters
    ----------
    state : State
    table : Table
        Its key is what a version is of, and ``version``.
    what : What
        How the audit log calls a change.
    """

    def __init__(self, state: State, table: Table, what: What) -> None:
        self._state = state
        self._table = table
        self._what = what
        self._key = [column for column in table.primary_key if column.name != "version"]

    def add(self, kept: Mapping[str, object], who: str, name: str, how: str) -> bool:
        """Keep a version together with its row of the audit log, or neither.

        Parameters
        ----------
        kept : mapping
            The values of a row.
        who, name, how : str
            What the audit log says: who saved what, and how it came about.

        Returns
        -------
        bool
            False where that version is there already.

        Raises
        ------
        StateUnusable
        """
        try:
            with self._state.writing() as connection:
                connection.execute(self._table.insert().values(**kept))
                add_within(connection, who, self._what, name, result=how)
        except StateUnusable as fault:
            if isinstance(fault.__cause__, IntegrityError):
                return False
            raise
        return True

    def versions(self, **of: str) -> list[Row]:
        """Return the versions of one thing, newest first.

        Raises
        ------
        StateUnusable
        """
        query = select(self._table).where(self._of(of)).order_by(self._table.c.version.desc())
        with self._state.reading() as connection:
            return list(connection.execute(query))

    def latest(self, **of: str) -> list[Row]:
        """Return the newest version of each thing, or of each of some, in no order.

        Raises
        ------
        StateUnusable
        """
        newest = (
            select(*self._key, func.max(self._table.c.version).label("version"))
            .where(self._of(of))
            .group_by(*self._key)
            .subquery()
        )
        same = and_(*(column == newest.c[column.name] for column in self._table.primary_key))
        with self._state.reading() as connection:
            return list(connection.execute(select(self._table).join(newest, same)))

    def _of(self, of: Mapping[str, str]) -> ColumnElement[bool]:
        return and_(True, *(self._table.c[name] == value for name, value in of.items()))
