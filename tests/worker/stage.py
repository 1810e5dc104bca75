"""A worker in a process of its own, on a site whose trainings are those of ``fake.py``."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import delete, update

from services.releases import training_lock
from services.releases.pointer import POINTER
from services.site.jobs.job import Job
from services.site.jobs.queue import Jobs
from services.site.settings import Settings
from services.site.state import State
from services.site.state.tables import jobs
from services.worker import loop
from services.worker.ending import Ending
from services.worker.loop import Worker

FAKE = (sys.executable, "-S", str(Path(__file__).with_name("fake.py")))
PATIENCE = 60.0
ORPHANS_GONE = 10.0
MEMORY_MB = 500
RELEASE = "20261121T224500Z-3fa9c1"  # what fake.py says that it made
ACTIVE = "20260101T000000Z-000000\n"


def until(condition, seconds: float = PATIENCE) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.01)


def runs(pid: int) -> bool:
    """Whether a process is there and no mere entry for who started it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # it ended before, or while it was looked at
        return False


class Stage:
    """A site's folders and records, and the workers that were started beside it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(
            models_dir=folder / "models", state_dir=folder / "state", training_memory_mb=MEMORY_MB
        )
        self.settings.models_dir.mkdir()
        (self.settings.models_dir / POINTER).write_text(ACTIVE)
        self.state = State(self.settings.state_dir)
        self.jobs = Jobs(self.state)
        self.workers: list[int] = []

    def ask(self, **wanted) -> int:
        """Ask for a training that does as ``fake.py`` says."""
        asked = {"files": ["/data/sales.csv"], "preset": {"id": "standard"}, "options": wanted}
        return self.jobs.ask("ana", asked)

    def worker(self, command=FAKE) -> int:
        """Start a worker, and return its process."""
        if child := os.fork():
            self.workers.append(child)
            return child
        try:
            ending = Ending()
            ending.on_signals()
            loop.IDLE_SECONDS = loop.BEAT_SECONDS = 0.05
            Worker(self.settings, State(self.settings.state_dir), ending, command).work()
            os._exit(0)
        finally:
            os._exit(1)

    def order(self, job: Job, **more) -> dict:
        """Return what a training of a job is told, as a worker tells it."""
        given = {
            "asked": job.asked,
            "who": job.who,
            "models_dir": str(self.settings.models_dir),
            "state_dir": str(self.settings.state_dir),
            "database_url": None,
            "memory_mb": 4_000,
            "engine_memory_mb": 750,
        }
        return given | more

    def pids(self) -> list[int]:
        """Return the processes of the training that began last, once they are there."""
        file = self.settings.models_dir / "pids"
        until(lambda: file.is_file() and len(file.read_text().split()) == 2)
        return [int(pid) for pid in file.read_text().split()]

    def ended(self, job_id: int) -> Job:
        """Wait until a job has ended."""
        until(lambda: self.jobs.find(job_id).ended)
        return self.jobs.find(job_id)

    def let_leases_run_out(self) -> None:
        """Have the time pass in which a dead worker might still live."""
        with self.state.writing() as connection:
            connection.execute(update(jobs).values(lease_until=0))

    def remove_jobs(self) -> None:
        """Remove every job, as a restored backup does."""
        with self.state.writing() as connection:
            connection.execute(delete(jobs))

    def training_by_command(self):
        """Hold what ``python -m services train`` holds while it runs."""
        return training_lock(self.settings.models_dir)

    def stop(self, worker: int, by: signal.Signals = signal.SIGTERM) -> int:
        """Stop a worker, and return how it ended, as ``waitpid`` says."""
        self.workers.remove(worker)
        os.kill(worker, by)
        return os.waitpid(worker, 0)[1]

    def left_over(self) -> list[str]:
        """Name what a training leaves only if it is killed, and a pointer that was changed."""
        releases, work = self.settings.models_dir / "releases", self.settings.state_dir / "work"
        found = [str(path) for folder in (releases, work) if folder.is_dir() for path in folder.iterdir()]
        changed = (self.settings.models_dir / POINTER).read_text() != ACTIVE
        return [path for path in found if not path.endswith(".lock")] + [POINTER] * changed

    def close(self) -> None:
        """End what still runs."""
        for worker in self.workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
        self.state.close()
