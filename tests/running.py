"""Starts the site as it runs for its users: gunicorn in a process of its own, forked from a warm one."""

from __future__ import annotations

import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.forks import begin
from tests.servers import free_port

ROOT = Path(__file__).parents[1]
START_SECONDS = 180
STOP_SECONDS = 40  # gunicorn lets requests finish for 30


@dataclass(frozen=True)
class Site:
    """A running site: its address (no slash at the end), folders, the master's process id, its log."""

    url: str
    models: Path
    state: Path
    pid: int
    log: Path


@contextmanager
def serve(models: Path, folder: Path, answers: str = "/readyz", **environment: str) -> Iterator[Site]:
    """Run the site until the block ends, on a free port or on that of ``PORT``.

    Parameters
    ----------
    models : Path
        The models folder.
    folder : Path
        Where state and log go.
    answers : str
        What has to answer 200; ``/healthz`` for a site without a release.
    **environment : str
        Further settings.

    Raises
    ------
    RuntimeError
        If the site ends or is not ready in time; the message ends with its log.
    """
    port = int(environment.get("PORT") or free_port())
    log = folder / "site.log"
    state = Path(environment.get("STATE_DIR") or folder / "state")
    settings = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "MODELS_DIR": str(models),
        "STATE_DIR": str(state),
        "WEB_CONCURRENCY": "2",
        **environment,
    }
    log.touch()
    process = begin("gunicorn", ["app:create_server()"], os.environ | settings, log, session=True)
    assert process.pid is not None
    running = Site(f"http://127.0.0.1:{port}", models, state, process.pid, log)
    try:
        _wait_until_ready(running, process, answers)
        yield running
    finally:
        _stop(process)


def check_start(folder: Path, **environment: str) -> tuple[int, str]:
    """Have gunicorn make the site and end: with which code, and what it printed.

    Parameters
    ----------
    folder : Path
        Takes what it prints, as ``start.log``.
    **environment : str
        Settings beside those of this process.
    """
    log = folder / "start.log"
    started = begin("gunicorn", ["--check-config", "app:create_server()"], os.environ | environment, log)
    started.join()
    assert started.exitcode is not None
    return started.exitcode, log.read_text("utf-8")


def _wait_until_ready(running: Site, process: BaseProcess, answers: str) -> None:
    end = time.monotonic() + START_SECONDS
    while process.is_alive() and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{running.url}{answers}", timeout=5):
                return
        except urllib.error.HTTPError as answer:
            answer.close()  # it answers, but is not ready
        except OSError:
            pass  # it does not listen yet
        time.sleep(0.1)
    raise RuntimeError(f"The site did not become ready. Its log:\n{running.log.read_text()[-4_000:]}")


def _stop(process: BaseProcess) -> None:
    process.terminate()
    process.join(STOP_SECONDS)
    if process.is_alive():
        os.killpg(process.pid or 0, signal.SIGKILL)
        process.join()
    process.close()
