"""The card "Send to another tool": who would be sent, the button, and what became of what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts.audiences import push_words as said
from layouts.ids import Audiences
from layouts.parts import Cell, button, card, grid, table
from services.core.language.messages import _, later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.site.pushes.push import Push

_NOTE = later(
    "The holdout, everyone who opted out and everyone without consent are never included, nor is anyone who "
    "opts out or is erased before their turn. What was sent stays there: if someone opts out later, opt them "
    "out there, too. Each send is logged."
)


def sending() -> Component:
    """Return the card, hidden where the site sends audiences nowhere; it holds no data."""
    return html.Div(
        grid(
            [
                card(
                    _("Send to another tool"),
                    html.Span(id=Audiences.PUSH_FINDING),
                    [
                        html.P(id=Audiences.PUSH_PLACE, className="sd-muted"),
                        html.Div(
                            button(_("Send"), Audiences.PUSH, kind="primary"),
                            id=Audiences.PUSH_PART,
                            className="sd-audience-push",
                            hidden=True,
                        ),
                        html.Div(
                            button(_("Stop sending"), Audiences.PUSH_STOP),
                            id=Audiences.PUSH_STOP_PART,
                            className="sd-audience-push",
                            hidden=True,
                        ),
                        html.P(id=Audiences.PUSH_ERROR, className="sd-err", role="alert"),
                        html.Div(id=Audiences.PUSH_LIST),
                    ],
                    note=_NOTE(),
                )
            ]
        ),
        id=Audiences.PUSH_CARD,
        hidden=True,
    )


def sent(pushes: Sequence[Push]) -> list[Component]:
    """Return what became of each push, the latest first; nothing without any."""
    if not pushes:
        return []
    rows: list[list[Cell]] = [
        [
            html.Span(said.of_asking(each), className="sd-audience-asked"),
            html.Span(said.of_push(each), className="sd-audience-wrap"),
        ]
        for each in pushes
    ]
    return [table([_("Requested"), _("Outcome")], rows, _("Sent to another tool"))]
