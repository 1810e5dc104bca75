"""What a worker does with jobs: claim one, show that it lives and how far it is, say how it ended."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy import or_, select, update

from services.core.language.messages import later
from services.site.jobs.job import SELECTED, Job, Stage, of_row
from services.site.jobs.settling import AS_BEFORE, lapsed, settle
from services.site.jobs.workers import LEASE_SECONDS, SHOWN_SECONDS, gone, seen
from services.site.people.audit import What, add_within
from services.site.state import State
from services.site.state.tables import jobs

_NOT_ACTIVATED = later("not activated")
"""What the log says of a release that a training made."""


class Told(Enum):
    """What a worker learns when it shows that it lives."""

    GO_ON = auto()
    CANCELLED = auto()
    LOST = auto()
    """The job is not this worker's any more."""


@dataclass(frozen=True)
class Failure:
    """Why a job failed: a sentence, and the input and the option of ``train`` that it is about."""

    reason: str
    field: str | None = None
    option: str | None = None


class Leases:
    """The jobs of a site as one worker sees them.

    Parameters
    ----------
    state : State
    worker : str
        The worker's own name, 64 characters at most; no other one has it.
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, worker: str, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._worker = worker
        self._clock = clock
        self._shown = 0

    def show(self) -> None:
        """Show that the worker is there, while it waits for a job; often enough is enough.

        Raises
        ------
        StateUnusable
        """
        now = self._now()
        if now >= self._shown + SHOWN_SECONDS:
            self._shown = now
            with self._state.writing() as connection:
                seen(connection, self._worker, now)

    def leave(self) -> None:
        """Show that the worker ends.

        Raises
        ------
        StateUnusable
        """
        with self._state.writing() as connection:
            gone(connection, self._worker)

    def waiting(self) -> bool:
        """Whether there is a job to claim, or one whose worker is gone.

        Raises
        ------
        StateUnusable
        """
        found = or_(jobs.c.state == Stage.WAITING.value, lapsed(self._now()))
        with self._state.reading() as connection:
            return connection.execute(select(jobs.c.id).where(found).limit(1)).first() is not None

    def claim(self) -> Job | None:
        """Take the job that has waited longest; None where another worker was faster, or none waits.

        Raises
        ------
        StateUnusable
        """
        now = self._now()
        waits = jobs.c.state == Stage.WAITING.value
        longest = select(jobs.c.id).where(waits).order_by(jobs.c.id).limit(1).scalar_subquery()
        taken = {
            "state": Stage.RUNNING.value,
            "worker": self._worker,
            "lease_until": now + LEASE_SECONDS,
            "heartbeat_at": now,
            "started_at": now,
            "tries": jobs.c.tries + 1,
        }
        claimed = update(jobs).where(jobs.c.id == longest, waits).values(taken).returning(jobs.c.id)
        with self._state.writing() as connection:
            settle(connection, now)
            found = connection.execute(claimed).scalar()
            if found is None:
                return None
            return of_row(connection.execute(SELECTED.where(jobs.c.id == found)).one())

    def beat(
        self,
        job_id: int,
        steps: Mapping[str, float],
        progress: float,
        seconds_left: int | None,
        log: str,
    ) -> Told:
        """Show that the job is worked on and how far it is, and learn whether to go on.

        Parameters
        ----------
        job_id : int
        steps : mapping of str to float
            Seconds since the job was taken up when each step began; the last one is worked on.
        progress : float
            0–1.
        seconds_left : int or None
        log : str
            The last lines that it printed.

        Raises
        ------
        StateUnusable
        """
        now = self._now()
        shown = {
            "lease_until": now + LEASE_SECONDS,
            "heartbeat_at": now,
            "step": list(steps)[-1] if steps else "",
            "steps": json.dumps(steps),
            "progress": progress,
            "seconds_left": seconds_left,
            "log": log,
        }
        with self._state.writing() as connection:
            seen(connection, self._worker, now)
            own = update(jobs).where(*self._own(job_id)).values(shown).returning(jobs.c.cancelled_by)
            row = connection.execute(own).first()
        if row is None:
            return Told.LOST
        return Told.GO_ON if row.cancelled_by is None else Told.CANCELLED

    def finish(self, job: Job, release: str, log: str) -> None:
        """Say that a training made a release, which is not the active one; the audit log says it, too.

        Raises
        ------
        StateUnusable
        """
        values = {"progress": 1.0, "release": release, "log": log}
        with self._state.writing() as connection:
            connection.execute(self._ended(job.id, Stage.DONE, values))
            add_within(
                connection, job.who, What.TRAINING, job.subject, release=release, result=_NOT_ACTIVATED.text
            )

    def fail(self, job_id: int, failure: Failure, log: str) -> None:
        """Say why a job failed.

        Raises
        ------
        StateUnusable
        """
        why = {"reason": failure.reason, "field": failure.field, "option": failure.option, "log": log}
        with self._state.writing() as connection:
            connection.execute(self._ended(job_id, Stage.FAILED, why))

    def stopped(self, job_id: int, log: str) -> None:
        """Say that a cancelled job has been stopped.

        Raises
        ------
        StateUnusable
        """
        with self._state.writing() as connection:
            connection.execute(self._ended(job_id, Stage.CANCELLED, {"log": log}))

    def give_back(self, job_id: int) -> None:
        """Leave a job to the next worker, as if it had not been taken up: this one is told to end.

        Raises
        ------
        StateUnusable
        """
        with self._state.writing() as connection:
            cancelled = jobs.c.cancelled_by.is_not(None)
            own = self._own(job_id)
            connection.execute(self._ended(job_id, Stage.CANCELLED, {}).where(cancelled))
            connection.execute(update(jobs).where(*own).values({**AS_BEFORE, "tries": jobs.c.tries - 1}))

    def _ended(self, job_id: int, stage: Stage, values: dict[str, Any]) -> Any:
        ended = {"state": stage.value, "ended_at": self._now(), "seconds_left": None}
        return update(jobs).where(*self._own(job_id)).values({**ended, **values})

    def _own(self, job_id: int) -> tuple[Any, ...]:
        return jobs.c.id == job_id, jobs.c.worker == self._worker, jobs.c.state == Stage.RUNNING.value

    def _now(self) -> int:
        return int(self._clock())
