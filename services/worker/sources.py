"""The worker's part in sources that renew themselves: which is due, tried by a child, and how it went."""

from __future__ import annotations

import logging
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from services.brought.asking import ask_for_training
from services.core.language.messages import _, later
from services.core.language.written import number
from services.core.refusals import Refusal
from services.releases import WORK, clear_left_over
from services.site.ledger import Ledger
from services.site.settings import Settings
from services.site.sources import FOLDER, Done, Source, Sources, configured
from services.site.sources.folder import Files, Found
from services.site.state import State, StateUnusable
from services.worker.child import Child
from services.worker.ending import Ending

RENEWING = (sys.executable, "-m", "services.worker.renewing")
LOOK_SECONDS = 5.0
"""How often the records are asked whether a source is due."""
BEAT_SECONDS = 0.5
LEASE_SECONDS = 20
"""How long after its last beat a worker counts as gone."""
LONGEST_SECONDS = 1_800
"""How long a file, or a query, may take."""

_OF_MEMORY = ("MemoryError", "bad_alloc", "Out of Memory")
"""What Python, C++ and the engine say where memory is refused."""


class _Blame(NamedTuple):
    """Why a try broke off: said of the source, and of a file that was being read."""

    source: later
    file: later


_TOO_LONG = _Blame(
    later("Reading {where} took longer than {n} minutes."), later("Reading it took longer than {n} minutes.")
)
_TOO_LARGE = _Blame(
    later("Reading {where} needs more memory than it is allowed, {n} MB (TRAINING_MEMORY_MB)."),
    later("Reading it needs more memory than it is allowed, {n} MB (TRAINING_MEMORY_MB)."),
)
_KILLED = _Blame(
    later("Reading {where} was ended from outside, perhaps for lack of memory."),
    later("Reading it was ended from outside, perhaps for lack of memory."),
)
_BROKE_OFF = _Blame(
    later("Reading {where} stopped because of an error in the program; see the log."),
    later("Reading it stopped because of an error in the program; see the log."),
)
log = logging.getLogger(__name__)


class Renewals:
    """Has the sources renewed that are due.

    Parameters
    ----------
    settings : Settings
    state : State
    who : str
        The worker's own name.
    ending : Ending
    show : callable
        Shows that the worker is there; called while a source is tried.
    command : sequence of str
        What a try is started with.
    """

    def __init__(
        self,
        settings: Settings,
        state: State,
        who: str,
        ending: Ending,
        show: Callable[[], None],
        command: Sequence[str] = RENEWING,
    ) -> None:
        self._settings = settings
        self._state = state
        self._sources, self._files = Sources(state), Files(state)
        self._configured = configured(settings)
        self._who = who
        self._ending = ending
        self._show = show
        self._command = command
        self._looked = -LOOK_SECONDS

    def tick(self) -> None:
        """Try what is due, and ask for a training that is due; most of the time nothing is."""
        if not self._configured or time.monotonic() - self._looked < LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        try:
            for source in self._sources.due(self._configured):
                if not self._ending.wanted() and self._sources.claim(source, self._who, LEASE_SECONDS):
                    self._try(source)
            if self._settings.source_train and ask_for_training(self._settings, self._state):
                log.info("training asked for after a source changed")
        except Refusal as refusal:  # also records that cannot be read or written
            log.warning("%s", refusal)

    def _try(self, source: Source) -> None:
        files: list[Found] = []
        try:
            if source.name == FOLDER:
                assert self._settings.source_folder is not None
                self._files.settle(Ledger(self._settings.state_dir))
                files = self._files.look(self._settings.source_folder)
        except StateUnusable:
            raise
        except Refusal as refusal:
            self._sources.failed(source, self._who, str(refusal))
            return
        if source.name == FOLDER and not files:
            self._sources.succeeded(source, self._who, Done(), train=False)
            return
        told = [(str(file.path), file.size, file.changed) for file in files]
        memory = self._settings.training_memory_mb
        child = Child(self._command, {"source": source.name, "files": told, "memory_mb": memory})
        try:
            write = self._attend(source, child, files)
        finally:
            child.close()
            # rows that a child which was ended left behind
            clear_left_over(self._settings.models_dir, self._settings.state_dir / WORK)
            Ledger(self._settings.state_dir).clear_left_over()
        write()
        log.info("source tried", extra={"source": source.name, "code": child.code})

    def _attend(self, source: Source, child: Child, files: Sequence[Found]) -> Callable[[], None]:
        """Listen until the child ends or is to be ended; return what writes down how it did."""
        began, file, said = time.monotonic(), None, None
        while True:
            ended = child.code is not None  # asked first: what it said last is still to be heard then
            for message in child.listen(BEAT_SECONDS):
                if "file" in message:
                    began, file = time.monotonic(), files[message["file"]]
                else:
                    said = message
            if ended:
                return self._outcome(source, child, file, said)
            if self._ending.wanted():
                return lambda: self._sources.give_back(source, self._who)
            if child.memory_mb > self._settings.training_memory_mb:
                return self._blaming(source, file, _TOO_LARGE, self._settings.training_memory_mb)
            if time.monotonic() - began > LONGEST_SECONDS:
                return self._blaming(source, file, _TOO_LONG, LONGEST_SECONDS // 60)
            self._beat(source)

    def _outcome(
        self, source: Source, child: Child, file: Found | None, said: dict[str, Any] | None
    ) -> Callable[[], None]:
        if said is None:
            if child.code == -signal.SIGKILL:
                return self._blaming(source, file, _KILLED)
            if any(word in child.log for word in _OF_MEMORY):
                return self._blaming(source, file, _TOO_LARGE, self._settings.training_memory_mb)
            log.error("renewing broke off: %s", child.log)
            return self._blaming(source, file, _BROKE_OFF)
        if "refused" in said:
            return lambda: self._sources.failed(source, self._who, said["refused"])
        done = Done(said["changed"], said["held"])
        train = self._settings.source_train
        return lambda: self._sources.succeeded(source, self._who, done, train=train)

    def _blaming(
        self, source: Source, file: Found | None, blame: _Blame, most: int = 0
    ) -> Callable[[], None]:
        """Blame a file that was being read, so that the others get their turn; else the source."""
        if file is None:
            sentence = blame.source(where=source.where, n=number(most))
            return lambda: self._sources.failed(source, self._who, sentence)
        said = _("“{file}” was not added.", file=file.name)
        told = f"{said} {blame.file(n=number(most))}"

        def write() -> None:
            self._files.refuse(file, "", told)
            # what came before it may have changed the ledger
            changed, train = Done(changed=True), self._settings.source_train
            self._sources.succeeded(source, self._who, changed, train=train)

        return write

    def _beat(self, source: Source) -> None:
        try:
            self._sources.beat(source, self._who, LEASE_SECONDS)
            self._show()
        except StateUnusable:  # it stays this worker's until another one takes it
            log.warning("the site's records cannot be read or written")
