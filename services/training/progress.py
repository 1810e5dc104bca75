"""The named steps of a training: how long each took, and who is told."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str, float], None]
"""Called with a step's name and the share of all steps done before it, 0–1."""

STEPS = ("read", "clean", "customers", "clusters", "snapshots", "churn", "rules", "recommendations", "write")


class Progress:
    """Times the steps of one training.

    Parameters
    ----------
    tell : callable, optional
        Told when a step starts, and with ``"done"`` at the end.
    """

    def __init__(self, tell: Tell | None = None) -> None:
        self._tell = tell or (lambda _step, _share: None)
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what happens inside as the step ``name`` of ``STEPS``."""
        self._tell(name, STEPS.index(name) / len(STEPS))
        started = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - started, 3)

    def done(self) -> None:
        """Say that the last step is over."""
        self._tell("done", 1.0)


def peak_memory_mb() -> float:
    """Return the highest resident memory of this process so far, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024**2 if sys.platform == "darwin" else 1024), 1)
