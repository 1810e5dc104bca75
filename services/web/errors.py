"""Answers to requests that fail: a page for readers, JSON for programs, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from dash.exceptions import DependencyException
from flask import Flask, Response, jsonify, render_template_string, request
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound

from services.site.state import StateUnusable
from services.web.references import new_reference

log = logging.getLogger(__name__)
PAGE = (Path(__file__).parent / "not_found.html").read_text(encoding="utf-8")
CATCH_ALL = "/<path:path>"


def install(server: Flask, is_page: Callable[[str], bool], head: str) -> None:
    """Answer unknown addresses and failures on ``server``.

    Parameters
    ----------
    server : Flask
    is_page : callable
        Says whether a path is one of the pages.
    head : str
        The style sheets and the theme script, for the page shown when nothing is found.
    """

    @server.before_request
    def unknown_paths_are_not_pages() -> None:
        # Dash answers every path with its index and 200.
        if request.endpoint == CATCH_ALL and not is_page(request.path):
            raise NotFound("There is no page at this address.")

    @server.errorhandler(DependencyException)
    def unknown_component_file(_error: DependencyException) -> tuple[Response, int]:
        return _json("There is no such file.", 404, new_reference())

    @server.errorhandler(StateUnusable)
    def without_state(error: StateUnusable) -> tuple[Response, int]:
        reference = new_reference()
        log.error("state unusable", extra={"ref": reference, "path": request.path}, exc_info=error)
        return _json(str(error), 503, reference)

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response | tuple[Response | str, int]:
        if isinstance(error, InternalServerError):
            return failed(error.original_exception or error)
        status = error.code or 500
        if status < 400:
            return error.get_response()  # type: ignore[return-value]
        if status == 404 and request.accept_mimetypes.accept_html and not request.path.startswith("/_dash"):
            return render_template_string(PAGE, head=head), 404
        reference = new_reference()
        log.info("refused", extra={"ref": reference, "status": status, "path": request.path})
        return _json(error.description or error.name, status, reference)

    @server.errorhandler(Exception)
    def failed(error: BaseException) -> tuple[Response, int]:
        reference = new_reference()
        log.error("failed", extra={"ref": reference, "path": request.path}, exc_info=error)
        return _json("Something went wrong on our side.", 500, reference)


def _json(sentence: str, status: int, reference: str) -> tuple[Response, int]:
    answer = jsonify(error=sentence, ref=reference)
    answer.headers["X-Reference"] = reference
    return answer, status
