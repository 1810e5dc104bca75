"""Claims by several processes at once, against either database."""

from __future__ import annotations

import json
import os
from pathlib import Path

from services.site.jobs.job import TRAIN, Stage
from services.site.jobs.leases import Leases
from services.site.state import State
from services.site.state.tables import jobs

PROCESSES, JOBS = 8, 50
ASKED = {"files": ["/data/sales.csv"], "preset": {"id": "standard"}, "options": {"k": 4}}


def add_waiting(state: State, count: int = 1) -> list[int]:
    """Put jobs into the table that nobody asked for, as many as there may never be."""
    row = {
        "kind": TRAIN,
        "state": Stage.WAITING.value,
        "asked": json.dumps(ASKED),
        "who": "ana",
        "asked_at": 1,
        "tries": 0,
        "step": "",
        "steps": "{}",
        "progress": 0.0,
        "log": "",
    }
    with state.writing() as connection:
        return [
            connection.execute(jobs.insert().values(row).returning(jobs.c.id)).scalar_one()
            for _ in range(count)
        ]


def claimed_by_each(folder: Path, url: str | None = None) -> list[list[int]]:
    """Let some processes claim all jobs that wait; returns the jobs of each."""
    started, go = os.pipe()
    children = []
    for number in range(PROCESSES):
        if child := os.fork():
            children.append(child)
            continue
        try:
            os.close(go)
            os.read(started, 1)  # ends for all together
            _claim_all(State(folder, url), folder / f"claimed-{number}")
            os._exit(0)
        finally:
            os._exit(1)
    os.close(started)
    os.close(go)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * PROCESSES
    files = [folder / f"claimed-{number}" for number in range(PROCESSES)]
    return [[int(line) for line in file.read_text().split()] for file in files]


def _claim_all(state: State, file: Path) -> None:
    leases, claimed = Leases(state, file.name), []
    while leases.waiting():
        if (job := leases.claim()) is not None:
            claimed.append(job.id)
    file.write_text(" ".join(map(str, claimed)))
    state.close()
