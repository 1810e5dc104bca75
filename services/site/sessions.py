"""Signing in and out. A session is a random id in a cookie and a row on this side, which ends it.

Only a keyed digest of the id is kept: who copies the table signs in as nobody, and who can write
it makes no session without the key. A new SECRET_KEY ends all sessions.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import and_, func, or_, select, update

from services.core.refusals import Refusal
from services.site.accounts import known_as
from services.site.passwords import matches, too_long
from services.site.roles import Role
from services.site.state import State, StateUnusable, alone_with
from services.site.state.tables import attempts, sessions, users

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3_600
TRIES = 10
TRIES_FROM_ADDRESS = 5
TRIES_OF_ADDRESS = 50
PERIOD_SECONDS = 15 * 60
REMEMBERED_SECONDS = 1.0
_SEEN_EVERY = 60
_AHEAD_SECONDS = 60
"""How far clocks of several hosts may differ; what lies further ahead was noted before a clock went back."""
_MOST_REMEMBERED = 10_000

NO_MATCH = "Name and password do not match."


@dataclass(frozen=True)
class Person:
    """Who asks."""

    name: str
    role: Role


class TooManyTries(Refusal):
    """An account or address that has to wait."""


class Sessions:
    """The sessions of one site.

    What the table says of a session is remembered for ``REMEMBERED_SECONDS`` at most, so a session that
    another process ended is over a second later; one ended here is over at once.

    Parameters
    ----------
    state : State
    key : str
        The site's secret.
    clock : callable
        Seconds since 1970; tests turn it.
    """

    def __init__(self, state: State, key: str, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._key = key.encode()
        self._clock = clock
        self._remembered: dict[bytes, tuple[float, Person | None]] = {}
        self._lock = Lock()

    def sign_in(self, name: str, password: str, address: str, before: str | None = None) -> str:
        """Return the id of a new session.

        Parameters
        ----------
        name, password : str
            As typed.
        address : str
            Where the request comes from.
        before : str, optional
            The session id that the browser had; it is over.

        Raises
        ------
        TooManyTries
            After ``TRIES`` for the account, ``TRIES_FROM_ADDRESS`` for it from one address (so that its owner
            elsewhere is not shut out by them), or ``TRIES_OF_ADDRESS`` for any from one address.
        Refusal
            If name and password do not match, or the account is disabled: one sentence for all.
        """
        name = known_as(name)[:64]
        if too_long(password):
            raise Refusal(NO_MATCH, "password")
        address = address[:64]
        self._count(name, address)
        with self._state.reading() as connection:
            query = select(users.c.id, users.c.password, users.c.disabled).where(users.c.name == name)
            found = connection.execute(query).first()
        if not matches(found.password if found else None, password) or found is None or found.disabled:
            raise Refusal(NO_MATCH, "password")
        if before:
            self.sign_out(before)
        made = secrets.token_urlsafe(32)
        now = int(self._clock())
        with self._state.writing() as connection:
            # meanwhile it may have been reset or disabled, or the number be another's after a restore
            if connection.execute(query).first() != found:
                raise Refusal(NO_MATCH, "password")
            own = (attempts.c.account == name, attempts.c.address == address)
            connection.execute(attempts.delete().where(*own))
            values = {"digest": self._digest(made), "user_id": found.id, "made_at": now, "seen_at": now}
            connection.execute(sessions.insert().values(**values))
            connection.execute(sessions.delete().where(sessions.c.made_at < now - 2 * LONGEST_SECONDS))
        return made

    def who(self, session_id: str) -> Person | None:
        """Return whose session it is, or None when it is over or was never one."""
        digest = self._digest(session_id)
        asked = time.monotonic()
        remembered = self._remembered.get(digest)
        if remembered and asked - remembered[0] < REMEMBERED_SECONDS:
            return remembered[1]
        person = self._look_up(digest)
        with self._lock:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[digest] = (asked, person)
        return person

    def sign_out(self, session_id: str) -> None:
        """End a session."""
        digest = self._digest(session_id)
        with self._state.writing() as connection:
            ended = update(sessions).where(sessions.c.digest == digest, sessions.c.ended_at.is_(None))
            connection.execute(ended.values(ended_at=int(self._clock())))
        with self._lock:
            self._remembered.pop(digest, None)

    def _look_up(self, digest: bytes) -> Person | None:
        now = int(self._clock())
        query = (
            select(users.c.name, users.c.role, sessions.c.seen_at)
            .join_from(sessions, users)
            .where(
                sessions.c.digest == digest,
                sessions.c.ended_at.is_(None),
                users.c.disabled.is_(False),
                sessions.c.made_at > now - LONGEST_SECONDS,
                sessions.c.seen_at > now - IDLE_SECONDS,
                sessions.c.seen_at <= now + _AHEAD_SECONDS,
            )
        )
        with self._state.reading() as connection:
            found = connection.execute(query).first()
        if found is None:
            return None
        if now - found.seen_at >= _SEEN_EVERY:
            # on a disk that takes no change the session goes on to its idle end
            with suppress(StateUnusable), self._state.writing() as connection:
                connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=now))
        return Person(found.name, Role(found.role))

    def _count(self, name: str, address: str) -> None:
        """Note a try before the password is looked at, so that many at once count as many."""
        now = int(self._clock())
        account, place = attempts.c.account == name, attempts.c.address == address
        with self._state.writing() as connection:
            alone_with(connection, attempts)
            past, ahead = now - PERIOD_SECONDS, now + _AHEAD_SECONDS
            over = or_(attempts.c.tried_at <= past, attempts.c.tried_at > ahead)
            connection.execute(attempts.delete().where(over))
            for wanted, most in (
                (account, TRIES),
                (and_(account, place), TRIES_FROM_ADDRESS),
                (place, TRIES_OF_ADDRESS),
            ):
                counted = connection.execute(select(func.count()).select_from(attempts).where(wanted))
                if counted.scalar_one() >= most:
                    raise TooManyTries("Too many tries. Wait 15 minutes, then try again.", "password")
            connection.execute(attempts.insert().values(account=name, address=address, tried_at=now))

    def _digest(self, session_id: str) -> bytes:
        return hmac.digest(self._key, session_id.encode("utf-8", "surrogatepass"), hashlib.sha256)
