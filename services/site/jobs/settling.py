"""Jobs whose worker is gone: taken up once more, then failed with a sentence."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, update

from services.core.language.messages import later
from services.site.jobs.job import Stage
from services.site.state.tables import jobs

TRIES = 2
"""How often a job is begun whose worker dies."""
INTERRUPTED = later(
    "The training was cut short twice, because the worker process ended while it ran. Check why "
    "(the machine may lack memory), then ask for it again."
)
AS_BEFORE: dict[str, Any] = {
    "state": Stage.WAITING.value,
    "worker": None,
    "lease_until": None,
    "step": "",
    "steps": "{}",
    "progress": 0.0,
    "seconds_left": None,
}
"""What a job has that is to be taken up again."""


def lapsed(now: int) -> ColumnElement[bool]:
    """Hold for rows of running jobs whose worker has not been heard of for the time of its lease."""
    return (jobs.c.state == Stage.RUNNING.value) & (jobs.c.lease_until < now)


def settle(connection: Connection, now: int) -> None:
    """Decide what becomes of jobs whose lease ran out, within the transaction that is open.

    Parameters
    ----------
    connection : Connection
    now : int
        Seconds since 1970.
    """
    gone = lapsed(now)
    ended = {"ended_at": now, "seconds_left": None}
    cancelled = ended | {"state": Stage.CANCELLED.value}
    failed = ended | {"state": Stage.FAILED.value, "reason": INTERRUPTED.text}
    connection.execute(update(jobs).where(gone, jobs.c.cancelled_by.is_not(None)).values(cancelled))
    connection.execute(update(jobs).where(gone, jobs.c.tries >= TRIES).values(failed))
    connection.execute(update(jobs).where(gone).values(AS_BEFORE))
