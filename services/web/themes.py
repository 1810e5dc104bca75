"""The figures' template as a script, so that the browser has it before it draws the first figure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response

PATH = "/vendor/template.js"


def install(server: Flask, template: Mapping[str, Any]) -> str:
    """Serve ``template`` from ``server``; returns the script's address with a fingerprint."""
    script = f"window.deskTemplate = {json.dumps(template)};\n".encode()

    @server.get(PATH)
    def figure_template() -> Response:
        return Response(script, mimetype="text/javascript")

    return f"{PATH}?m={hashlib.sha256(script).hexdigest()[:12]}"
