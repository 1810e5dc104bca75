"""An id for each request: the proxy's where one is in front, else a new one; in the answer and in the log."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.wsgi import ClosingIterator

from services.site.requests import begin, end

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Request-Id"
TRACED = "segment_desk.request"
"""Where the access log finds the request in its environment."""
_FORM = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


def with_ids(application: WSGIApplication, *, proxy: bool) -> WSGIApplication:
    """Give each request an id before ``application`` answers it.

    Parameters
    ----------
    application : WSGIApplication
    proxy : bool
        Whether a trusted proxy stands in front, whose id is taken if it has the form of one: 8 to 64 letters,
        digits, points, lines and underscores. Nobody else's is.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        given = str(environ.get("HTTP_X_REQUEST_ID", "")) if proxy else ""
        traced = begin(given if _FORM.fullmatch(given) else secrets.token_hex(16))
        environ[TRACED] = traced

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Callable[[bytes], object]:
            return start_response(status, [*headers, (HEADER, traced.id)], *failure)

        return ClosingIterator(application(environ, start), end)

    return answer
