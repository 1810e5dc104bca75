"""A job: what somebody asked for, how far it is, and how it ended."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, delete, or_, select

from services.core.language.messages import later
from services.site.state.tables import jobs

TRAIN = "train"
"""The kind of a training."""
LEDGER = later("the ledger")
"""What the audit log says of a job that takes the files of the ledger."""
LONGEST_NAME = 64
"""Of who asks or works, in characters."""


class Stage(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = (Stage.WAITING, Stage.RUNNING)
"""A job that has not ended."""


@dataclass(frozen=True)
class Job:
    """One row of the table of jobs.

    Attributes
    ----------
    id : int
    kind : str
        ``train``.
    state : Stage
    asked : dict
        Of a training ``files`` (absolute paths), ``preset`` (its definition) and ``options`` (as
        ``TrainOptions.recorded`` gives them); with ``ledger`` it takes the files that the ledger has when it
        runs, and ``files`` is empty.
    who : str
        Who asked for it.
    asked_at, started_at, ended_at : datetime or None
        UTC; when it was last taken up, and when it ended.
    step : str
        What it works on; empty before the first step.
    steps : dict
        When each step so far began, in seconds since ``started_at``, in the order in which they did.
    progress : float
        0–1.
    seconds_left : int or None
        As earlier trainings let expect; None where there is none.
    cancelled_by : str or None
        Who wants it stopped.
    release : str or None
        What came of it.
    reason, field, option : str or None
        Why it failed, in a sentence; the input and the option of ``train`` that the sentence is about.
    log : str
        The last lines that it printed.
    """

    id: int
    kind: str
    state: Stage
    asked: dict[str, Any]
    who: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    step: str
    steps: dict[str, float]
    progress: float
    seconds_left: int | None
    cancelled_by: str | None
    release: str | None
    reason: str | None
    field: str | None
    option: str | None
    log: str

    @property
    def ended(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state not in OPEN

    @property
    def on_ledger(self) -> bool:
        """Whether it takes the files of the ledger."""
        return bool(self.asked.get("ledger"))

    @property
    def subject(self) -> str:
        """What it is made of, for the audit log: the names of its files, or the ledger."""
        if self.on_ledger:
            return LEDGER.text
        return ", ".join(Path(file).name for file in self.asked["files"])


_SHOWN = [
    jobs.c[name]
    for name in Job.__dataclass_fields__  # the columns of leases are the workers' own
]
SELECTED = select(*_SHOWN)
"""Asks for what ``of_row`` takes."""
IS_OPEN = or_(*(jobs.c.state == stage.value for stage in OPEN))
"""Holds for rows of jobs that have not ended."""


def of_row(row: Row[Any]) -> Job:
    """Make a row of ``SELECTED`` a job."""
    told = dict(row._mapping)
    for name in ("asked_at", "started_at", "ended_at"):
        told[name] = None if told[name] is None else datetime.fromtimestamp(told[name], UTC)
    read = {name: json.loads(told[name]) for name in ("asked", "steps")}
    return Job(**{**told, **read, "state": Stage(told["state"])})


def remove_naming(connection: Connection, customer_id: str) -> None:
    """Remove the jobs that have ended and whose options, reason or log name a customer."""
    word = re.compile(rf"(?<!\w){re.escape(customer_id)}(?!\w)")
    for job in map(of_row, connection.execute(SELECTED.where(~IS_OPEN)).all()):
        listed = (job.asked["options"].get(name, ()) for name in ("keep_customer", "drop_customer"))
        if word.search(f"{job.reason}\n{job.log}") or any(customer_id in ids for ids in listed):
            connection.execute(delete(jobs).where(jobs.c.id == job.id))
