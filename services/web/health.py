"""Two questions that a supervisor asks: is the process alive, can it answer?"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, jsonify


def install(server: Flask, services: Any) -> None:
    """Add ``/healthz`` and ``/readyz`` to ``server``."""

    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="alive")

    @server.get("/readyz")
    def readyz() -> tuple[Response, int]:
        release = services.releases.current()
        if release is None:
            return jsonify(status="not ready", reason="No release is loaded: train one first."), 503
        return jsonify(status="ready", release=release.id), 200
