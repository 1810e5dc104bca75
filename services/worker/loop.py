"""The worker: one process beside the site that takes up jobs, one after the other, and renews sources."""

from __future__ import annotations

import logging
import os
import platform
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from services.core.refusals import Refusal
from services.releases import WORK, clear_left_over, training_lock
from services.site.customers.audiences import Audiences
from services.site.customers.contacts import Contacts
from services.site.jobs.job import LONGEST_NAME, Job
from services.site.jobs.leases import Leases, Told
from services.site.pushes.queue import Queue
from services.site.settings import Settings
from services.site.state import State, StateUnusable
from services.site.uploads import Uploads
from services.worker.child import Child
from services.worker.ending import Ending
from services.worker.outcome import Outcome, failure_of, too_large
from services.worker.remaining import Remaining, files_of
from services.worker.sources import Renewals

TRAINING = (sys.executable, "-m", "services.worker.training")
IDLE_SECONDS = 1.0
SWEPT_SECONDS = 600.0
BEAT_SECONDS = 0.5
"""How often a job's row says how far it is, and is asked whether to go on."""

_SILENT = "the site's records cannot be read or written"
log = logging.getLogger(__name__)


class Worker:
    """Takes up jobs until it is told to end.

    Parameters
    ----------
    settings : Settings
    state : State
    ending : Ending
        The worker then ends what it works on, leaves that to the next worker, and ends.
    command : sequence of str
        What a training is started with.
    """

    def __init__(
        self, settings: Settings, state: State, ending: Ending, command: Sequence[str] = TRAINING
    ) -> None:
        self._settings, self._state = settings, state
        name = _own_name()
        self._leases = Leases(state, name)
        self._renewals = Renewals(settings, state, name, ending, self._leases.show)
        self._ending = ending
        self._command = command
        self._sweeps_at = time.monotonic()

    def work(self) -> None:
        """Take up jobs until told to end.

        Raises
        ------
        TooNew
            If a later version of this program wrote the site's records.
        """
        self._clear()
        try:
            self._go_on()
        finally:
            with suppress(StateUnusable):
                self._leases.leave()

    def _go_on(self) -> None:
        while not self._ending.wanted():
            self._renewals.tick()
            self._sweep()
            try:
                self._leases.show()
                job = self._claimed()
            except StateUnusable:
                log.warning(_SILENT)
                job = None
            if job is None:
                self._ending.wait(IDLE_SECONDS)
            else:
                self._do(job)

    def _claimed(self) -> Job | None:
        """Claim a job, unless a training that a command started is still writing releases."""
        if not self._leases.waiting():
            return None
        try:
            with suppress(OSError), training_lock(self._settings.models_dir):
                pass  # a folder that cannot be written to is the training's to say
        except Refusal:
            return None
        return self._leases.claim()

    def _do(self, job: Job) -> None:
        log.info("job taken up", extra={"job": job.id, "who": job.who})
        child = Child(self._command, self._order(job))
        try:
            write = self._attend(job, child)
        finally:
            child.close()
            self._clear()
        if write is not None:
            self._write(write)
        log.info("job left", extra={"job": job.id, "code": child.code})

    def _attend(self, job: Job, child: Child) -> Callable[[], None] | None:
        """Listen until the training ends or is to be ended; return what writes down how it did."""
        began = time.monotonic()
        remaining = Remaining(self._settings.models_dir, files_of(job, self._settings.state_dir), began)
        outcome, most = Outcome(), self._settings.training_memory_mb
        while True:
            self._sweep()
            ended = child.code is not None  # asked first: what it said last is still to be heard then
            for message in child.listen(BEAT_SECONDS):
                outcome.take(message, time.monotonic() - began)
                remaining.enter(outcome.step, time.monotonic())
            if ended and outcome.release is not None:
                return partial(self._leases.finish, job, outcome.release, child.log)
            if ended:
                return partial(self._leases.fail, job.id, failure_of(outcome, child, most), child.log)
            if self._ending.wanted():
                return partial(self._leases.give_back, job.id)
            if child.memory_mb > most:
                return partial(self._leases.fail, job.id, too_large(most), child.log)
            told = self._beat(job, outcome, remaining.left(time.monotonic()), child.log)
            if told is Told.CANCELLED:
                return partial(self._leases.stopped, job.id, child.log)
            if told is Told.LOST:
                return None

    def _beat(self, job: Job, outcome: Outcome, left: int | None, lines: str) -> Told:
        try:
            return self._leases.beat(job.id, outcome.steps, outcome.share, left, lines)
        except StateUnusable:  # the job stays this worker's until another one takes it
            log.warning(_SILENT)
            return Told.GO_ON

    def _write(self, write: Callable[[], None]) -> None:
        """Write how a job ended as soon as the records take it; a worker that is to end tries once."""
        while True:
            try:
                return write()
            except StateUnusable:
                log.warning(_SILENT)
            if self._ending.wanted():
                return None
            self._ending.wait(IDLE_SECONDS)

    def _order(self, job: Job) -> dict[str, object]:
        settings = self._settings
        return {
            "asked": job.asked,
            "who": job.who,
            "ledger_months": settings.ledger_months,
            "models_dir": str(settings.models_dir),
            "state_dir": str(settings.state_dir),
            "database_url": settings.database_url,
            "memory_mb": settings.training_memory_mb,
            "engine_memory_mb": settings.engine_memory_mb,
        }

    def _sweep(self) -> None:
        """Remove what is too old or left behind, which the site does only while it is asked anything."""
        if time.monotonic() >= self._sweeps_at:
            self._sweeps_at = time.monotonic() + SWEPT_SECONDS
            Uploads(self._settings.state_dir).clear()
            with suppress(StateUnusable):
                Contacts(self._state).clear()
                Audiences(self._state).clear()
                Queue(self._state).clear()

    def _clear(self) -> None:
        """Remove what a training that was killed left behind."""
        clear_left_over(self._settings.models_dir, self._settings.state_dir / WORK)


def _own_name() -> str:
    """Return a name that no other worker has, whatever machine it runs on."""
    end = f":{os.getpid()}:{secrets.token_hex(4)}"
    return platform.node()[: LONGEST_NAME - len(end)] + end
