"""What people do with jobs: ask for one, cancel it, look how far it is. One training at a time."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from services.core.language.messages import _, later
from services.core.refusals import NotFound, Refusal
from services.site.jobs.job import IS_OPEN, LONGEST_NAME, SELECTED, TRAIN, Job, Stage, of_row
from services.site.jobs.settling import settle
from services.site.jobs.tally import Tally, tally
from services.site.jobs.workers import any_there, last_seen
from services.site.people.audit import What, add_within
from services.site.state import State, alone_with
from services.site.state.tables import jobs

KEPT = 100
"""How many jobs that have ended stay in the list."""
_ASKED_FOR, _CANCELLED = later("asked for"), later("cancelled")
"""What the log says of a job."""
_ENDED = {
    Stage.DONE: later("Job {n} has ended already (done), so nothing was cancelled."),
    Stage.FAILED: later("Job {n} has ended already (failed), so nothing was cancelled."),
    Stage.CANCELLED: later("Job {n} has ended already (cancelled), so nothing was cancelled."),
}


@dataclass(frozen=True)
class Standing:
    """The job that was asked for last, None where there is none, and whether a worker is there."""

    job: Job | None
    worker: bool


class Jobs:
    """The jobs of one site.

    Parameters
    ----------
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock

    def ask(self, who: str, asked: dict[str, Any]) -> int:
        """Ask for a training, and return the job's number; it is written to the audit log.

        Parameters
        ----------
        who : str
        asked : dict
            As ``Job.asked`` says.

        Raises
        ------
        Refusal
            If a training waits or runs already; the sentence says whose, since when and how far it is.
        StateUnusable
        """
        now = int(self._clock())
        with self._state.writing() as connection:
            alone_with(connection, jobs)
            settle(connection, now)
            unfinished = connection.execute(SELECTED.where(IS_OPEN, jobs.c.kind == TRAIN)).first()
            if unfinished is not None:
                raise Refusal(_already(of_row(unfinished)))
            new = connection.execute(
                jobs.insert()
                .values(
                    kind=TRAIN,
                    state=Stage.WAITING.value,
                    asked=json.dumps(asked),
                    who=who[:LONGEST_NAME],
                    asked_at=now,
                    tries=0,
                    step="",
                    steps="{}",
                    progress=0.0,
                    log="",
                )
                .returning(jobs.c.id)
            ).scalar_one()
            _forget_old(connection)
            _log(connection, who, _found(connection, new), _ASKED_FOR.text)
        return int(new)

    def cancel(self, job_id: int, who: str) -> Job:
        """Cancel a job: one that waits at once, one that runs as soon as its worker sees it.

        Returns
        -------
        Job
            As it is now; ``running`` where a worker has still to stop it.

        Raises
        ------
        NotFound
            If there is no such job.
        Refusal
            If it has ended.
        StateUnusable
        """
        now = int(self._clock())
        with self._state.writing() as connection:
            alone_with(connection, jobs)
            settle(connection, now)
            job = _found(connection, job_id)
            if job.ended:
                raise Refusal(_ENDED[job.state](n=job_id))
            if job.cancelled_by is None:
                values: dict[str, Any] = {"cancelled_by": who[:LONGEST_NAME]}
                if job.state is Stage.WAITING:
                    values |= {"state": Stage.CANCELLED.value, "ended_at": now}
                connection.execute(update(jobs).where(jobs.c.id == job_id).values(values))
                _log(connection, who, job, _CANCELLED.text)
            return _found(connection, job_id)

    def find(self, job_id: int) -> Job:
        """Return one job.

        Raises
        ------
        NotFound
        StateUnusable
        """
        with self._state.reading() as connection:
            return _found(connection, job_id)

    def standing(self) -> Standing:
        """Return the last job and whether a worker is there: what a page asks every other second.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            row = connection.execute(SELECTED.order_by(jobs.c.id.desc()).limit(1)).first()
            there = any_there(connection, int(self._clock()))
        return Standing(None if row is None else of_row(row), there)

    def worker_seen_at(self) -> datetime | None:
        """Return when a worker was last heard of, UTC; None where none was in the last day.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            last = last_seen(connection)
        return None if last is None else datetime.fromtimestamp(last, UTC)

    def tally(self) -> Tally:
        """Count the jobs that are listed.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return tally(connection, int(self._clock()))

    def making(self, release: str) -> Job | None:
        """Return the job that made a release, if it is still listed.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            row = connection.execute(SELECTED.where(jobs.c.release == release)).first()
        return None if row is None else of_row(row)

    def listed(self, most: int = KEPT) -> list[Job]:
        """Return the jobs, newest first.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            rows = connection.execute(SELECTED.order_by(jobs.c.id.desc()).limit(most)).all()
        return [of_row(row) for row in rows]

    def last_ended(self) -> Job | None:
        """Return the job that was done or failed last; None where there is none.

        Raises
        ------
        StateUnusable
        """
        ended = or_(*(jobs.c.state == stage.value for stage in (Stage.DONE, Stage.FAILED)))
        last = SELECTED.where(ended).order_by(jobs.c.ended_at.desc(), jobs.c.id.desc()).limit(1)
        with self._state.reading() as connection:
            row = connection.execute(last).first()
        return None if row is None else of_row(row)


def _found(connection: Connection, job_id: int) -> Job:
    row = connection.execute(SELECTED.where(jobs.c.id == job_id)).first()
    if row is None:
        raise NotFound(_("There is no job {n}.", n=job_id), "id")
    return of_row(row)


def _already(job: Job) -> str:
    """Say whose training is in the way, since when and how far it is."""
    asked = {"who": job.who, "day": f"{job.asked_at:%Y-%m-%d}", "time": f"{job.asked_at:%H:%M}"}
    if job.started_at is None or job.state is Stage.WAITING:
        return _(
            "{who} asked for a training on {day} at {time} UTC, and it has not started yet. Wait until it "
            "has ended, or cancel it; then ask again.",
            **asked,
        )
    return _(
        "{who} asked for a training on {day} at {time} UTC, and it has been running since {since} UTC: "
        "{done} done. Wait until it has ended, or cancel it; then ask again.",
        **asked,
        since=f"{job.started_at:%H:%M}",
        done=f"{job.progress:.0%}",
    )


def _forget_old(connection: Connection) -> None:
    """Remove the jobs that ended before the last ones."""
    ended = select(jobs.c.id).where(~IS_OPEN).order_by(jobs.c.id.desc())
    oldest_kept = connection.execute(ended.offset(KEPT - 1).limit(1)).scalar()
    if oldest_kept is not None:
        connection.execute(delete(jobs).where(~IS_OPEN, jobs.c.id < oldest_kept))


def _log(connection: Connection, who: str, job: Job, result: str) -> None:
    add_within(connection, who, What.JOB, f"{job.id}: {job.subject}", result=result)
