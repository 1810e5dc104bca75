"""How many files are answered at once: one a person on the whole site, two a worker; others wait."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import BoundedSemaphore, Lock

from werkzeug.exceptions import TooManyRequests

from services.core.language.messages import _, later

AT_ONCE = 2
WAIT_SECONDS = 10
_YOURS = later("Another file of yours is being processed. Wait until it is done.")

log = logging.getLogger(__name__)


class Slots:
    """The slots of one worker.

    Parameters
    ----------
    folder : callable
        Gives the folder in which the workers of a site see whose file is being answered.
    """

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder
        self._busy: set[str] = set()
        self._changing = Lock()
        self._free = BoundedSemaphore(AT_ONCE)

    def of_person(self, who: str) -> ExitStack:
        """Take the person's slot; closing what is returned gives it back, as often as that is done.

        Raises
        ------
        TooManyRequests
        """
        with ExitStack() as held:
            with self._changing:
                if who in self._busy:
                    raise self._later(_YOURS())
                self._busy.add(who)
            held.callback(self._busy.discard, who)
            self._lock(who, held)
            return held.pop_all()

    def of_worker(self, held: ExitStack) -> None:
        """Take one of the worker's slots as well, to be given back with ``held``.

        Raises
        ------
        TooManyRequests
        """
        if not self._free.acquire(blocking=False):
            raise self._later(_("Other people's files are being processed. Send yours again in a minute."))
        held.callback(self._free.release)

    def _lock(self, who: str, held: ExitStack) -> None:
        """Hold the person's file among all workers; the system gives it back for a worker that is killed."""
        try:
            folder = self._folder() / "uploads"
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            name = hashlib.sha256(who.encode()).hexdigest()[:32]
            descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as fault:  # a disk that takes no change: this worker alone knows then
            log.warning("uploads are not counted among workers: %s", fault.strerror)
            return
        held.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise self._later(_YOURS()) from None

    @staticmethod
    def _later(sentence: str) -> TooManyRequests:
        return TooManyRequests(sentence, retry_after=WAIT_SECONDS)
