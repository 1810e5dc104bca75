"""The worker's part in audiences that go to another tool: a child sends those that are due."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from services.site.pushes.sending import Sending
from services.worker.errands import Errands

if TYPE_CHECKING:
    from services.site.state import State

PUSHES = (sys.executable, "-m", "services.campaigns.pushing")

log = logging.getLogger(__name__)


class Pushes(Errands):
    """Has audiences sent.

    Parameters
    ----------
    state : State
    clock : callable
        Seconds since 1970.
    command : sequence of str
        What sends them.
    """

    def __init__(
        self, state: State, clock: Callable[[], float] = time.time, command: Sequence[str] = PUSHES
    ) -> None:
        super().__init__("audiences", command, {})
        self._sending = Sending(state, clock)

    def due(self) -> bool:
        """Whether an audience is to be sent, or gone on with."""
        return self._sending.due()

    def tell(self, said: dict[str, Any]) -> None:
        """Log what became of an audience, or that it waits."""
        push = said["push"]
        well = push["state"] == "done" and not push["refused"] and not push["unsure"]
        log.log(logging.INFO if well else logging.WARNING, "audience push", extra={"push": push})
