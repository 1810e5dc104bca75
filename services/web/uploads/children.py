"""Commands that read what was sent: each in a process of its own, with bounds of time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from werkzeug.exceptions import BadRequest

from services.core.refusals import NotFound, Refusal

_ROOT = Path(__file__).parents[3]

#: Given the seconds and bytes that a module may take, its name and its arguments.
_BOUNDED = """
import os, resource, runpy, sys
seconds, memory, *sys.argv = sys.argv[1:]
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
    command = [sys.executable, "-c", _BOUNDED, str(seconds), str(memory_mb << 20), module, *words]
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
    if refused:
        kind = NotFound if done.returncode == NotFound.exit_code else Refusal
        raise kind(refused["message"], refused.get("field"))
    return answer


def _too_much() -> BadRequest:
    return BadRequest(
        "The file could not be looked through in the time and memory there is for that. Split it, or "
        "leave out columns that are not needed."
    )
