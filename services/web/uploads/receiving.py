"""The body of an upload, block by block, as far as it may go."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from services.core.language.messages import _

_BLOCK = 1 << 18
_MB = 1_000_000

STALLED_SECONDS = 20
"""How long a connection may send nothing before it is let go."""


def refuse_too_large(most_mb: int) -> None:
    """Refuse a body that says itself that it is too large, before any of it is read.

    Raises
    ------
    RequestEntityTooLarge
    """
    if (request.content_length or 0) > most_mb * _MB:
        raise _too_large(most_mb)


def blocks(most_mb: int) -> Iterator[bytes]:
    """Give the body of the request that is being answered.

    Raises
    ------
    RequestEntityTooLarge
        As soon as there is more than ``most_mb`` megabytes.
    BadRequest
        If the connection ends before the body, or sends nothing for some time.
    """
    request.max_content_length = None  # counted here: a body in chunks says no length
    socket = request.environ.get("gunicorn.socket")
    before = socket.gettimeout() if socket else None
    received = 0
    if socket:
        socket.settimeout(STALLED_SECONDS)
    try:
        while block := _next():
            received += len(block)
            if received > most_mb * _MB:
                raise _too_large(most_mb)
            yield block
        if received < (request.content_length or 0):  # the server says so of chunks alone
            raise _cut_off()
    finally:
        if socket:
            socket.settimeout(before)


def _next() -> bytes:
    try:
        return request.stream.read(_BLOCK)
    except OSError:
        raise _cut_off() from None


def _cut_off() -> BadRequest:
    return BadRequest(_("The file did not arrive whole. Send it again."))


def _too_large(most_mb: int) -> RequestEntityTooLarge:
    return RequestEntityTooLarge(
        _(
            "The file is larger than {most} MB. Send it packed (.gz or .zip), or split it into several.",
            most=most_mb,
        )
    )
