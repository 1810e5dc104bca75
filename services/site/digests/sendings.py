"""What became of each digest: whose row it is may send it, and it is sent at most once.

A period of a subscription is one row, which two workers cannot both insert. It is taken before anything
goes out; what was not accepted is tried again, and of what may have arrived nobody tries again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Update, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.site.digests.reasons import GONE
from services.site.people.audit import What, add_within
from services.site.state import State
from services.site.state.tables import digest_sendings, digest_subscriptions

if TYPE_CHECKING:
    from services.site.digests.subscriptions import Subscription

TRIES = 8
"""How often a digest is tried that nobody accepted: the last time about two hours after the first."""
FIRST_WAIT_SECONDS = 60
"""Between the first try and the second; twice as long each time."""
LEASE_SECONDS = 600
"""After so long somebody who took a digest and said nothing counts as gone; a try takes far less."""
KEPT_DAYS = 100
"""How long what became of a digest is kept."""
_OF = digest_sendings.c


class Stage(StrEnum):
    """What became of a digest."""

    BEGUN = "begun"
    """None was sent: the row marks what had been due before it was asked for."""
    SENDING = "sending"
    WAITING = "waiting"
    """Nobody accepted it yet; it is tried again."""
    SENT = "sent"
    FAILED = "failed"
    """Nobody accepted it, and it is given up."""
    UNKNOWN = "unknown"
    """It may have arrived; nobody tries again."""


@dataclass(frozen=True)
class Sending:
    """One digest of one period.

    Attributes
    ----------
    id, subscription_id : int
    period : str
        The day on which it was due, ISO 8601.
    state : Stage
    tries : int
        The one under way is counted.
    taken_at : datetime
        When it was tried last; as the others, UTC.
    due_at, ended_at : datetime or None
    reason : str or None
        Why it did not arrive, or why that is not known; in English, said again where it is shown.
    release : str
        What it told of; empty without one.
    data_to : str or None
        The last day of its data, ISO 8601.
    """

    id: int
    subscription_id: int
    period: str
    state: Stage
    tries: int
    taken_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    reason: str | None
    release: str
    data_to: str | None

    @property
    def is_lost(self) -> bool:
        """Whether its worker is gone, and nobody noted that yet."""
        return self.state is Stage.UNKNOWN and self.ended_at is None


class Sendings:
    """The digests of one site that were sent, or were to be.

    Parameters
    ----------
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock

    def of_each(self) -> dict[int, list[Sending]]:
        """Return what became of the digests of each subscription, the latest period first.

        Of one whose worker is gone it is said that it is not known, whether or not that is noted yet.

        Raises
        ------
        StateUnusable
        """
        found: dict[int, list[Sending]] = {}
        with self._state.reading() as connection:
            for row in connection.execute(select(digest_sendings).order_by(_OF.period.desc())):
                found.setdefault(row.subscription_id, []).append(self._as_known(_sending(row)))
        return found

    def begin(self, subscription_id: int, period: date) -> None:
        """Mark that nothing which was due up to a day is to be sent.

        Raises
        ------
        StateUnusable
        """
        with self._state.writing() as connection:
            begin(connection, subscription_id, period, int(self._clock()))

    def claim(
        self, subscription_id: int, period: date, again: Sending | None, release: str, data_to: date | None
    ) -> Sending | None:
        """Take a digest to send it; None where somebody else did, or nobody wants it any more.

        Parameters
        ----------
        subscription_id : int
        period : date
            The day on which it is due.
        again : Sending, optional
            A try before that nobody accepted.
        release : str
            What it tells of; empty without one.
        data_to : date or None

        Raises
        ------
        StateUnusable
        """
        now = int(self._clock())
        taken = {
            "state": Stage.SENDING.value,
            "taken_at": now,
            "due_at": None,
            "release": release,
            "data_to": data_to and data_to.isoformat(),
        }
        wanted = select(digest_subscriptions.c.id).where(digest_subscriptions.c.id == subscription_id)
        with self._state.writing() as connection:
            if connection.execute(wanted).first() is None:
                return None
            if again is not None:
                mine = update(digest_sendings).where(
                    _OF.id == again.id, _OF.state == Stage.WAITING.value, _OF.tries == again.tries
                )
                row = connection.execute(
                    mine.values(**taken, tries=again.tries + 1).returning(digest_sendings)
                ).first()
            else:
                row = _inserted(
                    connection,
                    {"subscription_id": subscription_id, "period": period.isoformat(), "tries": 1, **taken},
                )
                if row is not None:
                    _leave_behind(connection, subscription_id, period, now)
        return None if row is None else _sending(row)

    def sent(self, sending: Sending, to: Subscription) -> Stage:
        """Note that a digest was accepted, and return that.

        Raises
        ------
        StateUnusable
        """
        return self._end(sending, to, Stage.SENT, None)

    def unknown(self, sending: Sending, to: Subscription, why: str) -> Stage:
        """Note that a digest may have arrived: it is not sent again. As :meth:`sent`."""
        return self._end(sending, to, Stage.UNKNOWN, why)

    def refused(self, sending: Sending, to: Subscription, why: str) -> Stage:
        """Note that a digest was not accepted: it is tried again, or given up. As :meth:`sent`."""
        if sending.tries >= TRIES:
            return self._end(sending, to, Stage.FAILED, why)
        wait = FIRST_WAIT_SECONDS * 2 ** (sending.tries - 1)
        values = {"state": Stage.WAITING.value, "due_at": int(self._clock()) + wait, "reason": why}
        with self._state.writing() as connection:
            connection.execute(_mine(sending).values(**values))
        return Stage.WAITING

    def lost(self, sending: Sending, to: Subscription) -> bool:
        """Note of a digest whose worker is gone that it may have arrived; return whether nobody else did.

        Raises
        ------
        StateUnusable
        """
        return self._noted(sending, to, Stage.UNKNOWN, GONE.text)

    def _as_known(self, sending: Sending) -> Sending:
        silent = self._clock() - sending.taken_at.timestamp()
        if sending.state is not Stage.SENDING or silent <= LEASE_SECONDS:
            return sending
        return replace(sending, state=Stage.UNKNOWN, reason=GONE.text)

    def _end(self, sending: Sending, to: Subscription, state: Stage, why: str | None) -> Stage:
        self._noted(sending, to, state, why)
        return state

    def _noted(self, sending: Sending, to: Subscription, state: Stage, why: str | None) -> bool:
        values = {"state": state.value, "ended_at": int(self._clock()), "reason": why}
        with self._state.writing() as connection:
            changed = connection.execute(_mine(sending).values(**values)).rowcount == 1
            if changed:
                add_within(
                    connection,
                    to.account,
                    What.DIGEST,
                    to.logged,
                    release=sending.release,
                    result=state.value,
                )
        return changed


def begin(connection: Connection, subscription_id: int, period: date, now: int) -> None:
    """Mark in a transaction that is open that nothing which was due up to a day is to be sent."""
    values = {
        "subscription_id": subscription_id,
        "period": period.isoformat(),
        "state": Stage.BEGUN.value,
        "tries": 0,
        "taken_at": now,
        "ended_at": now,
        "release": "",
    }
    _inserted(connection, values)


def _leave_behind(connection: Connection, subscription_id: int, period: date, now: int) -> None:
    """Give up what nobody accepted before the next one became due, and forget what was long ago."""
    own = _OF.subscription_id == subscription_id
    given_up = {"state": Stage.FAILED.value, "due_at": None, "ended_at": now}
    waiting = update(digest_sendings).where(own, _OF.state == Stage.WAITING.value)
    connection.execute(waiting.values(**given_up))
    long_ago = (period - timedelta(days=KEPT_DAYS)).isoformat()
    connection.execute(delete(digest_sendings).where(own, _OF.period < long_ago))


def _mine(sending: Sending) -> Update:
    """Return a change of a row that is still with who took it."""
    return update(digest_sendings).where(
        _OF.id == sending.id, _OF.state == Stage.SENDING.value, _OF.tries == sending.tries
    )


def _inserted(connection: Connection, values: dict[str, Any]) -> Row[Any] | None:
    """Insert a row, unless the period has one: then return None."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(digest_sendings).values(**values).on_conflict_do_nothing()
    return connection.execute(new.returning(digest_sendings)).first()


def _sending(row: Row[Any]) -> Sending:
    kept = dict(row._mapping)
    times = {
        name: None if kept[name] is None else datetime.fromtimestamp(kept[name], UTC)
        for name in ("taken_at", "due_at", "ended_at")
    }
    return Sending(**{**kept, **times, "state": Stage(kept["state"])})
