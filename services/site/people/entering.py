"""Sign-ins with a provider that have begun: what has to come back, kept on this side until it does.

A browser keeps a secret, the provider sends the state back, and only both together lead to what was begun,
once and within ten minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import or_, select

from services.site.people.tries import place_of
from services.site.state import State
from services.site.state.tables import sign_ins

SECONDS = 600
"""How long somebody may take to sign in with the provider."""
MOST_OF_PLACE = 100
"""Sign-ins that have begun from one address; the oldest make room."""
_AHEAD_SECONDS = 60
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Begun:
    """A sign-in that has begun.

    Attributes
    ----------
    browser : str
        What the browser is to keep; the same for all that one browser begins.
    state : str
        What the provider is to send back.
    nonce : str
        What its token is to hold.
    verifier : str
        What the code that it sends is worth nothing without (PKCE).
    """

    browser: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Taken:
    """What was kept of a sign-in that came back; ``wanted`` is the path that was asked for."""

    nonce: str
    verifier: str
    wanted: str


class Entering:
    """The sign-ins that have begun at one site.

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

    def begin(self, browser: str | None, address: str, wanted: str) -> Begun:
        """Keep a new one.

        Parameters
        ----------
        browser : str or None
            What the browser has kept; anybody may have made it up.
        address : str
            Where the request comes from.
        wanted : str
            The path that was asked for.

        Raises
        ------
        StateUnusable
        """
        known = browser if browser and _SECRET.fullmatch(browser) else secrets.token_urlsafe(32)
        # 64 signs, within the 43 to 128 that RFC 7636 asks of a verifier
        made = Begun(known, secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
        now, place = int(self._clock()), place_of(address)
        over = or_(sign_ins.c.made_at <= now - SECONDS, sign_ins.c.made_at > now + _AHEAD_SECONDS)
        of_place = select(sign_ins.c.digest).where(sign_ins.c.place == place)
        oldest = of_place.order_by(sign_ins.c.made_at.desc()).offset(MOST_OF_PLACE - 1)
        values = {"digest": self._digest(known, made.state), "nonce": made.nonce, "verifier": made.verifier}
        with self._state.writing() as connection:
            connection.execute(sign_ins.delete().where(over))
            connection.execute(sign_ins.delete().where(sign_ins.c.digest.in_(oldest)))
            connection.execute(sign_ins.insert().values(**values, place=place, wanted=wanted, made_at=now))
        return made

    def take(self, browser: str | None, state: str) -> Taken | None:
        """Return what was kept under both, and keep it no longer; None where nothing was.

        Parameters
        ----------
        browser : str or None
            What the browser sent.
        state : str
            What came back by way of the provider.

        Raises
        ------
        StateUnusable
        """
        if not browser or not _SECRET.fullmatch(browser):
            return None
        now, digest = int(self._clock()), self._digest(browser, state)
        columns = (sign_ins.c.nonce, sign_ins.c.verifier, sign_ins.c.wanted, sign_ins.c.made_at)
        with self._state.writing() as connection:
            found = connection.execute(select(*columns).where(sign_ins.c.digest == digest)).first()
            gone = connection.execute(sign_ins.delete().where(sign_ins.c.digest == digest)).rowcount
        # of two at once one removes it
        if found is None or gone != 1 or not now - SECONDS < found.made_at <= now + _AHEAD_SECONDS:
            return None
        return Taken(found.nonce, found.verifier, found.wanted)

    def _digest(self, browser: str, state: str) -> bytes:
        # begins otherwise than what is hashed of sessions, tokens and devices
        said = f"sign-in\0{browser}\0{state}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, said, hashlib.sha256)
