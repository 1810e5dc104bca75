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

from sqlalchemy import ColumnElement, select, update

from services.core.language.messages import _, later
from services.core.refusals import Refusal
from services.site.people import devices, opened, tries
from services.site.people.accounts import known_as
from services.site.people.audit import What, add_within
from services.site.people.elsewhere import LOCKED, NotAllowed
from services.site.people.opened import Opened, alive
from services.site.people.passwords import check_strength, hashed
from services.site.people.proving import Proving, account
from services.site.people.roles import Role
from services.site.state import State, StateUnusable
from services.site.state.tables import sessions, users

REMEMBERED_SECONDS = 1.0
_SEEN_EVERY = 60
_MOST_REMEMBERED = 10_000

NO_MATCH = later("Name and password do not match.")
NOT_YOURS = later("That is not your current password.")


@dataclass(frozen=True)
class Person:
    """Who asks.

    Attributes
    ----------
    name : str
    role : Role
    first_password : bool
        Whether they have to choose a password of their own before anything else.
    elsewhere : bool
        Whether they sign in with a provider and have no password.
    """

    name: str
    role: Role
    first_password: bool = False
    elsewhere: bool = False


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
        self._proving = Proving(state, self._key, clock)
        self._remembered: dict[bytes, tuple[float, Person | None]] = {}
        self._lock = Lock()

    def sign_in(
        self,
        name: str,
        password: str,
        address: str,
        before: str | None = None,
        device: str | None = None,
        browser: str | None = None,
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
        browser : str, optional
            By which its owner tells the session from others, such as Firefox on Windows.

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
        found, place = self._proving.prove(name, password, address, device, NO_MATCH())
        if before:
            self.sign_out(before)
        made = secrets.token_urlsafe(32)
        with self._state.writing() as connection:
            # meanwhile it may have been reset or disabled, or the number be another's after a restore
            if account(name, connection, held=True) != found:
                raise Refusal(NO_MATCH(), "password")
            tries.forget(connection, name, place)
            opened.add(connection, found.id, self._digest(made), browser, int(self._clock()))
        return made

    def begin(self, name: str, before: str | None = None, browser: str | None = None) -> str:
        """Return the id of a new session of somebody whom a provider has proven.

        Parameters
        ----------
        name : str
            Of the account, as it is kept.
        before, browser : str, optional
            As of ``sign_in``.

        Raises
        ------
        NotAllowed
            If the account was locked meanwhile, or given a password: then it is the provider's no longer.
        """
        if before:
            self.sign_out(before)
        made = secrets.token_urlsafe(32)
        with self._state.writing() as connection:
            found = account(name, connection, held=True)
            if found is None or found.disabled or found.password:
                raise NotAllowed(LOCKED(), "locked")
            opened.add(connection, found.id, self._digest(made), browser, int(self._clock()))
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
            found = account(known_as(name)[:64], connection)
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

    def change_password(
        self, name: str, old: str, password: str, address: str, session_id: str, device: str | None = None
    ) -> None:
        """Give an account the password that its owner chose; all its sessions but theirs end.

        Parameters
        ----------
        name : str
            Of the account, as it is kept.
        old : str
            The password until now; wrong ones are counted as at the sign-in.
        password : str
            The one from now on.
        address : str
            Where the request comes from.
        session_id : str
            The session that asks.
        device : str, optional
            As of ``sign_in``.

        Raises
        ------
        TooManyTries
        Refusal
            If the old one is wrong, or the new one too weak or the same.
        """
        check_strength(name, password)
        if password == old:
            raise Refusal(_("The new password is the one you already have: choose another."), "password")
        found, place = self._proving.prove(name, old, address, device, NOT_YOURS())
        kept, digest = hashed(password), self._digest(session_id)
        with self._state.writing() as connection:
            if account(name, connection, held=True) != found:
                raise Refusal(NOT_YOURS(), "old")
            tries.forget(connection, name, place)
            values = {"password": kept, "first_password": False}
            connection.execute(update(users).where(users.c.id == found.id).values(**values))
            opened.end(connection, found.id, int(self._clock()), sessions.c.digest != digest)
            add_within(connection, name, What.ACCOUNT, name, result="password changed")
        self._forget_remembered()

    def open_of(self, name: str, session_id: str) -> list[Opened]:
        """Return the open sessions of an account, the one seen last first; ``session_id`` asks."""
        with self._state.reading() as connection:
            return opened.listed(connection, name, self._digest(session_id), int(self._clock()))

    def open_by_account(self) -> dict[str, int]:
        """Return how many sessions are open, by account; those without any are left out."""
        with self._state.reading() as connection:
            return opened.counted(connection, int(self._clock()))

    def end(self, name: str, key: str) -> bool:
        """End one of an account's own sessions, by its key; return whether there was such a one."""
        return self._end(name, "session ended", sessions.c.digest == _digest_of(key)) == 1

    def end_others(self, name: str, session_id: str) -> int:
        """End an account's own sessions but the one that asks; return how many these were."""
        return self._end(name, "other sessions ended", sessions.c.digest != self._digest(session_id))

    def _end(self, name: str, said: str, which: ColumnElement[bool]) -> int:
        with self._state.writing() as connection:
            found = account(name, connection)
            ended = opened.end(connection, found.id, int(self._clock()), which) if found else 0
            if ended:
                add_within(connection, name, What.ACCOUNT, name, result=said)
        self._forget_remembered()
        return ended

    def _forget_remembered(self) -> None:
        with self._lock:
            self._remembered.clear()

    def _look_up(self, digest: bytes, noticed: bool) -> Person | None:
        now = int(self._clock())
        query = (
            select(users.c.name, users.c.role, users.c.first_password, users.c.issuer, sessions.c.seen_at)
            .join_from(sessions, users)
            .where(sessions.c.digest == digest, alive(now))
        )
        with self._state.reading() as connection:
            found = connection.execute(query).first()
        if found is None:
            return None
        if noticed and now - found.seen_at >= _SEEN_EVERY:
            # on a disk that takes no change the session goes on to its idle end
            with suppress(StateUnusable), self._state.writing() as connection:
                connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=now))
        return Person(found.name, Role(found.role), bool(found.first_password), found.issuer is not None)

    def _digest(self, session_id: str) -> bytes:
        return hmac.digest(self._key, session_id.encode("utf-8", "surrogatepass"), hashlib.sha256)


def _digest_of(key: str) -> bytes:
    """Return the digest that a key names; of what is no key one that no session has."""
    try:
        return bytes.fromhex(key)
    except ValueError:
        return b""
