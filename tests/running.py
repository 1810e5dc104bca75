"""Starts the site as it runs for its users: gunicorn in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import free_port

ROOT = Path(__file__).parents[1]
START_SECONDS = 90
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
    with (
        log.open("w") as output,
        subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app:create_server()"],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        running = Site(f"http://127.0.0.1:{port}", models, state, process.pid, log)
        try:
            _wait_until_ready(running, process, answers)
            yield running
        finally:
            _stop(process)


def _wait_until_ready(running: Site, process: subprocess.Popen[bytes], answers: str) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{running.url}{answers}", timeout=5):
                return
        except urllib.error.HTTPError as answer:
            answer.close()  # it answers, but is not ready
        except OSError:
            pass  # it does not listen yet
        time.sleep(0.1)
    raise RuntimeError(f"The site did not become ready. Its log:\n{running.log.read_text()[-4_000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
