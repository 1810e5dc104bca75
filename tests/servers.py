"""Servers that tests start for themselves: where their programs are, and how long they run."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

SECONDS = 60  # to start, or to stop
PORTS = (20_000, 32_000)  # below those that Linux gives to connections


def program(name: str, package: str, *folders: str) -> str:
    """Return the path of a program of a Debian package; see `missing` for one that is not there."""
    path = [*folders, *os.environ["PATH"].split(os.pathsep), "/usr/sbin"]
    found = shutil.which(name, path=os.pathsep.join(path))
    return found or missing(f"{name} is not here: apt-get install {package}.")


def missing(said: str) -> NoReturn:
    """Skip the test, or fail it with ``EVERY_TEST``, which the gate sets where it can install packages."""
    if "EVERY_TEST" in os.environ:
        pytest.fail(said)
    pytest.skip(said)


def free_port() -> int:
    """Return a port that nobody listens on, of those that the system gives to no connection by itself.

    Who is to listen there starts a while after: a port of the others may be some client's by then.
    """
    drawn = random.Random()
    while True:
        port = drawn.randrange(*PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def running(
    command: Sequence[str | Path],
    port: int,
    log: Path,
    stop: signal.Signals = signal.SIGTERM,
    *,
    seconds: int = SECONDS,
    **how: Any,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends.

    Parameters
    ----------
    command : sequence of str or Path
    port : int
        Where it will listen.
    log : Path
        Takes what it prints.
    stop : Signals
        What ends it.
    seconds : int
        How long it may take until it listens.
    **how
        For ``Popen``.

    Raises
    ------
    RuntimeError
        If it does not listen in time; the message ends with what it printed.
    """
    with (
        log.open("w") as output,
        subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, **how) as server,
    ):
        try:
            _wait_until_it_listens(server, port, log, seconds)
            yield server
        finally:
            server.send_signal(signal.SIGCONT)
            server.send_signal(stop)
            try:
                server.wait(SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                raise


def _wait_until_it_listens(server: subprocess.Popen[bytes], port: int, log: Path, seconds: int) -> None:
    end = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{server.args} does not listen:\n{log.read_text(errors='replace')[-4_000:]}")
