"""The figures' template as a script, so that the browser has it before it draws the first figure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response

from services.web.static.files import File

PATH = "/vendor/template.js"


def install(server: Flask, template: Mapping[str, Any]) -> str:
    """Serve ``template`` from ``server``; returns the script's address with a fingerprint."""
    script = File(f"window.deskTemplate = {json.dumps(template)};\n".encode(), "text/javascript")

    @server.get(PATH)
    def figure_template() -> Response:
        return script.answer()

    return script.at(PATH)
