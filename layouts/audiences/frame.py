"""The tab Campaigns: a view saved for a campaign, and what came of it. The frame; it holds no data."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.audiences.changing import actions
from layouts.audiences.pushing import sending
from layouts.ids import Audiences
from layouts.parts import (
    button,
    card,
    copy_link_button,
    field,
    grid,
    link_button,
    page_head,
    skeleton,
)
from layouts.parts.forms import LONGEST_NUMBER
from services.core.language.messages import _, later

PAGE = "/audiences"
EXPORT = "/export/audience.csv"
EXPORT_BOOK = "/export/audience.xlsx"
COLUMNS = {
    "segment": later("Segment"),
    "cluster": later("Cluster"),
    "country": later("Country"),
    "recency": later("Recency"),
    "frequency": later("Orders"),
    "monetary": later("Spend"),
    "rfm": later("R F M"),
    "last_purchase": later("Last order"),
}
CHOSEN = ("segment", "country", "last_purchase")
_HOLDOUT = later(
    "The holdout gets nothing, so that the others can be compared with it. It is drawn by the audience’s "
    "name: save it again with the same name and share, and every customer stays in the same group. A draft "
    "keeps customers and groups, and starts when you say so."
)
_SAVING = later(
    "Saving… A large audience takes some seconds. The campaign appears once everyone in it is saved."
)


def layout() -> Component:
    """Return the page as first shown."""
    sub = _("Who gets a campaign, who is held out, and whether it worked.")
    return html.Div(
        [
            page_head(_("Campaigns"), sub, [copy_link_button()]),
            html.Div(id=Audiences.NOTES, role="status", className="sd-notes"),
            html.Div(grid([_form()]), id=Audiences.FORM, className="sd-audience-part", hidden=True),
            html.Div(
                [
                    html.Div(id=Audiences.RESULT),
                    html.Div(grid([_file()]), id=Audiences.FILE),
                    html.Div(id=Audiences.TOOLS),
                    sending(),
                    actions(),
                ],
                id=Audiences.OPENED,
                className="sd-audience-part sd-audience-opened",
                hidden=True,
            ),
            html.Div(skeleton("rows", 6), id=Audiences.LIST),
            dcc.Store(id=Audiences.SEEN),
        ]
    )


def _form() -> html.Section:
    left = [
        field(_("Name"), _line(Audiences.NAME, 80), error_id=Audiences.NAME_ERROR),
        field(
            _("Owner"),
            _line(Audiences.OWNER, 80, persistence=True, persistence_type="local", autocomplete="name"),
            hint=_("the person responsible"),
            error_id=Audiences.OWNER_ERROR,
        ),
        field(
            _("What they get"),
            _line(Audiences.PLAYBOOK, 300),
            hint=_("optional"),
            error_id=Audiences.PLAYBOOK_ERROR,
        ),
    ]
    right = [
        field(
            _("First day"),
            dbc.Input(id=Audiences.START, type="date"),
            hint=_("purchases count from this day"),
            error_id=Audiences.START_ERROR,
        ),
        field(_("Last day"), dbc.Input(id=Audiences.END, type="date"), error_id=Audiences.END_ERROR),
        field(
            _("Held out"),
            _line(Audiences.SHARE, LONGEST_NUMBER, inputMode="decimal", value="20"),
            hint=_("5 to 50 % of customers"),
            unit="%",
            error_id=Audiences.SHARE_ERROR,
        ),
    ]
    return card(
        _("New campaign"),
        html.Span(id=Audiences.FORM_FINDING),
        [
            html.Div([html.Div(left), html.Div(right)], className="sd-audience-fields"),
            html.Div(id=Audiences.PREVIEW, role="status", className="sd-audience-preview"),
            html.Div(id=Audiences.TRIALS, role="status", className="sd-audience-preview"),
            html.Div(
                [
                    html.Span(_SAVING(), id=Audiences.SAVING, className="sd-muted", hidden=True),
                    button(_("Save as a draft"), Audiences.DRAFT),
                    button(_("Start campaign"), Audiences.SAVE, kind="primary"),
                ],
                className="sd-audience-save",
            ),
            html.P(id=Audiences.SAVE_ERROR, className="sd-err", role="alert"),
        ],
        note=_HOLDOUT(),
    )


def _file() -> html.Section:
    options = [{"value": name, "label": label()} for name, label in COLUMNS.items()]
    return card(
        _("Campaign list (holdout excluded)"),
        html.Span(id=Audiences.FILE_FINDING),
        html.Fieldset(
            [
                html.Legend(_("Columns besides the customer ID")),
                dbc.Checklist(id=Audiences.COLUMNS, options=options, value=list(CHOSEN), inline=True),
            ],
            className="sd-audience-columns",
        ),
        tools=[
            link_button(
                _("Export CSV"), EXPORT, id=Audiences.EXPORT, icon_name="download", small=True, download=""
            ),
            link_button(
                _("Export Excel"),
                EXPORT_BOOK,
                id=Audiences.EXPORT_BOOK,
                icon_name="download",
                small=True,
                download="",
            ),
        ],
        note=_(
            "The file lists the customers who were saved, without anyone who has opted out since; its "
            "columns come from the release that is shown. Each export is logged."
        ),
    )


def _line(id: str, longest: int, **more: object) -> dbc.Input:
    return dbc.Input(id=id, type="text", maxLength=longest, debounce=True, **{"autocomplete": "off", **more})
