"""What a page is while no release can be served: one sentence that says what to do, and 503."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, render_template_string, request

if TYPE_CHECKING:
    from services.desk import Services

PAGE = (Path(__file__).parent / "without_release.html").read_text(encoding="utf-8")


def install(server: Flask, services: Services, is_page: Callable[[str], bool], head: str) -> None:
    """Answer pages on ``server`` with 503 while there is no release to show.

    What an open page asks for, exports and the API refuse by themselves; so nothing is asked of those.

    Parameters
    ----------
    server : Flask
    services : Services
    is_page : callable
        Says whether a path is one of the pages.
    head : str
        The style sheets and the theme script.
    """

    @server.before_request
    def pages_need_a_release() -> Response | None:
        if not is_page(request.path) or services.releases.current() is not None:
            return None
        page = render_template_string(PAGE, head=head, sentence=services.releases.problem)
        return Response(page, 503)
