"""Runs the command line as a person would, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from tests.running import ROOT


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out, parse_constant=_refuse)


def run(*words: object, **environment: str) -> Ran:
    """Run ``python -m services`` with ``words``."""
    import os

    done = subprocess.run(
        [sys.executable, "-m", "services", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no strict JSON")
