"""The page on which two releases are compared and one of them is published. The frame, without data."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.ids import Compare
from layouts.parts import breadcrumb, button, card, field, grid, page_head, skeleton
from services.core.language.messages import _, later

PAGE = "/releases"
PUBLISH = later("Publish this release")
SUB = later("What would change if another release were published.")


def layout() -> Component:
    """Return the page as first shown."""
    select = dbc.Select(id=Compare.CHOICE, options=[], size="sm")
    publish = html.Div(
        button(PUBLISH(), Compare.PUBLISH, kind="primary"), id=Compare.PUBLISH_BAR, hidden=True
    )
    waiting = [
        card(_("Side by side"), None, skeleton("rows"), width=6),
        card(_("Segments"), None, skeleton("rows"), width=6),
    ]
    return html.Div(
        [
            breadcrumb([(_("Data"), "/data"), (_("Compare releases"), None)]),
            page_head(_("Compare releases"), html.Span(SUB(), id=Compare.SUB), [publish]),
            html.P(id=Compare.PUBLISH_ERROR, className="sd-err", role="alert"),
            html.Div(id=Compare.PUBLISHED, role="status"),
            html.Div(
                field(_("Release to look at"), select),
                id=Compare.CHOICE_BAR,
                className="sd-k-bar",
                hidden=True,
            ),
            html.Div(grid(waiting), id=Compare.PAGE),
            dcc.Store(id=Compare.STEP),
            dcc.Store(id=Compare.REVISION),
        ]
    )
