"""What can be done with an opened campaign: start a draft, rename, archive or bring back, delete."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts.audiences.list_words import WORD
from layouts.ids import Audiences
from layouts.parts import button, card, field, grid
from services.core.language.messages import _


def actions() -> Component:
    """Return the card, hidden until a campaign is opened; it holds no data."""
    name = dbc.Input(id=Audiences.RENAME_NAME, type="text", maxLength=80, autocomplete="off")
    word = dbc.Input(id=Audiences.DELETE_WORD, type="text", maxLength=20, autocomplete="off")
    parts = [
        html.Div(
            [html.P(id=Audiences.START_SAID), button(_("Start campaign"), Audiences.BEGIN, kind="primary")],
            id=Audiences.START_PART,
            hidden=True,
        ),
        html.Div([field(_("New name"), name), button(_("Rename"), Audiences.RENAME)]),
        html.Div(
            [
                html.P(_("An archived campaign keeps everything, leaves the list, and can be brought back.")),
                button(_("Archive"), Audiences.ARCHIVE),
                button(_("Bring back"), Audiences.RESTORE),
            ]
        ),
        html.Div(
            [
                html.P(id=Audiences.DELETE_SAID),
                field(_("Type “{word}” to confirm", word=WORD), word),
                button(_("Delete"), Audiences.DELETE),
            ]
        ),
    ]
    return html.Div(
        grid(
            [
                card(
                    _("Change this campaign"),
                    None,
                    [
                        html.Div(parts, className="sd-camp-changes"),
                        html.P(id=Audiences.CHANGE_ERROR, className="sd-err", role="alert"),
                    ],
                    note=_("Every change is logged."),
                )
            ]
        ),
        id=Audiences.CHANGES,
    )
