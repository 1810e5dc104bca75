"""The service is started anew while people work: behind a socket that stays, no request is lost."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.running import ROOT

PATIENCE = 600.0
FD = 3  # where systemd hands over the socket
PEOPLE = 6
RESTARTS = 2
SERVICE = (ROOT / "docs" / "deployment" / "segment-desk.service").read_text("utf-8")


@contextmanager
def listening():
    """Hold a socket as segment-desk.socket does."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=2048)) as held:
        yield held


class Service:
    """What segment-desk.service starts, as systemd starts it."""

    def __init__(self, held: socket.socket, models: Path, folder: Path) -> None:
        self.held, self.log = held, folder / "site.log"
        self.settings = {
            "MODELS_DIR": str(models),
            "STATE_DIR": str(folder / "state"),
            "WEB_CONCURRENCY": "2",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **changed: str) -> None:
        self.settings |= changed
        started = re.search(r"^ExecStart=\S+/python (.*)$", SERVICE, re.MULTILINE)
        assert started is not None
        # systemd says whom the socket is for by the number of the process, which exec keeps
        script = f'exec {FD}<&{self.held.fileno()}; LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                ["bash", "-c", script, "-", sys.executable, *started[1].split()],
                cwd=ROOT,
                env=os.environ | self.settings,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=[self.held.fileno()],
                start_new_session=True,
            )

    def stop(self) -> None:
        """End it as systemd does: the master is told to, and ends its workers."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)


class Person(threading.Thread):
    """Asks for one address again and again, a new connection each time, as the proxy does."""

    def __init__(self, port: int, path: str) -> None:
        super().__init__(daemon=True)
        self.port, self.path = port, path
        self.answers: Counter[object] = Counter()
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            self.answers[self.asked()] += 1

    def asked(self) -> object:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            try:
                connection.request("GET", self.path, headers={"Connection": "close"})
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException) as fault:
                return repr(fault)
            return answer.status


def currency(port: int) -> str:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/", headers={"Accept": "text/html"})
        found = re.search(r'name="sd-currency" content="(\w+)"', connection.getresponse().read().decode())
        assert found is not None
        return found[1]


@pytest.mark.long
def test_a_service_that_is_started_anew_with_another_setting_loses_no_request(models, tmp_path):
    with listening() as held:
        port = held.getsockname()[1]
        service = Service(held, models, tmp_path)
        service.start(CURRENCY="GBP")
        try:
            assert currency(port) == "GBP"  # who comes before it is there waits
            paths = ("/", "/readyz", "/_dash-layout", "/healthz", "/export/rules.csv", "/api/v1/segments")
            people = [Person(port, path) for path in paths[:PEOPLE]]
            for person in people:
                person.start()
            for changed in ("EUR", "USD")[:RESTARTS]:
                time.sleep(2)
                service.stop()
                assert service.process.returncode == 0
                service.start(CURRENCY=changed)
                assert currency(port) == changed
            time.sleep(1)
            for person in people:
                person.over.set()
            for person in people:
                person.join(PATIENCE)
        finally:
            service.stop()
    found = {person.path: dict(person.answers) for person in people}
    assert all(set(answers) == {200} for answers in found.values()), found
    assert sum(sum(answers.values()) for answers in found.values()) > 50
