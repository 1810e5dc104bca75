"""What scripts say in other languages than English: a file for each language, which its pages name first."""

from __future__ import annotations

import json
from functools import cache

from flask import Flask, Response
from werkzeug.exceptions import NotFound

from services.core.language.catalogues import names, said_by
from services.core.language.messages import ENGLISH, _, language
from services.web.static.files import File

RULE = "/vendor/messages/<string:code>.js"
SCRIPTS = "assets/"
"""Where the sentences of scripts stand in the source."""


@cache  # finite: the languages that there are
def _file(code: str) -> File:
    told = json.dumps(said_by(code, SCRIPTS), ensure_ascii=False, separators=(",", ":"))
    return File(f"window.deskMessages = {told};\n".encode(), "text/javascript")


def tag() -> str:
    """Return the HTML that loads the sentences of the language that holds; nothing for English."""
    code = language().code
    if code == ENGLISH.code:
        return ""
    return f'<script src="{_file(code).at(RULE.replace("<string:code>", code))}"></script>\n'


def install(server: Flask) -> None:
    """Serve the sentences of every language from ``server``."""

    @server.get(RULE)
    def sentences_of_scripts(code: str) -> Response:
        if code not in names() or code == ENGLISH.code:
            raise NotFound(_("There is no such file."))
        return _file(code).answer()
