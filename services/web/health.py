"""Two answers for a supervisor: the process is alive; it can or cannot serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify

if TYPE_CHECKING:
    from services.serving import Services


def install(server: Flask, services: Services) -> None:
    """Add ``/healthz`` and ``/readyz`` to ``server``."""

    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="alive")

    @server.get("/readyz")
    def readyz() -> tuple[Response, int]:
        release = services.releases.current()
        if release is None:
            return jsonify(
                status="not ready", reason=services.releases.problem or "No release is loaded."
            ), 503
        return jsonify(status="ready", release=release.id), 200
