"""Commands that read what was sent: each in a process of its own, with bounds of time and memory.

Such a process ends with the one that waits for it, whatever ends that: nobody would read what it says, and it
holds rows of customers and the lock of the ledger as long as it runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from werkzeug.exceptions import BadRequest

from services.core.language.again import again
from services.core.language.messages import _
from services.core.refusals import NotFound, Refusal

_ROOT = Path(__file__).parents[3]

#: Given the process that waits, the seconds and bytes that a module may take, its name and its arguments.
_BOUNDED = """
import os, resource, runpy, sys
from services.site.parents import end_with_parent
parent, seconds, memory, *sys.argv = sys.argv[1:]
end_with_parent(int(parent))
os.nice(10)
resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def ask(module: str, words: Sequence[str], *, seconds: int, memory_mb: int) -> Any:
    """Run a module that prints one JSON value, and return that.

    Parameters
    ----------
    module : str
    words : sequence of str
        Its arguments.
    seconds : int
        After which it is killed.
    memory_mb : int
        How much it may ask of the system.

    Raises
    ------
    Refusal
        What the module refuses, or that the file takes too much.
    """
    bounds = [str(os.getpid()), str(seconds), str(memory_mb << 20)]
    command = [sys.executable, "-c", _BOUNDED, *bounds, module, *words]
    try:
        done = subprocess.run(
            command, cwd=_ROOT, capture_output=True, stdin=subprocess.DEVNULL, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise _too_much() from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise _too_much() from None
    refused = answer.get("refused") if isinstance(answer, dict) else None
    if isinstance(refused, dict):  # a command that counts rows calls those so that it refused
        kind = NotFound if done.returncode == NotFound.exit_code else Refusal
        raise kind(again(refused["message"]), refused.get("field"))
    return answer


def _too_much() -> BadRequest:
    return BadRequest(
        _(
            "The file could not be read within the time and memory allowed for a look. Split it, or leave "
            "out columns that are not needed."
        )
    )
