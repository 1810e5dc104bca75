"""A PostgreSQL server that a test starts, and may stop: its kernel takes connections, and nobody answers."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import OperationalError

from tests.servers import free_port, missing, program, running

FOLDERS = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)


@dataclass(frozen=True)
class Database:
    """A running server: its address, and the id of its first process."""

    url: str
    pid: int

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Stop every process of the server until the block ends."""
        os.kill(self.pid, signal.SIGSTOP)  # first, so that it makes no more
        held = [self.pid, *self._children()]
        for pid in held[1:]:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in reversed(held):
                os.kill(pid, signal.SIGCONT)

    def _children(self) -> list[int]:
        return list(map(int, Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()))


@contextmanager
def postgresql() -> Iterator[Database]:
    """Run a server until the block ends; the test is skipped where there is none."""
    initdb, postgres = (program(name, "postgresql", *FOLDERS) for name in ("initdb", "postgres"))
    port = free_port()
    folder = Path("/tmp") / f"sd-postgres-{os.getpid()}-{port}"
    who: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            missing("PostgreSQL does not run as root, and there is no user postgres.")
        who = {"user": user.pw_uid, "group": user.pw_gid, "cwd": "/"}
    folder.mkdir(mode=0o700)
    if who:
        os.chown(folder, who["user"], who["group"])
    data = folder / "data"
    prepare = [initdb, "-D", data, "-U", "desk", "-A", "trust"]
    subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who)
    command = [postgres, "-D", data, "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    command += ["-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    try:
        # this way of stopping ends connections that a failed test left
        with running(command, port, folder / "log", signal.SIGINT, **who) as server:
            database = Database(f"postgresql://desk@127.0.0.1:{port}/postgres", server.pid)
            _wait_until_it_answers(database.url)
            yield database
    finally:
        shutil.rmtree(folder)


def _wait_until_it_answers(url: str) -> None:
    """Wait for more than a port: the server listens before it has started."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool)
    end = time.monotonic() + 60
    while True:
        try:
            engine.connect().close()
        except OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
