"""What a training says of itself, and why one failed, in a sentence."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

from services.core.language.messages import _
from services.core.language.written import number
from services.site.jobs.leases import Failure

if TYPE_CHECKING:
    from services.worker.child import Child

_OF_MEMORY = ("MemoryError", "bad_alloc", "Out of Memory", "Cannot allocate memory")
"""What Python, C++, the engine and the system say where memory is refused."""


class Outcome:
    """What a training has said so far.

    Attributes
    ----------
    steps : dict
        When each step so far began, in seconds since the training was started.
    share : float
        Of all steps, done before this one, 0–1.
    release : str or None
        What it made.
    refused : Failure or None
        Why it declined.
    """

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self.share = 0.0
        self.release: str | None = None
        self.refused: Failure | None = None

    @property
    def step(self) -> str:
        """What it works on; empty before the first step."""
        return list(self.steps)[-1] if self.steps else ""

    def take(self, message: dict[str, Any], seconds: float) -> None:
        """Note a message, as ``services.worker.training`` writes them.

        Parameters
        ----------
        message : dict
        seconds : float
            Since the training was started.
        """
        if "step" in message:
            self.share = message["share"]
            self.steps.setdefault(message["step"], round(seconds, 1))
        elif "release" in message:
            self.release = message["release"]
        else:
            refused = message["refused"]
            self.refused = Failure(refused["message"], refused["field"], refused["option"])


def too_large(memory_mb: int) -> Failure:
    """Say that a training needs more memory than it may have."""
    return Failure(
        _(
            "The training needed more memory than it is allowed, {n} MB. Set TRAINING_MEMORY_MB to more and "
            "start the worker again, or train on fewer rows.",
            n=number(memory_mb),
        )
    )


def failure_of(outcome: Outcome, child: Child, memory_mb: int) -> Failure:
    """Say why a training that has ended made no release.

    Parameters
    ----------
    outcome : Outcome
    child : Child
    memory_mb : int
        What it was allowed.
    """
    if outcome.refused is not None:
        return outcome.refused
    if any(word in child.log for word in _OF_MEMORY):
        return too_large(memory_mb)
    if child.code == -signal.SIGKILL:
        return Failure(
            _(
                "The training was killed from outside, most likely because the machine ran out of memory. "
                "Make room, or train on fewer rows, then ask for it again."
            )
        )
    code = child.code or 0
    how = (
        _("The training stopped because of an error in the program (signal {n}).", n=-code)
        if code < 0
        else _("The training stopped because of an error in the program (exit code {n}).", n=code)
    )
    where = _("The last lines it printed are in the job’s log.")
    return Failure(f"{how} {where}")
