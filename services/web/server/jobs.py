"""``/jobs/current``: how far the last training is, for pages that show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, jsonify

from services.web.access.asking import Asking, asking

ROUTE = "/jobs/current"


def install(server: Flask, shown: Callable[[Asking], dict[str, Any]]) -> None:
    """Add the address to ``server``.

    Parameters
    ----------
    server : Flask
    shown : callable
        From who asks to what stands on the page: plain values.
    """

    @server.get(ROUTE)
    def current_job() -> Response:
        # no session is kept alive by it: services/web/access/table.py
        return jsonify(shown(asking()))
