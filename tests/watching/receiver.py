"""A server on this computer that webhooks go to: it answers as it is told to, and keeps what it got."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Receiver(ThreadingHTTPServer):
    """Answers with ``status`` after ``seconds``; a redirection leads to ``/elsewhere``.

    ``first`` are statuses of the next answers, before ``status`` counts again; with 0 it takes the body and
    hangs up. ``after`` is its ``Retry-After``; ``then`` is called when a body has come.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answering)
        self.status, self.seconds = 204, 0.0
        self.first: list[int] = []
        self.after: str | None = None
        self.then: Callable[[], object] = lambda: None
        self.got: list[tuple[str, bytes, str]] = []
        self.headers: list[dict[str, str]] = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/alerts?key=secret"


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, body, self.headers["X-Segment-Desk-Signature"]))
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.server.then()
        time.sleep(self.server.seconds)
        status = self.server.first.pop(0) if self.server.first else self.server.status
        if status == 0:
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        if self.server.after is not None:
            self.send_header("Retry-After", self.server.after)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST  # noqa: N815 (http.server's name)

    def log_message(self, *_args):
        pass


@contextmanager
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
