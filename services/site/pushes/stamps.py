"""What asking for a push and sending one share: the site's records, a clock, and who may be sent by now."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Connection

from services.site.people import audit
from services.site.people.audit import What
from services.site.state import State

_CHANGING = (What.OPT_OUT, What.CONTACTS, What.ERASURE, What.BACKUP)


def stamp_within(connection: Connection) -> str:
    """Return a text that differs after each change of who may be sent, or of their addresses."""
    return audit.stamp_within(connection, _CHANGING)


class Stamped:
    """The pushes of one site.

    Parameters
    ----------
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock

    def stamp(self) -> str:
        """Return what ``ask`` and ``begin`` are given; taken before anybody looks up who may be sent.

        It differs after each change of who may be sent, or of their addresses.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return stamp_within(connection)
