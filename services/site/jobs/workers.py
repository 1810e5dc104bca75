"""Which workers there are: each says so while it waits for a job, and while it works on one."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, select, update

from services.site.state.tables import workers

LEASE_SECONDS = 20
"""How long after it was last heard of a worker counts as gone."""
SHOWN_SECONDS = 5
"""How often one that waits says that it is there."""
_KEPT_SECONDS = 24 * 3_600


def seen(connection: Connection, worker: str, now: int) -> None:
    """Note that a worker is there, within the transaction that is open.

    Parameters
    ----------
    connection : Connection
    worker : str
        Its name, which no other worker has.
    now : int
        Seconds since 1970.
    """
    own = update(workers).where(workers.c.name == worker).values(seen_at=now)
    if connection.execute(own).rowcount:
        return
    connection.execute(delete(workers).where(workers.c.seen_at < now - _KEPT_SECONDS))
    connection.execute(workers.insert().values(name=worker, seen_at=now))


def gone(connection: Connection, worker: str) -> None:
    """Note that a worker ends, within the transaction that is open."""
    connection.execute(delete(workers).where(workers.c.name == worker))


def last_seen(connection: Connection) -> int | None:
    """Return when a worker was last heard of, in seconds since 1970; None where none was in the last day."""
    last: int | None = connection.execute(select(func.max(workers.c.seen_at))).scalar()
    return last


def any_there(connection: Connection, now: int) -> bool:
    """Whether a worker has been heard of for as long as its lease lasts.

    Parameters
    ----------
    connection : Connection
    now : int
        Seconds since 1970.
    """
    last = last_seen(connection)
    return last is not None and last >= now - LEASE_SECONDS
