"""Answers to requests that fail: a page for readers, JSON for programs, never a traceback."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from dash.exceptions import DependencyException
from flask import Flask, Response, g, render_template_string, request
from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    NotFound,
    TooManyRequests,
)

from services.core import refusals
from services.core.full_disk import says_full
from services.core.language.messages import _, later
from services.site.people.tries import TooManyTries
from services.site.state import StateUnusable
from services.site.tabs import TABS, Place, Tab
from services.web.answers.failure import failure, logged, to_program
from services.web.answers.references import new_reference

log = logging.getLogger(__name__)
PAGE = (Path(__file__).parent / "not_found.html").read_text(encoding="utf-8")
REFUSED = (Path(__file__).parent / "refused.html").read_text(encoding="utf-8")
AWAY = (Path(__file__).parent / "away.html").read_text(encoding="utf-8")
CATCH_ALL = "/<path:path>"
FULL = later("The site's disk is full, so nothing was done. Tell the person who runs this site.")
READ_ONLY = later(
    "The site's disk cannot be written to, so nothing was done. Tell the person who runs this site."
)
NOTHING = later(
    "There is nothing at this address. /api/v1/openapi.json lists the addresses and their methods."
)
STATUSES: dict[type[refusals.Refusal], int] = {
    refusals.NotFound: 404,
    refusals.ReleaseUnusable: 503,
    StateUnusable: 503,
    TooManyTries: 429,
}
"""Of refusals; 400 of all others."""
_OF_DISK = (errno.EROFS, errno.EACCES)


def install(server: Flask, is_page: Callable[[str], bool], head: str) -> None:
    """Answer unknown addresses and failures on ``server``.

    Parameters
    ----------
    server : Flask
    is_page : callable
        Says whether a path is one of the pages.
    head : str
        The style sheets and the theme script, for pages that say no.
    """

    @server.before_request
    def unknown_paths_are_not_pages() -> None:
        # Dash answers every path with its index and 200.
        if request.endpoint == CATCH_ALL and not is_page(request.path):
            raise NotFound(NOTHING() if to_program() else _("There is no page at this address."))

    # what Dash raises for a component file that is none; Flask would answer 500
    @server.errorhandler(DependencyException)
    def unknown_component_file(_error: DependencyException) -> Response:
        return failure(_("There is no such file."), 404, new_reference())

    server.register_error_handler(refusals.Refusal, declined)

    server.register_error_handler(StateUnusable, partial(away, head))

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response | tuple[str, int]:
        if isinstance(error, InternalServerError):
            return failed(error.original_exception or error)
        status = error.code or 500
        if status < 400:
            return error.get_response()  # type: ignore[return-value]
        if status == 404 and for_a_reader():
            return render_template_string(PAGE, head=head, tabs=_ways()), 404
        answer = _turned_away(error, status)
        if status == 403 and for_a_reader():
            page = render_template_string(REFUSED, head=head, tabs=_ways(), sentence=error.description)
            answer.set_data(page)
            answer.mimetype = "text/html"
        return answer

    @server.errorhandler(ParseException)
    def unreadable(_error: ParseException) -> Response:
        return failure(_("The body of the request does not match its headers."), 400, new_reference())

    server.register_error_handler(Exception, failed)


def _ways() -> list[Tab]:
    """Return the tabs that a refusal leads on to; those who are let in nowhere are shown no way."""
    return [tab for tab in TABS if tab.place is not Place.NOWHERE] if "person" in g else []


def failed(error: BaseException) -> Response:
    """Answer a request that failed for a reason of our own, and log it."""
    reference = new_reference()
    log.error("failed", extra={"ref": reference, "path": logged(request.path)}, exc_info=error)
    if says_full(error):
        return failure(FULL(), 503, reference)
    if isinstance(error, OSError) and error.errno in _OF_DISK:
        return failure(READ_ONLY(), 503, reference)
    return failure(_("Something went wrong on our side."), 500, reference)


def away(head: str, error: StateUnusable) -> Response:
    """Answer a request that the site's records are needed for, while they cannot be used."""
    answer = declined(error)
    if for_a_reader():
        answer.set_data(render_template_string(AWAY, head=head))
        answer.mimetype = "text/html"
    return answer


def for_a_reader() -> bool:
    """Whether the answer is shown as a page: not to a program, nor to a page's own requests."""
    program = to_program() or request.path.startswith("/_dash")
    # a browser asks for a page by this name; its scripts and most programs take anything
    return "text/html" in request.accept_mimetypes.values() and not program


def _turned_away(error: HTTPException, status: int) -> Response:
    reference = new_reference()
    log.info("refused", extra={"ref": reference, "status": status, "path": logged(request.path)})
    answer = failure(error.description or error.name, status, reference)
    if isinstance(error, TooManyRequests) and error.retry_after:
        answer.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def declined(error: refusals.Refusal) -> Response:
    """Answer a request with the sentence of a refusal."""
    reference = new_reference()
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 400)
    about = {"ref": reference, "status": status, "path": logged(request.path)}
    if isinstance(error, StateUnusable):
        log.error("state unusable", extra=about, exc_info=error)
    else:
        log.info("declined", extra=about)
    return failure(str(error), status, reference, error.field)
