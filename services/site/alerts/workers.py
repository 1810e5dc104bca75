"""Which workers live: each says so every few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from services.site.state import State
from services.site.state.tables import workers

_FORGOTTEN_SECONDS = 24 * 60 * 60


class Workers:
    """The workers of one site.

    Parameters
    ----------
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock

    def beat(self, name: str) -> None:
        """Say that a worker lives.

        Parameters
        ----------
        name : str
            Its own, 64 characters at most.

        Raises
        ------
        StateUnusable
        """
        now = int(self._clock())
        with self._state.writing() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            row = dialect.insert(workers).values(name=name, seen_at=now)
            connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"seen_at": now}))
            connection.execute(delete(workers).where(workers.c.seen_at < now - _FORGOTTEN_SECONDS))

    def gone(self, name: str) -> None:
        """Say that a worker ends.

        Raises
        ------
        StateUnusable
        """
        with self._state.writing() as connection:
            connection.execute(delete(workers).where(workers.c.name == name))

    def seen_at(self) -> datetime | None:
        """Return when a worker was last heard of, UTC; None where none was in the last day.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            last = connection.execute(select(func.max(workers.c.seen_at))).scalar()
        return None if last is None else datetime.fromtimestamp(last, UTC)
