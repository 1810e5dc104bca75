"""Programs that are measured: children whose memory is known at their end, and servers on loopback."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
WORKERS = 2
START_SECONDS = 90
MEGABYTE = 1_000_000
# A program's peak counts what its parent held when it was started, so a small parent starts it.
_WATCH = """
import pathlib, resource, subprocess, sys
code = subprocess.call([sys.executable, *sys.argv[2:]])
pathlib.Path(sys.argv[1]).write_text(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code if code >= 0 else 128 - code)
"""


@dataclass(frozen=True)
class Finished:
    """A child that ended well: what it printed, how long it ran, the most memory it held."""

    output: str
    seconds: float
    peak_mb: float


@dataclass(frozen=True)
class Server:
    """A running server: its port, its master's process id, seconds from the start to the first answer."""

    port: int
    pid: int
    seconds: float
    log: Path


def run(command: Sequence[str], folder: Path, seconds: float) -> Finished:
    """Run ``python`` with arguments from the project's folder to its end.

    Parameters
    ----------
    command : sequence of str
        The arguments after ``python``.
    folder : Path
        Where its output goes.
    seconds : float
        It is killed when it takes longer.

    Raises
    ------
    RuntimeError
        If it fails or takes too long.
    """
    printed, told, peak = folder / "printed.txt", folder / "told.txt", folder / "peak.txt"
    start = time.monotonic()
    with printed.open("w") as output, told.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-S", "-c", _WATCH, str(peak), *command],
            cwd=ROOT,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
        try:
            process.wait(seconds)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
        taken = time.monotonic() - start
    if process.returncode:
        raise RuntimeError(
            f"{' '.join(command[:3])} ended with {process.returncode} after {taken:.0f} s.\n"
            f"{told.read_text()[-2_000:]}"
        )
    return Finished(printed.read_text(), taken, int(peak.read_text()) * 1024 / MEGABYTE)


@contextmanager
def serve(command: Sequence[str], cwd: Path, log: Path, **environment: str) -> Iterator[Server]:
    """Run a gunicorn on a free port until the block ends.

    Parameters
    ----------
    command : sequence of str
        gunicorn's arguments; the port comes by PORT, and replaces ``{port}``.
    cwd : Path
    log : Path
    **environment : str

    Raises
    ------
    RuntimeError
        If it ends or does not answer in time; the message ends with its log.
    """
    port = _free_port()
    given = (
        os.environ | {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": str(WORKERS)} | environment
    )
    arguments = [part.format(port=port) for part in command]
    start = time.monotonic()
    with (
        log.open("w") as output,
        subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *arguments],
            cwd=cwd,
            env=given,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            _wait_for_answer(port, process, log)
            yield Server(port, process.pid, time.monotonic() - start, log)
        finally:
            _stop(process)


def worker_memory(server: Server) -> tuple[float, float]:
    """Return the mean over the workers of (PSS, what only that worker holds), in MB.

    What only one worker holds is what another worker adds.
    """
    workers = psutil.Process(server.pid).children()
    held = [worker.memory_full_info() for worker in workers]
    return (
        sum(each.pss for each in held) / len(held) / MEGABYTE,
        sum(each.uss for each in held) / len(held) / MEGABYTE,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_answer(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        try:
            connection.request("GET", "/")
            if connection.getresponse().status in (200, 302):  # a page, or the way to sign in
                return
        except OSError:
            pass  # it does not listen yet
        finally:
            connection.close()
        time.sleep(0.02)
    raise RuntimeError(f"A server did not answer. Its log:\n{log.read_text()[-4_000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(40)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
