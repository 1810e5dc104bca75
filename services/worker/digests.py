"""The worker's part in digests: it looks whether one is due, and has a child make and send them."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from services.site.digests.due import due
from services.worker.errands import Errands

if TYPE_CHECKING:
    from services.site.settings import Settings
    from services.site.state import State

DIGESTS = (sys.executable, "-m", "callbacks.digests")

log = logging.getLogger(__name__)


class Digests(Errands):
    """Has digests sent.

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
        super().__init__("digests", command, {"do": "send"})
        self._settings = settings
        self._state = state
        self._clock = clock

    def due(self) -> bool:
        """Whether a digest is to be sent; one whose worker is gone is noted as that."""
        return bool(due(self._settings, self._state, self._clock))

    def tell(self, said: dict[str, Any]) -> None:
        """Log what became of a digest."""
        log.log(
            logging.INFO if said["state"] == "sent" else logging.WARNING, "digest", extra={"digest": said}
        )
