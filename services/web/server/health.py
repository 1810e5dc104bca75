"""Answers that need no person: the process is alive; whether it can serve; which release is active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify
from werkzeug.exceptions import Forbidden

from services.core.refusals import Refusal
from services.releases.store.contact import contact
from services.web.answers.failure import READY

if TYPE_CHECKING:
    from services.desk import Services
    from services.web.access.person import Door

READ_ONLY = (
    "The site's own records cannot be written, so nothing is saved and no file exported: check whether the "
    "disk is full or read-only, or the database out of reach."
)

AWAY = (
    "The site's own records cannot be read, so nobody can use the site: check whether the database answers. "
    "Pages come back by themselves when it does."
)


def install(server: Flask, services: Services, door: Door) -> None:
    """Add ``/healthz``, ``/readyz`` and ``/current`` to ``server``."""

    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="alive")

    @server.get("/current")
    def current() -> Response:
        # open pages ask this every two seconds: no session is looked at, so that an idle one still ends
        release = services.releases.current()
        return jsonify(release=release.id if release else None)

    @server.get(READY)
    def readyz() -> tuple[Response, int]:
        told, status = _standing(services)
        if not _is_told(door):  # whoever it is learns whether the site serves, and nothing of why not
            told = {"status": "ready" if status == 200 else "not ready"}
        return jsonify(told), status


def _standing(services: Services) -> tuple[dict[str, str], int]:
    """Return what can be said of the site, and the status of an answer that says it."""
    release = services.releases.current()
    settings = services.settings
    away = contact(settings.models_dir) if settings.models_url else None
    problem = " ".join(each for each in (services.releases.problem, away) if each) or None
    if release is None:
        return {"status": "not ready", "reason": problem or "No release is loaded."}, 503
    if not services.state.readable:
        reason = " ".join([*([problem] if problem else []), AWAY])
        return {"status": "degraded", "release": release.id, "reason": reason}, 503
    reasons = [*([problem] if problem else []), *([] if services.state.writable else [READ_ONLY])]
    if reasons:
        return {"status": "degraded", "release": release.id, "reason": " ".join(reasons)}, 200
    return {"status": "ready", "release": release.id}, 200


def _is_told(door: Door) -> bool:
    """Whether who asks may know more: by a session, by a token, or on a site that nobody signs in to."""
    try:
        return door.person() is not None
    except (Refusal, Forbidden):  # nobody can be known: too many wrong tokens, no records, another computer
        return False
