"""When a worker is to end: it is told by a signal, or the process that started it is gone."""

from __future__ import annotations

import os
import signal
from threading import Event


class Ending:
    """Whether the worker is to end.

    Parameters
    ----------
    parent : int, optional
        The process that started the worker, which outlives it by no more than a moment.
    """

    def __init__(self, parent: int | None = None) -> None:
        self._parent = parent
        self._told = Event()

    def on_signals(self) -> None:
        """Have SIGTERM and SIGINT tell it."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._told.set())

    def tell(self) -> None:
        """Tell the worker to end."""
        self._told.set()

    def wanted(self) -> bool:
        """Whether it is to end now."""
        return self._told.is_set() or (self._parent is not None and os.getppid() != self._parent)

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than until it is told."""
        self._told.wait(seconds)
