"""How gunicorn runs the site; read by ``gunicorn 'app:create_server()'`` from the working directory."""

import ctypes
import gc
import os
import shutil
import sys
from contextlib import suppress
from typing import Any

from gunicorn.http import wsgi

from services.core.refusals import Refusal
from services.site.listening import check_free
from services.site.parents import end_with_parent
from services.site.settings import Settings, counters, socket_given

_counters = counters(made=True)

try:
    _settings = Settings.from_environment()
    if not socket_given():
        check_free(_settings.host, _settings.port)
except Refusal as refusal:
    sys.exit(str(refusal))

_host = f"[{_settings.host}]" if ":" in _settings.host else _settings.host
bind = f"{_host}:{_settings.port}"
workers = _settings.web_concurrency
worker_class = "gthread"
# Many more than work at once: those that wait for a silent database leave some for what needs none.
threads = 32
preload_app = True
graceful_timeout = 25
# One socket name for all servers of a user: two sites on one computer would fight for it.
control_socket_disable = True
# As much as nginx takes as it comes (8 kB): one limit, whoever asks.
limit_request_line = 8190
accesslog = "-"
errorlog = "-"
logger_class = "services.web.server.access_log.JsonLogger"

# glibc would learn from the 19 MiB that each password takes to keep such pieces: 160 MB a worker after some
# sign-ins. With a fixed border they go back to the system at once.
_M_MMAP_THRESHOLD = -3
with suppress(AttributeError, OSError):  # another C library
    ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, 16 * 1024 * 1024)

_default_headers = wsgi.Response.default_headers


def _without_server(self: wsgi.Response) -> list[str]:
    return [line for line in _default_headers(self) if not line.startswith("Server:")]


wsgi.Response.default_headers = _without_server


def pre_request(_worker: object, request: Any) -> None:
    """Have the answer say that a large body ends the connection: of one left unread, gunicorn takes 64 kB."""
    given = dict(request.headers)
    if "TRANSFER-ENCODING" in given or int(given.get("CONTENT-LENGTH", 0)) >= 64 * 1024:
        request.force_close()


def when_ready(_server: object) -> None:
    """Leave what is loaded out of every later collection, so that workers go on sharing its pages."""
    gc.collect()
    gc.freeze()


def post_fork(_server: object, _worker: object) -> None:
    """Have a worker end with the master, however that ends: one that went on would keep the port."""
    end_with_parent(os.getppid())


def child_exit(_server: object, worker: Any) -> None:
    """Let go of what only a worker that lives can say; its counters stay."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(_server: object) -> None:
    """Remove the workers' counters."""
    if _counters:
        shutil.rmtree(_counters, ignore_errors=True)
