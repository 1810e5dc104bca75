"""Answers that need no person: the process is alive; whether it can serve; which release is active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify

if TYPE_CHECKING:
    from services.desk import Services

READ_ONLY = (
    "The site's own records cannot be written, so nothing is saved and no file exported: check whether the "
    "disk is full or read-only, or the database out of reach."
)

AWAY = (
    "The site's own records cannot be read, so nobody can use the site: check whether the database answers. "
    "Pages come back by themselves when it does."
)


def install(server: Flask, services: Services) -> None:
    """Add ``/healthz``, ``/readyz`` and ``/current`` to ``server``."""

    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="alive")

    @server.get("/current")
    def current() -> Response:
        # open pages ask this every two seconds: no session is looked at, so that an idle one still ends
        release = services.releases.current()
        return jsonify(release=release.id if release else None)

    @server.get("/readyz")
    def readyz() -> tuple[Response, int]:
        release = services.releases.current()
        problem = services.releases.problem
        if release is None:
            return jsonify(status="not ready", reason=problem or "No release is loaded."), 503
        if not services.state.readable:
            reason = " ".join([*([problem] if problem else []), AWAY])
            return jsonify(status="degraded", release=release.id, reason=reason), 503
        reasons = [*([problem] if problem else []), *([] if services.state.writable else [READ_ONLY])]
        if reasons:
            return jsonify(status="degraded", release=release.id, reason=" ".join(reasons)), 200
        return jsonify(status="ready", release=release.id), 200
