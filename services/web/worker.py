"""How connections wait: a thread is taken by a request that has arrived, not by one that is being sent.

gunicorn's own worker gives a connection a thread as soon as it is open, and reads from it without a limit of
time: a few dozen slow clients would stop the site for all others.
"""

from __future__ import annotations

import re
import selectors
import socket
import struct
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

ARRIVES_SECONDS = 10.0
"""How long a request may take to arrive; of one that is larger than what is waited for, each part."""
WAITED_FOR = 64 * 1024
"""Bytes that are kept of a request on its way; a larger one is read by a thread."""

NEEDS_NO_RECORDS = re.compile(rb"(?:GET|HEAD) /(?:healthz[ ?]|assets/|vendor/|_dash-component-suites/)")
"""Requests that are answered by threads of their own: no database that is silent keeps them waiting."""

_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,9})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:", re.IGNORECASE)  # the body comes when it is asked for


class Arriving:
    """What has come of a request, and whether it is complete as far as it is waited for."""

    def __init__(self) -> None:
        self.received = bytearray()
        self._wanted: int | None = None
        self._chunked = False

    def complete_with(self, part: bytes) -> bool:
        """Take what came, and say whether a thread can go on; looks at each byte once."""
        looked_at = max(0, len(self.received) - len(_END) + 1)
        self.received += part
        if self._wanted is None:
            end = self.received.find(_END, looked_at)
            if end >= 0:
                self._read_head(bytes(self.received[: end + 2]), end + len(_END))
        enough = len(self.received) >= min(WAITED_FOR, self._wanted or WAITED_FOR)
        if self._chunked and len(self.received) < WAITED_FOR:
            return enough and self.received.endswith(_END)  # as the last chunk does
        return enough

    def _read_head(self, head: bytes, body: int) -> None:
        length = _LENGTH.search(head)
        waits = _EXPECTS.search(head) is None
        self._chunked = waits and _CHUNKED.search(head) is not None
        self._wanted = body + (1 if self._chunked else int(length[1]) if length and waits else 0)


class Worker(ThreadWorker):
    """gunicorn's worker of threads, whose main loop collects requests before it hands them on."""

    def init_process(self) -> None:
        """Start to work, with further threads for what needs no records."""
        self._apart = self.get_thread_pool()
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, and wait for its request without a thread."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(ARRIVES_SECONDS), 0))
        self.nr_conns += 1
        self._wait(TConn(self.cfg, client, address, listener.getsockname()), Arriving())

    def on_client_socket_readable(self, conn: Any, client: socket.socket) -> None:
        """Collect the next request of a connection that was kept open."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._wait(conn, Arriving())

    def enqueue_req(self, conn: Any) -> None:
        """Collect a request whose beginning was read with the one before it, as any other."""
        conn.sock.setblocking(False)
        request = Arriving()
        if request.complete_with(conn.parser.unreader.take_buffered()):
            self._hand_on(conn, request)
        else:
            self._wait(conn, request)

    def _wait(self, conn: Any, request: Arriving) -> None:
        conn.timeout = time.monotonic() + ARRIVES_SECONDS
        self.pending_conns.append(conn)  # gunicorn closes those whose time is over
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._collect, conn, request))

    def _collect(self, conn: Any, request: Arriving, client: socket.socket) -> None:
        try:
            part = client.recv(WAITED_FOR)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        if part and not request.complete_with(part):
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        if part:
            self._hand_on(conn, request)
        else:
            self.nr_conns -= 1
            conn.close()

    def _hand_on(self, conn: Any, request: Arriving) -> None:
        conn.init()
        conn.parser.unreader.unread(bytes(request.received))
        pool = self._apart if NEEDS_NO_RECORDS.match(request.received) else self.tpool
        answered = pool.submit(self.handle, conn)
        answered.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))
