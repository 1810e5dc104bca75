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

from sqlalchemy import Connection, Row, select, update

from services.core.refusals import Refusal
from services.site.people import devices, tries
from services.site.people.accounts import known_as
from services.site.people.passwords import matches, too_long
from services.site.people.roles import Role
from services.site.state import State, StateUnusable, alone_with
from services.site.state.tables import attempts, sessions, users

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3_600
REMEMBERED_SECONDS = 1.0
_SEEN_EVERY = 60
_AHEAD_SECONDS = 60
"""How far clocks of several hosts may differ."""
_MOST_REMEMBERED = 10_000

NO_MATCH = "Name and password do not match."
TOO_MANY = "Too many tries"
ELSEWHERE = ", or now in a browser where you have signed in before"


@dataclass(frozen=True)
class Person:
    """Who asks."""

    name: str
    role: Role


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

    def sign_in(
        self, name: str, password: str, address: str, before: str | None = None, device: str | None = None
    ) -> str:
        """Return the id of a new session.

        Parameters
        ----------
        name, password : str
            As typed.
        address : str
            Where the request comes from.
        before : str, optional
            The session id that the browser had; it is over.
        device : str, optional
            What ``device_of`` said when this browser signed in before.

        Raises
        ------
        TooManyTries
            After as many as ``services.site.people.tries`` allows: for the account from one place (so that
            its owner elsewhere is not shut out by them), for it from everywhere, for any from one address.
            Where the account was signed in before, only its own count there matters.
        Refusal
            If name and password do not match, or the account is disabled: one sentence for all.
        """
        name = known_as(name)[:64]
        if too_long(password):
            raise Refusal(NO_MATCH, "password")
        with self._state.reading() as connection:
            found = self._account(name, connection)
        known = devices.known(device, found.id, found.password, self._key) if found else None
        place = tries.place_of_device(known) if known else tries.place_of(address)
        self._count(name, place, "" if known else ELSEWHERE)
        if not matches(found.password if found else None, password) or found is None or found.disabled:
            raise Refusal(NO_MATCH, "password")
        if before:
            self.sign_out(before)
        made = secrets.token_urlsafe(32)
        now = int(self._clock())
        with self._state.writing() as connection:
            # meanwhile it may have been reset or disabled, or the number be another's after a restore
            if self._account(name, connection) != found:
                raise Refusal(NO_MATCH, "password")
            tries.forget(connection, name, place)
            values = {"digest": self._digest(made), "user_id": found.id, "made_at": now, "seen_at": now}
            connection.execute(sessions.insert().values(**values))
            connection.execute(sessions.delete().where(sessions.c.made_at < now - 2 * LONGEST_SECONDS))
        return made

    def device_of(self, name: str, device: str | None) -> str:
        """Return what a browser is to keep in which ``name`` has just signed in.

        Parameters
        ----------
        name : str
            As typed.
        device : str or None
            What the browser kept until now.
        """
        with self._state.reading() as connection:
            found = self._account(known_as(name)[:64], connection)
        assert found is not None  # accounts are disabled and never removed
        return devices.marked(device, found.id, found.password, self._key)

    def who(self, session_id: str, *, noticed: bool = True) -> Person | None:
        """Return whose session it is, or None when it is over or was never one.

        Parameters
        ----------
        session_id : str
        noticed : bool
            False for what a page asks by itself: an idle session ends all the same.
        """
        digest = self._digest(session_id)
        asked = time.monotonic()
        remembered = self._remembered.get(digest)
        if remembered and asked - remembered[0] < REMEMBERED_SECONDS:
            return remembered[1]
        person = self._look_up(digest, noticed)
        if not noticed:
            return person
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

    def _look_up(self, digest: bytes, noticed: bool) -> Person | None:
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
        if noticed and now - found.seen_at >= _SEEN_EVERY:
            # on a disk that takes no change the session goes on to its idle end
            with suppress(StateUnusable), self._state.writing() as connection:
                connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=now))
        return Person(found.name, Role(found.role))

    @staticmethod
    def _account(name: str, connection: Connection) -> Row[int, str, bool] | None:
        query = select(users.c.id, users.c.password, users.c.disabled).where(users.c.name == name)
        return connection.execute(query).first()

    def _count(self, name: str, place: str, elsewhere: str) -> None:
        """Note a try before the password is looked at, so that many at once count as many."""
        now = int(self._clock())
        with self._state.writing() as connection:
            alone_with(connection, attempts)
            wait = tries.wait_to_sign_in(connection, name, place, now)
            if wait:
                raise tries.TooManyTries(TOO_MANY, wait, elsewhere)
            tries.note(connection, name, place, now)

    def _digest(self, session_id: str) -> bytes:
        return hmac.digest(self._key, session_id.encode("utf-8", "surrogatepass"), hashlib.sha256)
