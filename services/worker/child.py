"""A process that works on a job: started apart, listened to, and ended with all that it started."""

from __future__ import annotations

import json
import os
import resource
import selectors
import signal
import subprocess
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from services.site.settings import environment_with

_LINES = 40
_LONGEST_LINE = 300
_BLOCK = 65_536
# One thread for OpenMP and OpenBLAS; the engine has a setting of its own, and keeps two.
_THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


class Child:
    """A process in a group of its own.

    Parameters
    ----------
    command : sequence of str
        Speaks as ``services.worker.training`` does.
    order : dict
        What it is told first. Its stdin stays open until this process ends, however it does.
    """

    def __init__(self, command: Sequence[str], order: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment_with(**_THREADS),
            process_group=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._pipes = (self._process.stdin, self._process.stdout, self._process.stderr)
        self._log: deque[str] = deque(maxlen=_LINES)
        self._rests = {"messages": b"", "log": b""}
        self._closed = False
        self._listening = selectors.DefaultSelector()
        for pipe, name in zip(self._pipes[1:], self._rests, strict=True):
            self._listening.register(pipe, selectors.EVENT_READ, name)
        with suppress(BrokenPipeError):  # it ended at once: its exit code says so
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()

    @property
    def pid(self) -> int:
        """The process's number, and its group's."""
        return self._process.pid

    @property
    def code(self) -> int | None:
        """How it ended: an exit code, or minus the number of a signal; None while it runs."""
        return self._process.poll()

    @property
    def memory_mb(self) -> float:
        """How much memory of its own it has, in megabytes; 0 where the system does not say."""
        try:
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[5])
        except (OSError, IndexError):  # it has ended, or this is no Linux
            return 0.0
        return pages * resource.getpagesize() / 1024**2

    @property
    def log(self) -> str:
        """The last lines that it printed."""
        return "\n".join(self._log)

    def listen(self, seconds: float) -> list[dict[str, Any]]:
        """Return what it says until it ends, or the time is over.

        Parameters
        ----------
        seconds : float
        """
        end = time.monotonic() + seconds
        found: list[dict[str, Any]] = []
        while self._listening.get_map() and (left := end - time.monotonic()) > 0:
            for key, _ready in self._listening.select(left):
                lines = self._lines_of(key)
                if key.data == "log":
                    self._log.extend(line[:_LONGEST_LINE] for line in lines)
                else:
                    found += map(json.loads, lines)
        if not self._listening.get_map():  # it closed both, so it ends or has ended
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(max(end - time.monotonic(), 0.0))
        return found

    def close(self) -> None:
        """End the process and everything in its group; once is enough."""
        if self._closed:
            return
        self._closed = True
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._listening.close()
        for pipe in self._pipes:
            with suppress(BrokenPipeError):
                pipe.close()

    def _lines_of(self, key: selectors.SelectorKey) -> list[str]:
        """Take what has come and give its whole lines; at the end of the pipe what is left is one, too."""
        block = os.read(key.fd, _BLOCK)
        whole = self._rests[key.data] + block
        if block:
            *lines, self._rests[key.data] = whole.split(b"\n")
        else:
            self._listening.unregister(key.fileobj)
            lines, self._rests[key.data] = [whole] if whole else [], b""
        return [line.decode(errors="replace") for line in lines]
