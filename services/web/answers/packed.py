"""Compresses what each page asks anew: the page itself, the list of callbacks, and their answers.

An answer that is compressed tells by its length how well what somebody put into it fits what is secret in
it (BREACH). So only these are: a callback answers our own page alone (the gate refuses every other origin),
and the page and the list hold nothing about anybody, nor anything from the request. The sign-in page, files
of customers, the log and the API are sent as they are.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping

import brotli
from flask import Flask, Response, request

from services.web.static.files import LEAST

RULES = ("/", "/<path:path>", "/_dash-dependencies", "/_dash-update-component")
# 1.4 ms and 1.2 for the largest answers; higher levels save little.
_WAYS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=5),
    "gzip": lambda content: gzip.compress(content, 4, mtime=0),
}


def install(server: Flask) -> None:
    """Compress these answers of ``server`` for those who take Brotli or gzip."""

    @server.after_request
    def pack(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else ""
        if rule not in RULES or response.status_code != 200 or response.is_streamed:
            return response
        response.vary.add("Accept-Encoding")
        content = response.get_data()
        form = request.accept_encodings.best_match((*_WAYS, "identity")) or "identity"
        if len(content) >= LEAST and form in _WAYS:
            response.set_data(_WAYS[form](content))
            response.headers["Content-Encoding"] = form
        return response
