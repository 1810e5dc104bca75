"""Tokens: what a program shows instead of signing in. Made and revoked by command; roles as of accounts.

Only a keyed digest is kept, as of sessions: who copies the table has no token, and who can write it makes
none without the key. A new SECRET_KEY ends all tokens.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError

from services.core.language.messages import _
from services.core.refusals import NotFound, Refusal
from services.site.people import tries
from services.site.people.accounts import known_as
from services.site.people.roles import Role
from services.site.people.sessions import REMEMBERED_SECONDS, Person
from services.site.state import State, StateUnusable
from services.site.state.tables import tokens

PREFIX = "sdt_"
"""Begins every token, so that one that leaked into a file can be searched for."""
UNKNOWN = "token:?"
"""How the audit log names who shows a token that is none; no token can have this name."""
LONGEST_DAYS = 3_650
_LONGEST = 200
NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,49}")
_USED_EVERY = 60
_MOST_REMEMBERED = 10_000
# No account has this name, and no address this prefix: wrong tokens shut nobody out of the sign-in page.
_ACCOUNT, _ADDRESS = "", "token "


@dataclass(frozen=True)
class Token:
    """A token as listed, without what makes it one.

    Attributes
    ----------
    name : str
    role : Role
    made_at : datetime
        UTC, as the others.
    expires_at, used_at, revoked_at : datetime or None
        ``used_at`` is right to the minute.
    """

    name: str
    role: Role
    made_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None


class Tokens:
    """The tokens of one site.

    What the table says of a token is remembered for ``REMEMBERED_SECONDS`` at most, so one that was revoked
    is over a second later.

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
        self._remembered: dict[bytes, tuple[float, Person]] = {}
        self._lock = Lock()

    def add(self, name: str, role: Role, days: int | None = None) -> str:
        """Return a new token; it cannot be shown again.

        Parameters
        ----------
        name : str
            Stands in the audit log. That of a revoked token cannot be given again.
        role : Role
        days : int, optional
            When it expires; never without.

        Raises
        ------
        Refusal
            If the name is taken or no name.
        """
        name = known_as(name)
        if not NAME.fullmatch(name):
            raise Refusal(
                _(
                    "“{name}” cannot be a name: use 2 to 50 of a–z, 0–9 and . _ @ + -, such as "
                    "newsletter-2027.",
                    name=name[:64],
                ),
                "name",
            )
        made = PREFIX + secrets.token_urlsafe(32)
        now = int(self._clock())
        values = {"name": name, "role": role.value, "digest": self._digest(made), "made_at": now}
        ends = None if days is None else now + days * 86_400
        try:
            with self._state.writing() as connection:
                connection.execute(tokens.insert().values(**values, expires_at=ends))
        except Refusal as fault:
            if isinstance(fault.__cause__, IntegrityError):
                raise Refusal(
                    _("There is or was a token {name}: choose another name.", name=name), "name"
                ) from None
            raise
        return made

    def revoke(self, name: str) -> None:
        """End a token at once; one that is revoked already stays so.

        Raises
        ------
        NotFound
        """
        name = known_as(name)
        ended = func.coalesce(tokens.c.revoked_at, int(self._clock()))
        with self._state.writing() as connection:
            changed = connection.execute(update(tokens).where(tokens.c.name == name).values(revoked_at=ended))
        if not changed.rowcount:
            raise NotFound(_("There is no token {name}.", name=name[:64]), "name")
        with self._lock:
            self._remembered.clear()

    def listed(self) -> list[Token]:
        """Return every token, revoked and expired ones too, by name."""
        times = (tokens.c.made_at, tokens.c.expires_at, tokens.c.used_at, tokens.c.revoked_at)
        query = select(tokens.c.name, tokens.c.role, *times).order_by(tokens.c.name)
        with self._state.reading() as connection:
            rows = connection.execute(query).all()
        return [
            Token(name, Role(role), datetime.fromtimestamp(made, UTC), *map(_moment, when))
            for name, role, made, *when in rows
        ]

    def who(self, token: str, address: str) -> Person | None:
        """Return whose token it is, or None when it is over or was never one.

        Parameters
        ----------
        token : str
            As the request shows it.
        address : str
            Where the request comes from.

        Raises
        ------
        TooManyTries
            After ``tries.TRIES_OF_ADDRESS`` wrong ones from one address. A right one is let in even then:
            256 bits are not guessed, and nobody shuts out another's program.
        """
        digest = self._digest(token[:_LONGEST])
        asked = time.monotonic()
        remembered = self._remembered.get(digest)
        if remembered and asked - remembered[0] < REMEMBERED_SECONDS:
            return remembered[1]
        person = self._look_up(digest)
        if person is None:
            self._count(_ADDRESS + tries.place_of(address)[: 64 - len(_ADDRESS)])
            return None
        with self._lock:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[digest] = (asked, person)
        return person

    def _look_up(self, digest: bytes) -> Person | None:
        now = int(self._clock())
        query = select(tokens.c.name, tokens.c.role, tokens.c.used_at).where(
            tokens.c.digest == digest,
            tokens.c.revoked_at.is_(None),
            or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > now),
        )
        with self._state.reading() as connection:
            found = connection.execute(query).first()
        if found is None:
            return None
        if found.used_at is None or now - found.used_at >= _USED_EVERY:
            # a disk that cannot be written is no reason to keep a program from reading
            with suppress(StateUnusable), self._state.writing() as connection:
                connection.execute(update(tokens).where(tokens.c.digest == digest).values(used_at=now))
        return Person(as_logged(found.name), Role(found.role))

    def _count(self, place: str) -> None:
        now = int(self._clock())
        with self._state.reading() as connection:  # a flood of wrong ones keeps nobody from writing
            wait = tries.wait_of_address(connection, place, now)
        if wait:
            raise tries.TooManyTries(_("Too many wrong tokens from here."), wait)
        with self._state.writing() as connection:
            tries.note(connection, _ACCOUNT, place, now)

    def _digest(self, token: str) -> bytes:
        # begins otherwise than what is hashed of a session
        return hmac.digest(self._key, b"token\0" + token.encode("utf-8", "surrogatepass"), hashlib.sha256)


def as_logged(name: str) -> str:
    """Return how the audit log names a token; no account can have such a name."""
    return f"token:{name}"


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
