"""Bootstrap's style sheet, served from the package that ships it: no request leaves the machine."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from flask import Flask, Response, send_file


def bootstrap_css() -> Path:
    """Find where the installed Bootstrap-Flask keeps Bootstrap 5; found without importing it."""
    spec = find_spec("flask_bootstrap")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("Bootstrap-Flask is not installed.")
    return Path(spec.origin).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"


def bootstrap_address() -> str:
    """Return the address of the style sheet, with a fingerprint of its content."""
    return f"/vendor/bootstrap.css?m={hashlib.sha256(bootstrap_css().read_bytes()).hexdigest()[:12]}"


def install(server: Flask) -> None:
    """Serve Bootstrap's style sheet from ``server``."""
    path = bootstrap_css()

    @server.get("/vendor/bootstrap.css")
    def bootstrap() -> Response:
        return send_file(path, mimetype="text/css")
