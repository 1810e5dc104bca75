"""A site with its worker, whose every process bears a mark, and where rows of its customers lie."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import psutil

from services.releases import list_releases, read_current
from services.site.jobs.job import Job
from services.site.jobs.queue import Jobs
from services.site.ledger import Ledger
from services.site.state import State
from services.site.uploads import Uploads
from tests.running import ROOT
from tests.servers import free_port
from tests.worker.stage import runs, until

PATIENCE = 600.0
BLOCKS, PAUSE = 6, 0.03
"""An upload comes in so many pieces, with so many seconds between them."""
CUSTOMER = "kill-test-customer-"
"""What every id in a file begins with: no row of a customer is without it."""


def sales(number: int) -> bytes:
    """Return a month of six customers; another file for each number."""
    rows = (
        f"{CUSTOMER}{row % 6};2024-01-{1 + row * 7 % 28:02};{5 + row % 6 * 9},{10 + number}\n"
        for row in range(24)
    )
    return b"customer;date;amount\n" + "".join(rows).encode()


class Hosted:
    """A running site of one web process, and a worker beside it.

    Parameters
    ----------
    models : Path
        With an active release.
    folder : Path
        For the state folder, the folder of temporary files and logs.
    """

    def __init__(self, models: Path, folder: Path) -> None:
        self.models, self.folder, self.state_dir = models, folder, folder / "state"
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self._mark = uuid.uuid4().hex
        self._settings = {
            "HOST": "127.0.0.1",
            "MODELS_DIR": str(models),
            "STATE_DIR": str(self.state_dir),
            "PORT": str(free_port()),
            "WEB_CONCURRENCY": "1",
            "TMPDIR": str(self.temporary),
            "KILL_TEST": self._mark,
        }
        self.site: subprocess.Popen[bytes]
        self.worker: subprocess.Popen[bytes]
        self.start_site()
        self.start_worker()
        self.state = State(self.state_dir)
        self.jobs = Jobs(self.state)

    def start_site(self) -> None:
        """Start the site as ``make run`` does, where the one before was, and wait until it answers.

        It is not forked, as sites of other tests are: a mark is read from what a process was started with.
        """
        with (self.folder / "site.log").open("ab") as log:
            self.site = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "app:create_server()"],
                cwd=ROOT,
                env=os.environ | self._settings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(lambda: self._answers() or self.site.poll() is not None, PATIENCE)
        assert self.site.poll() is None, (self.folder / "site.log").read_text()[-4_000:]
        assert self.site.pid in {each.pid for each in self.processes()}  # else no orphan would be seen

    def start_worker(self) -> None:
        """Start the worker, which ends with the tests."""
        with (self.folder / "worker.log").open("ab") as log:
            self.worker = subprocess.Popen(
                [sys.executable, "-m", "services", "worker", "--parent", str(os.getpid())],
                cwd=ROOT,
                env=os.environ | self._settings,
                stdout=log,
                stderr=log,
            )

    def _answers(self) -> bool:
        with suppress(OSError, http.client.HTTPException):
            return self.ask("GET", "/readyz") is not None
        return False

    def close(self) -> None:
        """End what runs."""
        for process in (self.worker, self.site):
            process.kill()
            process.wait()
        self.state.close()

    def processes(self) -> list[psutil.Process]:
        """Return the processes that this site, or one before it, started and that still run."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.environ().get("KILL_TEST") == self._mark and process.status() != "zombie":
                    found.append(process)
        return found

    def orphans(self) -> list[psutil.Process]:
        """Return those of them that neither the master nor the worker that runs now looks after."""
        kept = {self.site.pid, self.worker.pid}
        for pid in tuple(kept):
            with suppress(psutil.Error):
                kept |= {each.pid for each in psutil.Process(pid).children(recursive=True)}
        return [each for each in self.processes() if each.pid not in kept]

    def victim(self, kind: str) -> int | None:
        """Return a process to be killed: ``web``, ``master``, ``worker``, ``reading`` or ``training``."""
        if kind in ("master", "worker"):
            return self.site.pid if kind == "master" else self.worker.pid
        with suppress(psutil.Error):
            if kind == "training":
                return next((each.pid for each in psutil.Process(self.worker.pid).children()), None)
            (web,) = psutil.Process(self.site.pid).children()
            return web.pid if kind == "web" else next((each.pid for each in web.children()), None)
        return None

    def kill(self, kind: str) -> bool:
        """Kill a process, and wait until it is gone; False where there is none."""
        pid = self.victim(kind)
        if pid is None:
            return False
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        until(lambda: not runs(pid))
        return True

    def ask(self, method: str, path: str, body: bytes | Iterator[bytes] = b"", size: int = 0) -> Any:
        """Ask the site, and return its JSON, None of another status than success.

        Raises
        ------
        OSError, http.client.HTTPException
            If the connection ends before the answer.
        """
        connection = http.client.HTTPConnection("127.0.0.1", int(self._settings["PORT"]), timeout=PATIENCE)
        try:
            connection.request(method, path, body, {"Content-Length": str(size or len(body))})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status >= 300:
            return None
        return json.loads(content) if answer.headers.get_content_type() == "application/json" else content

    def send(self, number: int, pause: float = 0.0) -> str:
        """Send a file, in blocks with a pause before each, and return the upload's id."""
        whole = sales(number)
        step = len(whole) // BLOCKS + 1

        def blocks() -> Iterator[bytes]:
            for start in range(0, len(whole), step):
                time.sleep(pause)
                yield whole[start : start + step]

        return str(self.ask("POST", f"/uploads?name={number}.csv", blocks(), len(whole))["id"])

    def job(self, number: int) -> Job:
        """Return a job as it stands."""
        return self.jobs.find(number)

    def partial(self) -> list[str]:
        """Name what is listed and not whole: releases, uploads, files of the ledger."""
        releases = [each.id for each in list_releases(self.models) if not each.usable]
        uploads = Uploads(self.state_dir)
        sent = [
            each.id
            for each in uploads.of("local")
            if sha256(uploads.path(each).read_bytes()).hexdigest() != each.digest
        ]
        ledger = Ledger(self.state_dir)
        kept = [
            each.id
            for each in ledger.entries()
            if sha256(ledger.path(each).read_bytes()).hexdigest() != each.digests[-1]
        ]
        return [*releases, *sent, *kept]

    def active(self) -> str | None:
        """Return the release that the pointer names."""
        return read_current(self.models)

    def left_over(self) -> list[str]:
        """Name the files with rows of customers that are none of a release, of an upload or of the ledger."""
        stay = [self.models / "releases", self.state_dir / "ledger", self.state_dir / "uploads"]
        return [
            str(path.relative_to(self.folder))
            for root in (self.models, self.state_dir, self.temporary)
            for path in root.rglob("*")
            if not any(
                path.is_relative_to(folder) and _is_shown(path.relative_to(folder).parts) for folder in stay
            )
            and _has_rows(path)
        ]


def _is_shown(parts: tuple[str, ...]) -> bool:
    """Whether a path below a folder of things that come whole belongs to a whole one."""
    hidden = not parts or parts[0].startswith(".") or parts[0].endswith(".partial")
    return not hidden and parts[-1] != "left-out.csv"


def _has_rows(path: Path) -> bool:
    try:
        return path.is_file() and CUSTOMER.encode() in path.read_bytes()
    except OSError:  # removed meanwhile
        return False
