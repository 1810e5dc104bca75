"""Figures of the jobs that are listed, for what watches the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from services.site.jobs.job import Stage
from services.site.jobs.workers import any_there
from services.site.state.tables import jobs


@dataclass(frozen=True)
class Tally:
    """How many jobs there are, how the last ones went, and whether a worker is there.

    Attributes
    ----------
    states : mapping of Stage to int
    seconds : int or None
        Of the last job that made a release; None where none is listed.
    failed_at : int or None
        Seconds since 1970; None where none is listed.
    worker : bool
    """

    states: Mapping[Stage, int]
    seconds: int | None
    failed_at: int | None
    worker: bool


def tally(connection: Connection, now: int) -> Tally:
    """Count the jobs.

    Parameters
    ----------
    connection : Connection
    now : int
        Seconds since 1970.
    """
    by_state = connection.execute(select(jobs.c.state, func.count()).group_by(jobs.c.state)).all()
    done = select(jobs.c.ended_at - jobs.c.started_at).where(jobs.c.state == Stage.DONE.value)
    failed = select(func.max(jobs.c.ended_at)).where(jobs.c.state == Stage.FAILED.value)
    return Tally(
        {Stage(state): count for state, count in by_state},
        connection.execute(done.order_by(jobs.c.id.desc()).limit(1)).scalar(),
        connection.execute(failed).scalar(),
        any_there(connection, now),
    )
