"""Connections as bytes, where a well-behaved client would be in the way; and people who keep asking."""

from __future__ import annotations

import http.client
import os
import socket
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

PATIENCE = 60.0


def address(site) -> tuple[str, int]:
    """Where a running site listens."""
    parts = urlsplit(site.url)
    return str(parts.hostname), int(parts.port or 0)


def status(site, path: str, seconds: float = PATIENCE) -> int:
    """Ask on a connection of its own."""
    return answer(site, path, seconds)[0]


def answer(site, path: str, seconds: float = PATIENCE) -> tuple[int, bytes]:
    """Ask on a connection of its own, and return status and body."""
    connection = http.client.HTTPConnection(*address(site), timeout=seconds)
    try:
        connection.request("GET", path)
        found = connection.getresponse()
        return found.status, found.read()
    finally:
        connection.close()


def opened(site, sent: bytes = b"") -> socket.socket:
    """Open a connection and send ``sent`` and no more."""
    connection = socket.create_connection(address(site), timeout=PATIENCE)
    if sent:
        connection.sendall(sent)
    return connection


def said(site, sent: bytes) -> bytes:
    """Send bytes, and return all that comes back until the site ends the connection."""
    with opened(site, sent) as connection:
        connection.shutdown(socket.SHUT_WR)
        back = b""
        try:
            while part := connection.recv(65_536):
                back += part
        except ConnectionResetError:
            pass  # it was ended before all was read
        return back


def workers(site) -> set[int]:
    """Return the ids of the site's worker processes."""
    listed = Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text(encoding="ascii")
    return {int(pid) for pid in listed.split()}


def hit(pids: set[int], number: int) -> None:
    """Send each of these processes a signal."""
    for pid in pids:
        os.kill(pid, number)


class Asking:
    """What several people got who ask without a break: ``right`` answers, and whatever else came."""

    def __init__(self) -> None:
        self.right = 0
        self.wrong: list[str] = []


@contextmanager
def asking(site, path: str, people: int = 4):
    """Let people ask for ``path`` until the block ends."""
    found, stop = Asking(), threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                code = status(site, path)
            except OSError as error:
                found.wrong.append(repr(error))
            except http.client.HTTPException as error:
                found.wrong.append(repr(error))
            else:
                found.right += code == 200
                found.wrong += [str(code)] * (code != 200)

    threads = [threading.Thread(target=ask) for _ in range(people)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        stop.set()
        for thread in threads:
            thread.join()
