"""A process ends with the one that started it, whatever ends that: nobody would look after it any more."""

from __future__ import annotations

import ctypes
import os
import signal
from contextlib import suppress

_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Have Linux end this process at once when the one that started it has ended; elsewhere nothing happens.

    Parameters
    ----------
    parent : int
        The process that started this one. If it has ended before, this one ends here.

    Notes
    -----
    Linux goes by the thread that started this process, which therefore has to wait for it. A thread of this
    process that waits for the end of the parent would be no match: it does not get its turn while a library
    is busy in C.
    """
    with suppress(AttributeError, OSError):  # no Linux
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
