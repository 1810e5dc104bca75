"""Programs of ours in processes of their own, forked from one that has imported what they need.

Imports cost more than most of what a test then asks of a command or a site. Without this, a site is started
by ``tests/server/test_guide.py`` and a command by the fixture ``models``.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

from services.site.tabs import TABS

_FORKS = multiprocessing.get_context("forkserver")
# prometheus-client is not among it: it looks at its first import whether it is in a server of several
# processes, and `app` itself needs it.
_FORKS.set_forkserver_preload(
    [
        __name__,
        "services.cli",
        "services.serving.predictions.predict",
        "sklearn.pipeline",
        "gunicorn.app.wsgiapp",
        "gunicorn.workers.gthread",
        "services.web.api",
        "services.web.static.suites",
        *(f"callbacks.{tab.key}.wiring" for tab in TABS),
        *(f"layouts.{tab.key}.frame" for tab in TABS),
        "tests.warm",
    ]
)


def begin(
    module: str,
    words: Sequence[str],
    environment: Mapping[str, str],
    out: Path,
    err: Path | None = None,
    given: Path | None = None,
    session: bool = False,
) -> BaseProcess:
    """Run ``module`` as ``python -m`` does, and leave it alone.

    Parameters
    ----------
    module : str
    words : sequence of str
        What stands behind it on the command line.
    environment : mapping
        All of it, not what is added.
    out, err : Path, Path or None
        Take what it prints; both the first one without ``err``.
    given : Path or None
        Its stdin, which is empty without.
    session : bool
        Whether it leads a session of its own.
    """
    how = (module, list(words), dict(environment), out, err, given, session)
    process = _FORKS.Process(target=_run, args=how)
    process.start()
    return process


def _run(
    module: str,
    words: list[str],
    environment: dict[str, str],
    out: Path,
    err: Path | None,
    given: Path | None,
    session: bool,
) -> None:
    if session:
        os.setsid()
    os.chdir(Path(__file__).parents[1])
    os.environ.clear()
    os.environ.update(environment)
    with out.open("wb") as file:
        os.dup2(file.fileno(), 1)
        if err is None:
            os.dup2(file.fileno(), 2)
    if err is not None:
        with err.open("wb") as file:
            os.dup2(file.fileno(), 2)
    if given is not None:
        sys.stdin = given.open(encoding="utf-8")
    sys.argv[1:] = words
    runpy.run_module(module, run_name="__main__", alter_sys=True)
