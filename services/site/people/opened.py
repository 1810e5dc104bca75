"""Sessions that are open: which an account has, in what browser, and how they end before their time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from services.site.state.tables import sessions, users

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3_600
_AHEAD_SECONDS = 60
"""How far clocks of several hosts may differ."""


@dataclass(frozen=True)
class Opened:
    """A session as its owner sees it.

    Attributes
    ----------
    key : str
        Names it among the account's: the digest of its id in hex digits, with which nobody gets in.
    browser : str
        Empty where that was not noted.
    made_at, seen_at : datetime
        UTC; ``seen_at`` is right to the minute.
    own : bool
        Whether it is the session that asks.
    """

    key: str
    browser: str
    made_at: datetime
    seen_at: datetime
    own: bool


def alive(now: int) -> ColumnElement[bool]:
    """Return what holds of sessions that are not over, and of accounts that are let in."""
    return and_(
        sessions.c.ended_at.is_(None),
        users.c.disabled.is_(False),
        sessions.c.made_at > now - LONGEST_SECONDS,
        sessions.c.seen_at > now - IDLE_SECONDS,
        sessions.c.seen_at <= now + _AHEAD_SECONDS,
    )


def listed(connection: Connection, name: str, own: bytes, now: int) -> list[Opened]:
    """Return the open sessions of an account, the one seen last first.

    Parameters
    ----------
    connection : Connection
    name : str
        Of the account, as it is kept.
    own : bytes
        Digest of the session that asks.
    now : int
        Seconds since 1970.
    """
    columns = (sessions.c.digest, sessions.c.browser, sessions.c.made_at, sessions.c.seen_at)
    query = select(*columns).join_from(sessions, users).where(users.c.name == name, alive(now))
    return [
        Opened(
            digest.hex(),
            browser or "",
            datetime.fromtimestamp(made, UTC),
            datetime.fromtimestamp(seen, UTC),
            digest == own,
        )
        for digest, browser, made, seen in connection.execute(query.order_by(sessions.c.seen_at.desc()))
    ]


def counted(connection: Connection, now: int) -> dict[str, int]:
    """Return how many sessions are open, by account; those without any are left out."""
    query = select(users.c.name, func.count().label("number")).join_from(sessions, users).where(alive(now))
    return {row.name: row.number for row in connection.execute(query.group_by(users.c.name))}


def add(connection: Connection, account: int, digest: bytes, browser: str | None, now: int) -> None:
    """Keep a new session of an account; rows of those that are over for long go.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    account : int
        Its number.
    digest : bytes
        Of the session's id.
    browser : str or None
        By which its owner tells it from others.
    now : int
        Seconds since 1970.
    """
    values = {"digest": digest, "user_id": account, "made_at": now, "seen_at": now, "browser": browser}
    connection.execute(sessions.insert().values(**values))
    connection.execute(update(users).where(users.c.id == account).values(signed_in_at=now))
    connection.execute(sessions.delete().where(sessions.c.made_at < now - 2 * LONGEST_SECONDS))


def end(connection: Connection, account: int, now: int, *which: ColumnElement[bool]) -> int:
    """End the sessions of an account that are not over yet, and return how many these were.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    account : int
        Its number.
    now : int
        Seconds since 1970.
    *which : conditions
        Only those of which all hold.
    """
    own = (sessions.c.user_id == account, sessions.c.ended_at.is_(None))
    return connection.execute(update(sessions).where(*own, *which).values(ended_at=now)).rowcount
