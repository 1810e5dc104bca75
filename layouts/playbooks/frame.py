"""The tab Playbooks: what to do with each group. The frame as first shown; it holds no data."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.ids import Playbooks
from layouts.parts import button, card, copy_link_button, empty, field, page_head, skeleton, term
from layouts.parts.attributes import attributes
from layouts.playbooks import words as said
from services.core.language.messages import _, later

SUB = later("What to do for each segment and cluster, and what the data says about them.")
LONGEST = 600
PAGE = "/playbooks"


def layout() -> Component:
    """Return the page as first shown."""
    printing = button(_("Print"), **attributes(data_print="true"))
    sub: list[Component | str] = [
        html.Span(SUB(), id=Playbooks.SUB),
        " ",
        term("playbook", _("What a playbook is")),
    ]
    return html.Div(
        [
            html.Div(id=Playbooks.CRUMB),
            page_head(_("Playbooks"), sub, [copy_link_button(), printing]),
            html.Div(id=Playbooks.SWITCH),
            html.Div(id=Playbooks.NOTES, className="sd-k-notes", role="status"),
            html.Div(
                [
                    html.Div(skeleton("rows", 8), id=Playbooks.CARDS, className="sd-playbooks"),
                    _form(),
                ],
                className="sd-playbooks-page",
            ),
            html.P(id=Playbooks.CAVEAT, className="sd-note"),
            html.Div(id=Playbooks.VERSIONS, className="sd-playbooks-versions"),
            dcc.Store(id=Playbooks.BASE),
            dcc.Store(id=Playbooks.REVISION),
            dcc.Store(id=Playbooks.SUGGESTION),
        ]
    )


def _form() -> html.Div:
    asking = html.Div(
        [
            button(_("Suggest a text"), Playbooks.SUGGEST),
            html.Span(
                _("Asking the language model; this takes up to 15 seconds."),
                id=Playbooks.WAITING,
                className="sd-muted",
                hidden=True,
            ),
            html.P(id=Playbooks.SUGGEST_ERROR, className="sd-err", role="alert"),
            html.Div(id=Playbooks.SUGGESTED, role="status"),
        ],
        id=Playbooks.SUGGEST_BAR,
        hidden=True,
    )
    author = dbc.Input(
        id=Playbooks.AUTHOR,
        type="text",
        maxLength=64,
        persistence=True,
        persistence_type="local",
        autocomplete="name",
    )
    fields = [
        _text(said.TEXTS["goal"](), Playbooks.GOAL, Playbooks.GOAL_ERROR),
        _text(said.TEXTS["message"](), Playbooks.MESSAGE, Playbooks.MESSAGE_ERROR),
        _text(said.TEXTS["offer"](), Playbooks.OFFER, Playbooks.OFFER_ERROR),
        asking,
        html.Div(
            field(
                _("Your name"),
                author,
                hint=_("shown beside the version"),
                error_id=Playbooks.AUTHOR_ERROR,
            ),
            id=Playbooks.AUTHOR_FIELD,
        ),
        html.Div(button(_("Save"), Playbooks.SAVE, kind="primary"), className="sd-playbooks-save"),
    ]
    return html.Div(
        card(
            _("Edit this playbook"),
            _("Everyone sees the new text at once; earlier versions are kept."),
            [
                html.P(id=Playbooks.SIGNED, className="sd-playbooks-signed"),
                html.Div(fields, id=Playbooks.FIELDS),
                html.P(id=Playbooks.SAVE_ERROR, className="sd-err", role="alert"),
                html.Div(id=Playbooks.SAVED, role="status"),
            ],
        ),
        id=Playbooks.FORM,
        className="sd-playbooks-form",
        hidden=True,
    )


def _text(label: str, id: str, error_id: str) -> html.Div:
    control = dbc.Textarea(id=id, rows=3, maxLength=LONGEST, spellCheck=True)
    return field(label, control, error_id=error_id)


def nothing(sentence: str) -> Component:
    """Return what stands for the cards where there is no release."""
    return empty(_("No playbooks yet"), sentence)


def no_segments() -> Component:
    """Return what stands for the cards where the preset has no segments."""
    return empty(
        _("No segments"), _("The preset of this release has no segments. Look at the clusters instead.")
    )


def signed(name: str | None, *, may_change: bool) -> str:
    """Say under whose name versions are saved, or that this person's role does not allow it."""
    if not may_change:
        return _(
            "To edit playbooks you need the role marketer or analyst; ask the person who runs this site."
        )
    return _("Versions are saved under your name, {name}.", name=name) if name else ""
