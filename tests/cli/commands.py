"""Runs the command line in a process of its own, as ``python -m services`` does."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.forks import begin


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


def run(*words: object, typed: str = "", **environment: str) -> Ran:
    """Run a command with ``words``, ``typed`` on its stdin; ``environment`` adds to this process's."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        process = start(folder, *words, typed=typed, **environment)
        process.join()
        ran = Ran(process.exitcode, *((folder / each).read_text("utf-8") for each in ("out", "err")))
        process.close()
    assert "Traceback" not in ran.err, ran.err
    return ran


def start(folder: Path, *words: object, typed: str = "", **environment: str) -> BaseProcess:
    """Start the same and leave it alone; ``folder`` takes what it prints, as ``out`` and ``err``."""
    given, out, err = (folder / name for name in ("in", "out", "err"))
    given.write_text(typed, "utf-8")
    return begin("services", [str(word) for word in words], {**os.environ, **environment}, out, err, given)


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no strict JSON")
