"""Wrong passwords and tokens are counted in the database, so that restarts and workers change nothing.

Who counts with whom is a *place*: an address, a network of IPv6, or a device that is known (see
``services.site.people.devices``). A try is noted before the
password is looked at: many at once count as many.
"""

from __future__ import annotations

import ipaddress
import math

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from services.core.language.messages import plural
from services.core.refusals import Refusal
from services.site.state.tables import attempts

PERIOD_SECONDS = 15 * 60
TRIES = 20
"""For an account from all places together that are no known device."""
TRIES_FROM_PLACE = 5
"""For an account from one place, a known device as any."""
TRIES_OF_ADDRESS = 50
"""For all accounts from one address."""

_AHEAD_SECONDS = 60
"""How far clocks of several hosts may differ; what lies further ahead was noted before a clock went back."""
_DEVICE = "device "  # begins no address
_NETWORK_BITS = 64


class TooManyTries(Refusal):
    """An account or address that has to wait.

    Parameters
    ----------
    what : str
        The sentence that says what there were too many of.
    seconds : int
        Until the next try.
    known_device : bool
        Whether they may go on at once in a browser where they have signed in before.
    """

    def __init__(self, what: str, seconds: int, *, known_device: bool = False) -> None:
        minutes = math.ceil(seconds / 60)
        if known_device:
            wait = plural(
                "Try again in a minute, or now in a browser where you have signed in before.",
                "Try again in {n} minutes, or now in a browser where you have signed in before.",
                minutes,
            )
        else:
            wait = plural("Try again in a minute.", "Try again in {n} minutes.", minutes)
        super().__init__(f"{what} {wait}", "password")


def place_of(address: str) -> str:
    """Return what an address counts as: one of IPv6 as its network, of which a household has at least one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found) >> _NETWORK_BITS << _NETWORK_BITS, _NETWORK_BITS)))


def place_of_device(device: str) -> str:
    """Return what a known device counts as, wherever it is."""
    return _DEVICE + device


def wait_to_sign_in(connection: Connection, account: str, place: str, now: int) -> int:
    """Return the seconds until ``account`` may be tried from ``place``; 0 if it may be now.

    Whatever others try, a known device waits for its own tries alone.
    """
    tried, here = attempts.c.account == account, attempts.c.address == place
    own = _wait(connection, and_(tried, here), TRIES_FROM_PLACE, now)
    if place.startswith(_DEVICE):
        return own
    unknown = ~attempts.c.address.startswith(_DEVICE)
    return max(
        own,
        _wait(connection, and_(tried, unknown), TRIES, now),
        wait_of_address(connection, place, now),
    )


def wait_of_address(connection: Connection, place: str, now: int) -> int:
    """Return the seconds until anything may be tried from ``place``; 0 if it may be now."""
    return _wait(connection, attempts.c.address == place, TRIES_OF_ADDRESS, now)


def note(connection: Connection, account: str, place: str, now: int) -> None:
    """Count a try, and drop those that are over."""
    over = or_(attempts.c.tried_at <= now - PERIOD_SECONDS, attempts.c.tried_at > now + _AHEAD_SECONDS)
    connection.execute(attempts.delete().where(over))
    connection.execute(attempts.insert().values(account=account, address=place, tried_at=now))


def forget(connection: Connection, account: str, place: str) -> None:
    """Count no longer what was tried for ``account`` from ``place``: the right password came from there."""
    connection.execute(attempts.delete().where(attempts.c.account == account, attempts.c.address == place))


def _wait(connection: Connection, which: ColumnElement[bool], most: int, now: int) -> int:
    lately = and_(attempts.c.tried_at > now - PERIOD_SECONDS, attempts.c.tried_at <= now + _AHEAD_SECONDS)
    query = select(attempts.c.tried_at).where(which, lately).order_by(attempts.c.tried_at.desc())
    # the last but ``most`` has to be over before there is room for one more
    oldest = connection.execute(query.offset(most - 1).limit(1)).scalar()
    return 0 if oldest is None else min(oldest + PERIOD_SECONDS - now, PERIOD_SECONDS)
