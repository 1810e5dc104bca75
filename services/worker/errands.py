"""What a worker has a child do beside its jobs, when something is due."""

from __future__ import annotations

import logging
import os
import signal
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from threading import Event, Thread
from typing import Any

from services.core.refusals import Refusal
from services.worker.child import Child

LOOK_SECONDS = 30.0
"""How often the records are asked whether something is due."""
PAUSE_SECONDS = 600.0
"""How long nobody looks after a child that broke off, or was refused: it may do so again."""
BEAT_SECONDS = 0.5
LONGEST_SECONDS = 1_800
"""How long a child may take for all that is due."""
LAST_SECONDS = 31.0
"""How long it may take for what is under way, once the worker is to end; one try takes 30."""

log = logging.getLogger(__name__)


class Errands(ABC):
    """Has one kind of thing done, in a thread of its own: no long training and no slow server holds it up.

    Parameters
    ----------
    what : str
        What is done, for the log: several of them.
    command : sequence of str
        What the child is started with; it takes an order and says what it did, as ``Child`` has it.
    order : dict
    """

    def __init__(self, what: str, command: Sequence[str], order: dict[str, Any]) -> None:
        self._what = what
        self._command = command
        self._order = order
        self._ending = Event()
        self._thread = Thread(target=self._run, name=what, daemon=True)

    @abstractmethod
    def due(self) -> bool:
        """Whether there is something to do.

        Raises
        ------
        StateUnusable
        """

    @abstractmethod
    def tell(self, said: dict[str, Any]) -> None:
        """Log one thing that the child did."""

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def end(self) -> None:
        """Have it end, once what is under way is finished; do not wait for that."""
        self._ending.set()

    def stop(self) -> None:
        """End it, and wait until what is under way is finished."""
        self.end()
        self._thread.join(LAST_SECONDS + 1)

    def look(self) -> bool:
        """Have done what is due.

        Returns
        -------
        bool
            Whether all went as it should; else it is not to be tried at once.

        Raises
        ------
        StateUnusable
        """
        if not self.due():
            return True
        child = Child(self._command, self._order)
        try:
            said = self._attended(child)
        finally:
            child.close()
        for each in said:
            if "refused" in each:
                log.warning("%s wait", self._what, extra={"why": each["refused"]})
            else:
                self.tell(each)
        if child.code != 0 and not self._ending.is_set():
            log.error("sending %s broke off: %s", self._what, child.log)
        return child.code == 0 and not any("refused" in each for each in said)

    def _attended(self, child: Child) -> list[dict[str, Any]]:
        """Listen until the child has ended, or has to."""
        began, said = time.monotonic(), list[dict[str, Any]]()
        told: float | None = None
        while True:
            ended = child.code is not None  # asked first: what it said last is still to be heard then
            said += child.listen(BEAT_SECONDS)
            if ended or time.monotonic() - began > LONGEST_SECONDS:
                return said
            if self._ending.is_set():
                if told is None:
                    told = time.monotonic()
                    with suppress(ProcessLookupError):
                        os.kill(child.pid, signal.SIGTERM)
                elif time.monotonic() - told > LAST_SECONDS:
                    return said

    def _run(self) -> None:
        while True:
            wait = PAUSE_SECONDS
            try:
                if self.look():
                    wait = LOOK_SECONDS
            except Refusal as refusal:  # also records that cannot be read or written
                log.warning("%s wait", self._what, extra={"why": str(refusal)})
                wait = LOOK_SECONDS
            except Exception:
                log.exception("looking for %s failed", self._what)
            if self._ending.wait(wait):
                return
