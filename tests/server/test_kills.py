"""kill −9 at random moments of all that is done with a file, of every process that takes part.

``KILLS=100`` kills as often; the moments are the same in each run.
"""

from __future__ import annotations

import http.client
import itertools
import logging
import os
import random
import threading
import time
from contextlib import suppress

import pytest
from sqlalchemy import update

from services.core.presets import load
from services.releases import list_releases, open_release
from services.site.jobs.asking import asked_for
from services.site.jobs.job import Stage
from services.site.ledger import Ledger
from services.site.state.tables import jobs
from services.site.uploads import Uploads
from services.training.options import TrainOptions
from tests.releases.tiny import make_tiny_release
from tests.server.brought import BLOCKS, PATIENCE, PAUSE, Hosted, sales
from tests.worker.stage import ORPHANS_GONE, until

log = logging.getLogger(__name__)
KILLS = int(os.environ.get("KILLS", "12"))
#: What is done with a file: seconds within which a process is killed on a machine that does nothing else, and
#: which processes take part.
PHASES = {
    "upload": (BLOCKS * PAUSE + 0.3, ("web", "master", "reading")),
    "inspection": (2.0, ("web", "master", "reading")),
    "rows left out": (2.0, ("web", "reading")),
    "adding": (2.0, ("web", "master", "reading")),
    "training": (3.0, ("training", "worker", "master", "web")),
    "publishing": (0.5, ("training", "worker", "master", "web")),
}
DIFFERENT = 5
"""How many files there are, so that the ledger stays small."""
ROUNDS = [(phase, victim) for phase, (_seconds, victims) in PHASES.items() for victim in victims]


@pytest.fixture
def hosted(tmp_path):
    models = tmp_path / "models"
    make_tiny_release(models)
    running = Hosted(models, tmp_path)
    yield running
    running.close()


@pytest.mark.long
def test_e11_whatever_is_killed_whenever_the_old_release_serves_and_the_next_attempt_works(hosted):
    drawn = random.Random(11)
    for number, (phase, victim) in zip(range(KILLS), itertools.cycle(ROUNDS), strict=False):
        kill_and_go_on(hosted, number, phase, victim, drawn.random())
    for release in list_releases(hosted.models):
        assert open_release(hosted.models, release.id).id == release.id


def kill_and_go_on(hosted: Hosted, number: int, phase: str, victim: str, share: float) -> None:
    """Kill a process at a share of what a phase takes at most, and look at what there is then."""
    active = hosted.active()
    attempt = Attempt(hosted, phase, number)
    attempt.start()
    killed = attempt.kill(victim, share * PHASES[phase][0])
    until(lambda: not hosted.orphans(), ORPHANS_GONE)
    attempt.recover(victim)
    assert hosted.active() == active
    assert hosted.ask("GET", "/readyz")["release"] == active
    assert hosted.ask("GET", "/api/v1/customers/12346") is not None
    assert hosted.partial() == []
    attempt.again()
    until(lambda: attempt.left_over() == [], 10)
    assert hosted.partial() == []
    log.info("%d: %s while %s at %.2f: %s", number, victim, phase, share, "killed" if killed else "was over")


class Attempt(threading.Thread):
    """Something done with a file, in a thread of its own, and done once more after a kill."""

    def __init__(self, hosted: Hosted, phase: str, number: int) -> None:
        super().__init__(daemon=True)
        self.hosted, self.phase, self.number = hosted, phase, number % DIFFERENT
        self.job: int | None = None
        self.upload = None if phase in ("upload", "training", "publishing") else hosted.send(number)
        if phase in ("training", "publishing"):
            self.job = self._asked()

    def run(self) -> None:
        with suppress(OSError, http.client.HTTPException, TypeError):  # killed, or refused with a sentence
            self._do(PAUSE)

    def kill(self, victim: str, seconds: float) -> bool:
        """Kill a process some seconds after this has begun; of a job, after the step has."""
        if self.job is not None:
            step = {"training": "read", "publishing": "write"}[self.phase]
            until(
                lambda: self.hosted.job(self.job).ended or step in self.hosted.job(self.job).steps, PATIENCE
            )
        elif victim == "reading":
            until(lambda: self.hosted.victim(victim) or not self.is_alive(), PATIENCE)
        time.sleep(seconds)
        return self.hosted.kill(victim)

    def recover(self, victim: str) -> None:
        """Start what a supervisor starts again, and wait until it answers."""
        if victim == "master":
            self.hosted.site.wait()
            self.hosted.start_site()
        if victim == "worker":
            with self.hosted.state.writing() as connection:  # the time passes in which it might still live
                connection.execute(update(jobs).values(lease_until=0))
            self.hosted.worker.wait()
            self.hosted.start_worker()
        self.join()
        until(self._answers, PATIENCE)

    def again(self) -> None:
        """Do the same once more, and see that it works."""
        if self.job is None:
            if not self._is_there():  # it was added before the kill
                self.upload = self.hosted.send(self.number)
            assert self._do(0.0) is not None
            return
        until(lambda: self.hosted.job(self.job).ended, PATIENCE)
        job = self.hosted.job(self.job)
        if job.state is Stage.FAILED:
            assert job.reason.startswith("The training was killed from outside"), job
            self.job = self._asked()
            until(lambda: self.hosted.job(self.job).ended, PATIENCE)
            job = self.hosted.job(self.job)
        assert job.state is Stage.DONE, job

    def left_over(self) -> list[str]:
        """Name what is left; the next upload removes what is older than a second, as the next start does."""
        found = self.hosted.left_over()
        if any("/.new-" in path for path in found):
            self.hosted.send(self.number)
        return found

    def _do(self, pause: float):
        hosted = self.hosted
        if self.phase == "upload":
            return hosted.send(self.number, pause)
        if self.phase == "adding":
            added = hosted.ask("POST", f"/uploads/{self.upload}/ledger")
            return added and (added["added"] or added["known"])
        what = "inspection" if self.phase == "inspection" else "left-out.csv"
        return hosted.ask("GET", f"/uploads/{self.upload}/{what}") if self.job is None else None

    def _asked(self) -> int:
        ledger = Ledger(self.hosted.state_dir)
        file = self.hosted.folder / "sales.csv"
        if not ledger.entries():
            file.write_bytes(sales(0))
        files = None if ledger.entries() else [file]
        return self.hosted.jobs.ask("ana", asked_for(load("standard"), TrainOptions(k=2).recorded(), files))

    def _is_there(self) -> bool:
        return self.upload in {each.id for each in Uploads(self.hosted.state_dir).of("local")}

    def _answers(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            return self.hosted.ask("GET", "/readyz") is not None
        return False
