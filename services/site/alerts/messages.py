"""Messages about alerts that are still to arrive: tried again, ever more seldom, and given up in the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from services.site.state import State
from services.site.state.tables import alert_messages

TRIES = 8
"""How often a message is tried: the last time about an hour after the first."""
FIRST_WAIT_SECONDS = 30
"""Between the first try and the second; twice as long each time."""


@dataclass(frozen=True)
class Message:
    """One message; ``tries`` counts the one that is being made."""

    id: int
    body: str
    tries: int

    @property
    def given_up(self) -> bool:
        """Whether it was tried often enough."""
        return self.tries > TRIES


class Messages:
    """The messages of one site.

    Parameters
    ----------
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock

    def claim(self) -> Message | None:
        """Take the message that has waited longest and is due; nobody else gets it for this try.

        Whoever takes it removes it once it has arrived or is given up. If they do not, it is due again.

        Raises
        ------
        StateUnusable
        """
        now = int(self._clock())
        due = select(alert_messages).where(alert_messages.c.due_at <= now).order_by(alert_messages.c.id)
        with self._state.reading() as connection:
            row = connection.execute(due.limit(1)).first()
        if row is None:
            return None
        taken = (
            update(alert_messages)
            .where(alert_messages.c.id == row.id, alert_messages.c.tries == row.tries)
            .values(tries=row.tries + 1, due_at=now + FIRST_WAIT_SECONDS * 2**row.tries)
        )
        with self._state.writing() as connection:
            mine = connection.execute(taken).rowcount == 1
        return Message(row.id, row.body, row.tries + 1) if mine else None

    def remove(self, message: Message) -> None:
        """Remove a message that arrived or is given up.

        Raises
        ------
        StateUnusable
        """
        with self._state.writing() as connection:
            connection.execute(delete(alert_messages).where(alert_messages.c.id == message.id))
