"""What a page shows until Dash has drawn it: bar, title and grey shapes, in HTML, for no script has run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

from layouts.shell.frame import TITLE

# `assets/waiting/opening.js` shows the same shapes while another page is opened.
_SHAPES = """
<div class="sd-first-page" aria-busy="true">
<div class="sd-head"><div><div class="sd-first-title" role="heading" aria-level="1">{name}</div>
<div class="sd-sub"><div class="sd-sk sd-sk-text"></div></div></div></div>
<div class="sd-card sd-first-strip"><div class="sd-sk sd-sk-text"></div><div class="sd-sk sd-sk-text"></div>
<div class="sd-sk sd-sk-text"></div><div class="sd-sk sd-sk-text"></div></div>
<div class="sd-grid"><div class="sd-card sd-c7"><div class="sd-sk sd-sk-map"></div></div>
<div class="sd-card sd-c5"><div class="sd-sk sd-sk-rows"></div></div>
<div class="sd-card sd-c12"><div class="sd-sk sd-sk-rows"></div></div></div>
</div>"""


def first(tabs: Sequence[tuple[str, str]], pages: Mapping[str, str], path: str) -> str:
    """Return the page at ``path`` as it is sent.

    Parameters
    ----------
    tabs : sequence of (address, name)
    pages : mapping of address to name
        Of all pages, those that are no tabs as well.
    path : str
        Of an unknown page as well, whose title then stays empty.
    """
    name = escape(pages.get(path, ""))
    links = "".join(
        f'<a href="{address}"{" aria-current=page" if address == path else ""}>{escape(label)}</a>'
        for address, label in tabs
    )
    return (
        f'<div id="shell-first" data-names="{escape(json.dumps(dict(pages)))}">'
        f'<header class="sd-bar"><a class="sd-brand" href="/">'
        f'<span class="sd-mark" aria-hidden="true"></span>{TITLE}</a>'
        f'<nav class="sd-tabs" aria-label="Tabs">{links}</nav></header>'
        f'<main class="sd-main"><p class="sd-unseen" role="status">Opening {name or "the page"}.</p>'
        f"{_SHAPES.format(name=name)}</main></div>"
    )
