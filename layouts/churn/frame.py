"""The tab Churn: who may not order again, what they are worth, whom contacting pays for. It holds no data."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.churn.list import customers
from layouts.ids import Churn
from layouts.parts import (
    card,
    copy_link_button,
    field,
    filter_bar,
    grid,
    link_button,
    page_head,
    skeleton,
    unseen,
)
from layouts.parts.attributes import attributes
from layouts.parts.charts import graph
from layouts.parts.contact_filters import contact_filters
from layouts.parts.filters import adder
from layouts.parts.views import columns_menu, views_menu
from layouts.segments.frame import EXPORT
from layouts.words import currency_symbol
from services.core.churn.costs import FIGURES, Figure
from services.core.filters import CHOICES
from services.core.language.messages import _, later

SAVING = "/audiences?save=churn"
_STORES = (
    Churn.COSTS,
    Churn.FRAMED,
    Churn.MARKED,
    Churn.PURGED,
    Churn.PORTION,
    Churn.ASKED,
    Churn.ANSWERED,
)


def layout(**_query: Any) -> Component:
    """Return the page as first shown."""
    return html.Div(
        [
            page_head(
                _("Churn"),
                html.Span(_("Who may not order again."), id=Churn.SUB),
                [
                    dcc.Link(_("Save as audience"), href=SAVING, id=Churn.AUDIENCE, className="sd-btn"),
                    dcc.Link(_("From a table"), href="/churn/table", className="sd-btn"),
                    views_menu("churn"),
                    copy_link_button(),
                ],
            ),
            html.Div(id=Churn.MISSING),
            html.Div(
                [
                    _filters(),
                    html.Div(id=Churn.NOTES, role="status", className="sd-notes"),
                    html.Div(skeleton("rows", 2), id=Churn.KPIS),
                    grid([_map(), _profit(), _list(), *_groups(), _calibration(), _cuts(), _models()]),
                ],
                id=Churn.BODY,
            ),
            *(dcc.Store(id=name) for name in _STORES),
        ]
    )


def _filters() -> html.Div:
    menus = [
        adder(
            each.name,
            each.label(),
            [
                html.Div(
                    id=Churn.menu(each.name),
                    className="sd-menu",
                    role="group",
                    **attributes(aria_label=each.label()),
                )
            ],
        )
        for each in CHOICES.values()
    ]
    chips = html.Span(id=Churn.CHIPS, className="sd-set")
    return filter_bar([chips, *menus, *contact_filters("churn")], html.Span(id=Churn.FOUND))


def _map() -> Component:
    return card(
        _("Usual spend and risk"),
        html.Span(id=Churn.MAP_FINDING),
        html.Div(skeleton("map"), id=Churn.MAP),
        note=_(
            "A cell holds its customers and their expected loss: the chance of no order times the usual "
            "spend. Press one to list its customers below."
        ),
        width=7,
        term="expected-loss",
    )


def _profit() -> Component:
    return card(
        later("What contacting brings"),
        html.Span(id=Churn.PROFIT_FINDING),
        [
            html.P(_("expected profit after costs"), className="sd-y-title"),
            graph(Churn.PROFIT, _("Expected profit by the risk that contacting begins at"), 220),
        ],
        table=html.Div(id=Churn.PROFIT_TABLE),
        below=html.Div([_cost(each) for each in FIGURES], className="sd-churn-costs"),
        note=html.Span(id=Churn.PROFIT_NOTE),
        width=5,
        term="expected-profit",
    )


def _cost(figure: Figure) -> Component:
    label, share = figure.label(), figure.unit == "share"
    scale = 100 if share else 1
    typed = dbc.Input(
        id=Churn.typed(figure.name),
        type="number",
        inputMode="decimal",
        min=0,
        max=figure.most * scale,
        step="any",
        value=figure.usual * scale,
        debounce=True,
    )
    slider = dbc.Input(
        id=Churn.slider(figure.name),
        type="range",
        min=0,
        max=figure.reach * scale,
        step=figure.step * scale,
        value=figure.usual * scale,
        class_name="sd-churn-slider",
    )
    unit = {"unit": "%"} if share else {"prefix": currency_symbol()}
    return html.Div(
        [
            field(label, typed, **unit),
            html.Label([unseen(_("{figure}, slider", figure=label)), slider]),
        ],
        className="sd-field sd-churn-cost",
    )


def _list() -> Component:
    return card(
        _("Whom to contact first"),
        [
            html.Span(id=Churn.LIST_FINDING),
            " ",
            html.Span(id=Churn.LEFT_OUT, className="sd-left-out"),
        ],
        [
            html.Div(html.Span(id=Churn.PART, className="sd-set"), className="sd-churn-part"),
            html.Div(id=Churn.NOTHING),
            html.Div(customers(), id=Churn.LIST),
        ],
        tools=[
            columns_menu(Churn.GRID),
            link_button(
                _("CSV by cluster"), EXPORT, id=Churn.EXPORT, icon_name="download", small=True, download=""
            ),
        ],
        note=_(
            "Highest expected loss first. Record of the band: of the customers who were in the same ten "
            "points of risk on earlier days, how many did not order."
        ),
        flush=True,
    )


def _groups() -> list[Component]:
    kinds = (
        (_("By segment"), Churn.SEGMENTS_FINDING, Churn.SEGMENTS),
        (_("By cluster"), Churn.CLUSTERS_FINDING, Churn.CLUSTERS),
    )
    return [
        card(title, html.Span(id=finding), html.Div(id=place), width=6, flush=True)
        for title, finding, place in kinds
    ]


def _calibration() -> Component:
    return card(
        later("Predicted and happened"),
        html.Span(id=Churn.CALIBRATION_FINDING),
        [
            html.P(_("share that did not order"), className="sd-y-title"),
            graph(Churn.CALIBRATION, _("Share that did not order by predicted chance, in bands"), 300),
        ],
        table=html.Div(id=Churn.CALIBRATION_TABLE),
        note=html.Span(id=Churn.CALIBRATION_NOTE),
        width=7,
        term="calibration",
    )


def _cuts() -> Component:
    return card(
        _("Day by day"),
        html.Span(id=Churn.CUTS_FINDING),
        html.Div(id=Churn.CUTS),
        note=html.Span(id=Churn.CUTS_NOTE),
        width=5,
    )


def _models() -> Component:
    pictures = (
        (Churn.ROC, _("share of leavers found"), _("ROC curves of the models")),
        (Churn.PRECISION, _("share of the contacted who leave"), _("Precision and recall of the models")),
        (Churn.LIFT, _("leavers, times as often as among all"), _("Lift of the models")),
    )
    return card(
        _("Models side by side"),
        html.Span(id=Churn.MODELS_FINDING),
        [
            html.Div(id=Churn.MODELS),
            html.Div(
                [
                    html.Div([html.P(title, className="sd-y-title"), graph(place, label, 220)])
                    for place, title, label in pictures
                ],
                className="sd-churn-curves",
            ),
            html.Div(id=Churn.CONFUSION),
        ],
        term="auc",
    )
