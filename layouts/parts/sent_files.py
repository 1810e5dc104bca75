"""The place to drop files, as every page has it that takes some; scripts mark it while a file is over it."""

from __future__ import annotations

from dash import html

from layouts.parts.cards import button
from services.core.language.messages import _


def drop(says: str, choose: str, *, zone: str, chooser: str, hint: str) -> html.Div:
    """Return the place with its button and a line below; a file input of Dash's own has no label.

    Parameters
    ----------
    says : str
        What can be dropped, such as "Drop a table here".
    choose : str
        What the button says.
    zone, chooser, hint : str
        Ids of the place, the button and the line that says what a file may be.
    """
    return html.Div(
        [
            html.P([html.B(says), _(", or")]),
            button(choose, chooser),
            html.P(id=hint, className="sd-muted"),
        ],
        id=zone,
        className="sd-drop",
    )
