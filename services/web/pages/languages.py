"""The language in which somebody reads the site: what they chose, which a cookie keeps, or the site's own."""

from __future__ import annotations

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from services.core.language.catalogues import in_language, names
from services.core.language.messages import _, language, sense
from services.web.access.sent import keep_cookie, own_path

COOKIE = "language"
YEAR = 365 * 24 * 3600


def locale(site: str) -> str:
    """Return the Babel locale of who sent this request, on a site with that of ``site``."""
    return in_language(site, request.cookies.get(COOKIE))


def install(server: Flask) -> None:
    """Add ``/language`` to ``server``, and what the templates of its pages ask for."""
    server.jinja_env.globals.update(_=_, sense=sense, language=language, languages=names)

    @server.post("/language")
    def choose_language() -> Response:
        """Keep a choice, and go on with the page on which it was made."""
        answer = redirect(own_path(request.form.get("next")))
        chosen = request.form.get("language")
        if chosen in names():
            keep_cookie(answer, COOKIE, chosen, YEAR)
        return answer
