"""The audit log as a page for admins: newest first, filtered by its address, fifty rows at a time."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, render_template_string, request

from services.site.people.audit import PAGE, What
from services.web.access.person import Door
from services.web.pages.audit_results import shown, what_said
from services.web.pages.audit_words import in_words

TEMPLATE = (Path(__file__).parent / "audit.html").read_text(encoding="utf-8")
_FILTERS = ("who", "what", "subject")
_MOST_PAGES = 100_000


def install(server: Flask, door: Door, head: str) -> None:
    """Add ``/audit`` to ``server``.

    Parameters
    ----------
    server : Flask
    door : Door
    head : str
        The style sheets and the theme script.
    """

    @server.get("/audit")
    def audit_page() -> str:
        chosen = {name: request.args.get(name, "") for name in _FILTERS}
        number = request.args.get("page", "1")
        page = min(int(number[:6]), _MOST_PAGES) if number.isascii() and number.isdigit() else 1
        page = max(page, 1)
        # one more than is shown says whether there is an older page
        found = door.audit.listed(**chosen, skip=(page - 1) * PAGE, most=PAGE + 1)

        def address(other: int) -> str:
            return "/audit?" + urlencode({**{k: v for k, v in chosen.items() if v}, "page": other})

        return render_template_string(
            TEMPLATE,
            head=head,
            entries=found[:PAGE],
            in_words=in_words,
            what=what_said,
            result=shown,
            chosen=chosen,
            kinds=tuple(What),
            page=page,
            newer=address(page - 1) if page > 1 else "",
            older=address(page + 1) if len(found) > PAGE else "",
        )
