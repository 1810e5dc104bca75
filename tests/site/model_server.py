"""A language model's server for tests: answers as told and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TEXTS = {"goal": "Win them back.", "message": "Say what is new.", "offer": "A voucher."}
WRITTEN = json.dumps(TEXTS)


@dataclass
class Model:
    """What the server answers and what it was asked."""

    url: str = ""
    status: int = 200
    content: Any = WRITTEN
    raw: bytes | None = None
    drip: float = 0.0
    location: str = ""
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)


@contextmanager
def serve_model() -> Iterator[Model]:
    """Serve a model on a free port until the block ends."""
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            model.asked.append((self.path, dict(self.headers), json.loads(body)))
            answer = {"choices": [{"message": {"role": "assistant", "content": model.content}}]}
            data = json.dumps(answer).encode() if model.raw is None else model.raw
            self.send_response(model.status)
            if model.location:
                self.send_header("Location", model.location)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            try:
                if not model.drip:
                    self.wfile.write(data)
                for place in range(len(data) if model.drip else 0):
                    self.wfile.write(data[place : place + 1])
                    self.wfile.flush()
                    time.sleep(model.drip)
            except OSError:  # the one who asked has gone
                self.close_connection = True

        def log_message(self, *_given: Any) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield model
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
