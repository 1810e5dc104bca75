"""The pushes that are due, and how each goes on: taken by one worker, request by request.

A push is a row. Who took it last may go on with it; before a request is handed over the row says so, so that
of a worker that was killed it is known that the request may have arrived. It is sent again, under its key.
"""

from __future__ import annotations

from contextlib import suppress
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, Update, delete, func, or_, select, update

from services.core.language.messages import later
from services.site.pushes.ending import IDS, OF, end_within, remove_members
from services.site.pushes.push import Push, Stage, push_of
from services.site.pushes.stamps import Stamped, stamp_within
from services.site.state import StateUnusable
from services.site.state.tables import push_members, pushes

FIRST_WAIT_SECONDS = 30
"""Between the first try and the second; twice as long each time, up to an hour."""
LONGEST_WAIT_SECONDS = 3_600
OPEN_SECONDS = 86_400
"""How long after it was asked for a push is tried."""
LEASE_SECONDS = 600
"""After so long somebody who took a push and said nothing counts as gone; a request takes far less."""
LATE = later("It was not sent within a day.")


class Begun(Enum):
    """Whether a request may be handed over."""

    YES = "yes"
    CHANGED = "changed"
    """Not as it is written: somebody opted out, was erased, or has another contact by now."""
    LOST = "lost"
    """Not by this worker: somebody else has the push, or it has ended."""


class Sending(Stamped):
    """The pushes of one site that are still to be sent."""

    def due(self) -> bool:
        """Say whether a push waits whose time has come, or whose worker is gone.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return self._first_due(connection) is not None

    def claim(self) -> Push | None:
        """Take the push that is due and was taken least often; nobody else gets it meanwhile.

        One that ends whoever takes it, such as for its size, does not keep the others waiting.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            row = self._first_due(connection)
        if row is None:
            return None
        mine = update(pushes).where(OF.id == row.id, OF.claims == row.claims, OF.state == row.state)
        values = {"state": Stage.SENDING.value, "claims": row.claims + 1, "taken_at": int(self._clock())}
        return self._changed(mine.values(**values))

    def is_late(self, push: Push) -> bool:
        """Whether it was asked for so long ago that it is not sent any more."""
        return self._clock() - push.asked_at.timestamp() > OPEN_SECONDS

    def ids(self, push: Push) -> list[str]:
        """Return the customers of the next request, as far as they were not erased, always in one order.

        Raises
        ------
        StateUnusable
        """
        of_it = select(IDS.customer_id).where(IDS.push_id == push.id, IDS.batch == push.next_batch)
        with self._state.reading() as connection:
            return list(connection.execute(of_it.order_by(IDS.customer_id)).scalars())

    def begin(self, push: Push, contacts: int, stamp: str) -> Begun:
        """Note that a request is handed over now, as it was written at a stamp.

        Raises
        ------
        StateUnusable
        """
        values = {"open": max(contacts, push.open), "taken_at": int(self._clock())}
        with self._state.writing() as connection:
            if stamp_within(connection) != stamp:
                return Begun.CHANGED
            return Begun.YES if connection.execute(_mine(push).values(**values)).rowcount else Begun.LOST

    def accepted(self, push: Push, contacts: int) -> Push | None:
        """Note that a request was taken, with so many contacts; 0 where nobody was left to be sent.

        Parameters
        ----------
        push : Push
            As it was before :meth:`begin`.
        contacts : int

        Returns
        -------
        Push or None
            As it is then; None where it is somebody else's.

        Raises
        ------
        StateUnusable
        """
        counts = {
            "accepted": push.accepted + contacts,
            "unsure": push.unsure + max(push.open - contacts, 0),
        }
        return self._over(push, max(contacts, push.open), counts)

    def refused(self, push: Push, contacts: int, why: str) -> Push | None:
        """Note that a request will not be taken, whoever tries again; the push goes on. As ``accepted``."""
        counts = {
            "refused": push.refused + max(contacts - push.open, 0),
            "unsure": push.unsure + push.open,
            "reason": why,
        }
        return self._over(push, max(contacts, push.open), counts)

    def later(self, push: Push, contacts: int, why: str, *, perhaps: bool, after: int = 0) -> Push | None:
        """Note that a request was not taken, and may be later: the push waits, or ends where it is too late.

        Parameters
        ----------
        push : Push
            As it was before :meth:`begin`.
        contacts : int
        why : str
        perhaps : bool
            Whether it may have arrived.
        after : int
            How many seconds the receiver asks to wait for.
        """
        now = int(self._clock())
        wait = min(FIRST_WAIT_SECONDS * 2 ** min(push.failures, 10), LONGEST_WAIT_SECONDS)
        due_at = now + max(wait, after)
        values = {
            "state": Stage.WAITING.value,
            "failures": push.failures + 1,
            "due_at": due_at,
            "open": max(contacts, push.open) if perhaps else push.open,
            "reason": why,
        }
        with self._state.writing() as connection:
            row = connection.execute(_mine(push).values(**values).returning(pushes)).first()
            if row is None:
                return None
            found = push_of(row)
            if due_at - push.asked_at.timestamp() > OPEN_SECONDS:
                found = end_within(connection, found, why, now)
        return self._emptied(found)

    def stop(self, push: Push, why: str) -> Push | None:
        """End a push of which nothing more will be taken; ``push`` as it was before :meth:`begin`."""
        with self._state.writing() as connection:
            mine = _mine(push).values(open=push.open).returning(pushes)
            row = connection.execute(mine).first()
            if row is None:
                return None
            found = end_within(connection, push_of(row), why, int(self._clock()))
        return self._emptied(found)

    def leave(self, push: Push) -> Push | None:
        """Give a push back between two requests, to be gone on with at once."""
        return self._changed(_mine(push).values(state=Stage.WAITING.value, due_at=int(self._clock())))

    def _first_due(self, connection: Connection) -> Row[Any] | None:
        now = int(self._clock())
        waits = (OF.state == Stage.WAITING.value) & (OF.due_at <= now)
        is_gone = (OF.state == Stage.SENDING.value) & (OF.taken_at < now - LEASE_SECONDS)
        first = select(pushes).where(or_(waits, is_gone)).order_by(OF.claims, OF.id)
        return connection.execute(first.limit(1)).first()

    def _over(self, push: Push, told: int, counts: dict[str, Any]) -> Push | None:
        """Leave a request behind, of which so many contacts are counted already."""
        now = int(self._clock())
        of_it = (IDS.push_id == push.id) & (IDS.batch == push.next_batch)
        with self._state.writing() as connection:
            customers = connection.execute(select(func.count()).where(of_it)).scalar_one()
            values = {
                **counts,
                "next_batch": push.next_batch + 1,
                "failures": 0,
                "left_out": push.left_out + max(customers - told, 0),
                "open": 0,
                "taken_at": now,
            }
            row = connection.execute(_mine(push).values(**values).returning(pushes)).first()
            if row is None:
                return None
            connection.execute(delete(push_members).where(of_it))
            found = push_of(row)
            return end_within(connection, found, None, now) if found.next_batch == found.batches else found

    def _emptied(self, push: Push) -> Push:
        """Remove who is left of a push that has ended."""
        if not push.is_open:
            with suppress(StateUnusable):  # whoever asks for one next, or sweeps, goes on
                remove_members(self._state, push.id)
        return push

    def _changed(self, change: Update) -> Push | None:
        with self._state.writing() as connection:
            row = connection.execute(change.returning(pushes)).first()
        return None if row is None else push_of(row)


def _mine(push: Push) -> Update:
    """Return a change of a row that is still with who took it."""
    # the key, too: after a restore another push may have the number
    held = (OF.id == push.id, OF.key == push.key, OF.claims == push.claims)
    return update(pushes).where(*held, OF.state == Stage.SENDING.value)
