"""What a page shows until Dash has drawn it: bar, title and grey shapes, in HTML, for no script has run.

With it come the names of the tabs and what dotted words mean, which scripts read: pages are sent compressed,
and the layout, which names who asks, is not.
"""

from __future__ import annotations

import json
from html import escape

from layouts.parts.terms import meanings
from layouts.shell.frame import TITLE, marked_on
from services.core.language.messages import _
from services.site.tabs import TABS, Place

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


def first(path: str) -> str:
    """Return the page at ``path`` as it is sent; the title of an unknown one stays empty."""
    names = {tab.path: tab.name for tab in TABS}
    name = escape(names.get(path, ""))
    tabs = escape(_("Tabs"))
    opening = _("Opening {page}.", page=name) if name else _("Opening the page.")
    said = json.dumps(meanings(), ensure_ascii=False, separators=(",", ":"))
    return (
        f'<div id="shell-first" data-names="{escape(json.dumps(names))}" data-meanings="{escape(said)}">'
        f'<header class="sd-bar"><a class="sd-brand" href="/">'
        f'<span class="sd-mark" aria-hidden="true"></span>{TITLE}</a>'
        f'<nav class="sd-tabs" aria-label="{tabs}"><ul>{_links(path)}</ul></nav></header>'
        f'<main class="sd-main"><p class="sd-unseen" role="status">{opening}</p>'
        f"{_SHAPES.format(name=name)}</main></div>"
    )


def _links(path: str) -> str:
    written, before = [], None
    for tab in TABS:
        if tab.place is Place.NOWHERE:
            continue
        apart = ' class="sd-tabs-apart"' if before not in (None, tab.place) else ""
        current = ' aria-current="page"' if path in marked_on(tab) else ""
        written.append(f'<li{apart}><a href="{tab.path}"{current}>{escape(tab.name)}</a></li>')
        before = tab.place
    return "".join(written)
