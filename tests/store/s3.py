"""Moto's server, which answers as S3 does, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import free_port, running

BUCKET = "desk"


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and its process."""

    url: str
    process: subprocess.Popen[bytes]

    @property
    def environment(self) -> dict[str, str]:
        """What programs need to reach it."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Have it take connections and answer none until the block ends."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def s3(folder: Path) -> Iterator[Server]:
    """Run a server with an empty bucket until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(
        command, port, folder / "s3.log", env=os.environ | {"AWS_EC2_METADATA_DISABLED": "true"}
    ) as process:
        server = Server(f"http://127.0.0.1:{port}", process)
        urllib.request.urlopen(urllib.request.Request(f"{server.url}/{BUCKET}", method="PUT")).close()
        yield server
