"""What a page is while no release can be served: what to do, where to do it, and 503.

Pages that lead to a release are shown as ever: ``Tab.before_releases``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response, render_template_string, request

from services.core.language.messages import _
from services.site.tabs import TABS

if TYPE_CHECKING:
    from services.desk import Services

PAGE = (Path(__file__).parent / "without_release.html").read_text(encoding="utf-8")
_ANYWAY = {tab.path for tab in TABS if tab.before_releases}


def install(
    server: Flask,
    services: Services,
    is_page: Callable[[str], bool],
    may_bring: Callable[[], bool],
    head: str,
) -> None:
    """Answer pages on ``server`` with 503 while there is no release to show.

    What an open page asks for, exports and the API refuse by themselves; so nothing is asked of those.

    Parameters
    ----------
    server : Flask
    services : Services
    is_page : callable
        Says whether a path is one of the pages.
    may_bring : callable
        Says whether who asks may bring a file.
    head : str
        The style sheets and the theme script.
    """

    @server.before_request
    def pages_need_a_release() -> Response | None:
        path = request.path
        if not is_page(path) or path in _ANYWAY or services.releases.current() is not None:
            return None
        first = may_bring() and not services.releases.listing()
        href, label = ("/import", _("Bring a file")) if first else ("/data", _("Open Data"))
        page = render_template_string(
            PAGE, head=head, sentence=services.releases.problem, href=href, label=label
        )
        return Response(page, 503)
