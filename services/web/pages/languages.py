"""The language in which somebody reads the site: what they chose, which a cookie keeps, or the site's own."""

from __future__ import annotations

from flask import Flask, redirect, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from services.core.language.catalogues import in_language, names
from services.core.language.messages import _, language, plural, sense
from services.web.access.sent import keep_cookie, own_path
from services.web.pages.moments import moment, second

COOKIE = "language"
YEAR = 365 * 24 * 3600


def locale(site: str) -> str:
    """Return the Babel locale of who sent this request, on a site with that of ``site``."""
    return in_language(site, request.cookies.get(COOKIE))


def install(server: Flask) -> None:
    """Add ``/language`` to ``server``, and what the templates of its pages ask for."""
    server.jinja_env.globals.update(_=_, plural=plural, sense=sense, language=language, languages=names)
    server.jinja_env.filters.update(woven=woven, moment=moment, second=second)

    @server.post("/language")
    def choose_language() -> Response:
        """Keep a choice, and go on with the page on which it was made."""
        answer = redirect(own_path(request.form.get("next")))
        chosen = request.form.get("language")
        if chosen in names():
            keep_cookie(answer, COOKIE, chosen, YEAR)
        return answer


def woven(said: str, **parts: object) -> Markup:
    """Fill the places of a sentence that hold more than text: ``{{ _("Read {more}.")|woven(more=link) }}``.

    Parameters
    ----------
    said : str
        In the language that holds, its places still in it.
    **parts : markup or plain value
        By the name of its place; what is no markup is escaped.
    """
    return escape(said).format(**parts)
