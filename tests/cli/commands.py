"""Runs the command line in a process of its own, as ``python -m services`` does."""

from __future__ import annotations

import json
import multiprocessing
import os
import runpy
import sys
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.running import ROOT

# Forked from one process that has imported what commands need, which would take each of them seconds.
_FORKS = multiprocessing.get_context("forkserver")
# DuckDB is not among it: it looks at its first import whether ``__main__`` is a person at a prompt.
_FORKS.set_forkserver_preload(
    [__name__, "services.cli", "services.serving.predictions.predict", "sklearn.pipeline"]
)


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
    settings = {**os.environ, **environment}
    process = _FORKS.Process(target=_command, args=([str(word) for word in words], settings, given, out, err))
    process.start()
    return process


def _command(words: list[str], environment: dict[str, str], given: Path, out: Path, err: Path) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    for number, path in ((1, out), (2, err)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), number)
    sys.stdin = given.open(encoding="utf-8")
    sys.argv[1:] = words
    runpy.run_module("services", run_name="__main__", alter_sys=True)


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no strict JSON")
