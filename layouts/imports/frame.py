"""The page that brings a file into the ledger, one step at a time. The frame, without data."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.ids import Imports
from layouts.parts import breadcrumb, button, card, field, grid, page_head, stack
from layouts.parts.attributes import attributes
from layouts.parts.sent_files import drop
from services.core.language.messages import _, later

SUB = later("Nothing changes for anybody until a new release is published.")


def layout() -> Component:
    """Return the page as first shown."""
    remove = button(_("Remove this file"), Imports.REMOVE, icon_name="close", hidden=True)
    return html.Div(
        [
            breadcrumb([(_("Data"), "/data"), (_("Bring a file"), None)]),
            page_head(_("Bring a file"), html.Span(SUB(), id=Imports.SUB), [remove]),
            html.Div(id=Imports.STEPS),
            html.P(id=Imports.DOING, className="sd-imports-doing", role="status", hidden=True),
            html.Div(
                grid([stack([_sending()]), stack([html.Div(id=Imports.WAITING)])]),
                id=Imports.FILE,
                hidden=True,
            ),
            html.Div(id=Imports.BODY),
            html.Div(_roles(), id=Imports.ROLES, hidden=True),
            html.Div(_placing(), id=Imports.PLACING, hidden=True),
            dcc.Store(id=Imports.SENT),
        ],
        className="sd-imports",
    )


def _sending() -> html.Section:
    place = drop(
        _("Drop files here"),
        _("Choose files"),
        zone=Imports.DROP,
        chooser=Imports.CHOOSE,
        hint=Imports.HINT,
    )
    name = attributes(aria_label=_("Files that are being sent"))
    sent = html.Div(id=Imports.SENDING, className="sd-imports-sending", **name, role="group")
    finding = _("Orders, one row per line of an order, as your shop exports them.")
    return card(_("File"), finding, [place, sent])


def _roles() -> html.Div:
    role = dbc.Select(id=Imports.ROLE, options=[], size="sm", placeholder=_("Choose"))
    column = dbc.Select(id=Imports.COLUMN, options=[], size="sm", placeholder=_("Choose"))
    fields = html.Div(
        [
            field(_("Read as"), role),
            field(_("From the column"), column),
            button(_("Apply"), Imports.SET_ROLE),
        ],
        className="sd-imports-roles",
    )
    finding = _("If a column was misread, say what it holds. The file is then read again.")
    return grid([card(_("Change a column"), finding, fields)])


def _placing() -> html.Div:
    choices = html.Div(
        [
            _choice(_("Add to the ledger"), Imports.ADD, Imports.ADD_HINT, "primary"),
            _choice(_("Replace the ledger"), Imports.REPLACE, Imports.REPLACE_HINT, ""),
        ],
        className="sd-imports-placing",
    )
    error = html.P(id=Imports.ADDING_ERROR, className="sd-err", role="alert")
    return grid(
        [
            card(
                _("Add or replace"),
                _("The file is kept as it is, with what you said about its columns and format."),
                [choices, error],
            )
        ]
    )


def _choice(label: str, id: str, hint: str, kind: str) -> html.Div:
    pressed = button(label, id, kind="primary" if kind else "")
    return html.Div([pressed, html.P(id=hint, className="sd-note")], className="sd-imports-choice")
