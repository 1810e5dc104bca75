"""The worker's part in digests: it looks whether one is due, and has a child make and send them."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from services.core.refusals import Refusal
from services.site.digests.due import due
from services.worker.child import Child

if TYPE_CHECKING:
    from services.site.settings import Settings
    from services.site.state import State

DIGESTS = (sys.executable, "-m", "callbacks.digests")
LOOK_SECONDS = 30.0
"""How often the records are asked whether a digest is due."""
PAUSE_SECONDS = 600.0
"""How long nobody looks after a child that broke off, or was refused: it may do so again."""
BEAT_SECONDS = 0.5
LONGEST_SECONDS = 1_800
"""How long a child may take for all that is due."""
LAST_SECONDS = 31.0
"""How long it may take for the digest under way, once the worker is to end; one try takes 30."""

log = logging.getLogger(__name__)


class Digests:
    """Has digests sent, in a thread of its own: neither a long training nor a slow server holds it up.

    Parameters
    ----------
    settings : Settings
    state : State
    clock : callable
        Seconds since 1970.
    command : sequence of str
        What makes and sends them.
    """

    def __init__(
        self,
        settings: Settings,
        state: State,
        clock: Callable[[], float] = time.time,
        command: Sequence[str] = DIGESTS,
    ) -> None:
        self._settings = settings
        self._state = state
        self._clock = clock
        self._command = command
        self._ending = Event()
        self._thread = Thread(target=self._run, name="digests", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End it, once the digest under way is finished."""
        self._ending.set()
        self._thread.join(LAST_SECONDS + 1)

    def look(self) -> bool:
        """Have sent what is due.

        Returns
        -------
        bool
            Whether all went as it should; else it is not to be tried at once.

        Raises
        ------
        StateUnusable
        """
        if not due(self._settings, self._state, self._clock):
            return True
        child = Child(self._command, {"do": "send"})
        try:
            said = self._attended(child)
        finally:
            child.close()
        for each in said:
            if "refused" in each:
                log.warning("digests wait", extra={"why": each["refused"]})
            else:
                level = logging.INFO if each["state"] == "sent" else logging.WARNING
                log.log(level, "digest", extra={"digest": each})
        if child.code != 0 and not self._ending.is_set():
            log.error("sending digests broke off: %s", child.log)
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
                log.warning("digests wait", extra={"why": str(refusal)})
                wait = LOOK_SECONDS
            except Exception:
                log.exception("looking for digests failed")
            if self._ending.wait(wait):
                return
