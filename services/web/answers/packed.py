"""Compresses what each page asks anew: the page itself, the list of callbacks, and their answers.

An answer that is compressed tells by its length how well what somebody put into it fits what is secret in
it (BREACH). So only these are: a callback answers our own page alone (the gate refuses every other origin),
and the page and the list hold nothing about anybody, nor anything from the request. The sign-in page, files
of customers, the log and the API are sent as they are.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

from services.web.static.files import LEAST

RULES = ("/", "/<path:path>", "/_dash-dependencies", "/_dash-update-component")
_LEVEL = 4  # a millisecond for the largest answers; higher levels save little


def install(server: Flask) -> None:
    """Compress these answers of ``server`` for those who take gzip."""

    @server.after_request
    def pack(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else ""
        if rule not in RULES or response.status_code != 200 or response.is_streamed:
            return response
        response.vary.add("Accept-Encoding")
        content = response.get_data()
        if len(content) >= LEAST and request.accept_encodings.best_match(("gzip", "identity")) == "gzip":
            response.set_data(gzip.compress(content, _LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        return response
