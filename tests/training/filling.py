"""A command on a disk that fills: from a step of its training on, no file may grow beyond some bytes.

Run as a program, with the step, the bytes and then the words of the command.
"""

from __future__ import annotations

import resource
import sys
from typing import Any

from services.cli import main
from services.training import run


def fill_from(wanted: str, limit: int) -> None:
    """Have every training of this process find the disk full from the step ``wanted`` on."""
    whole = run.train

    def train(*given: Any, tell: Any, **named: Any) -> Any:
        def told(step: str, share: float) -> None:
            if step == wanted:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            tell(step, share)

        return whole(*given, tell=told, **named)

    run.train = train


if __name__ == "__main__":
    sys.dont_write_bytecode = True  # Python itself would keep halves of its own
    fill_from(sys.argv[1], int(sys.argv[2]))
    main(sys.argv[3:])
