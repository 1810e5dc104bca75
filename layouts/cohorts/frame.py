"""The tab Cohorts: whether newcomers come back, and which are worth having. The frame; it holds no data."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.cohorts.words import SUB
from layouts.ids import Cohorts
from layouts.parts import card, copy_link_button, field, filter_bar, grid, link_button, page_head, skeleton
from layouts.parts.contact_filters import contact_filters
from layouts.parts.grids import grid_options
from layouts.parts.views import columns_menu, views_menu
from layouts.segments.frame import EXPORT
from services.core.language.messages import _

PAGE = "/cohorts"
SAVING = "/audiences?save=cohorts"
MATRIX_FILE = "/export/cohorts.csv"
PORTION = 50  # rows that the list asks for at once


def layout(**_query: Any) -> Component:
    """Return the page as first shown."""
    choices = [
        _choice(_("Country"), Cohorts.COUNTRY),
        _choice(_("Segment today"), Cohorts.SEGMENT),
        _choice(_("In the first order"), Cohorts.PRODUCT),
        html.Div(id=Cohorts.EVERY, className="sd-cohorts-every"),
    ]
    stores = (Cohorts.FRAMED, Cohorts.SHOWN, Cohorts.PURGED, Cohorts.PORTION, Cohorts.ASKED, Cohorts.ANSWERED)
    return html.Div(
        [
            page_head(
                _("Cohorts"),
                html.Span(SUB(), id=Cohorts.SUB),
                [
                    dcc.Link(_("Save as audience"), href=SAVING, id=Cohorts.AUDIENCE, className="sd-btn"),
                    views_menu("cohorts"),
                    copy_link_button(),
                ],
            ),
            html.Div(id=Cohorts.MISSING),
            html.Div(
                [
                    html.Div(choices, className="sd-cohorts-bar"),
                    filter_bar(
                        [html.Span(id=Cohorts.CHIPS, className="sd-set"), *contact_filters("cohorts")],
                        html.Span(id=Cohorts.FOUND),
                    ),
                    html.Div(id=Cohorts.NOTES, role="status", className="sd-notes"),
                    grid([_matrix(), _customers()]),
                    html.Div(skeleton("rows", 8), id=Cohorts.CARDS, className="sd-cohorts-more"),
                ],
                id=Cohorts.BODY,
            ),
            *(dcc.Store(id=name) for name in stores),
        ]
    )


def _choice(label: str, name: str) -> html.Div:
    return field(label, dbc.Select(id=name, options=[], size="sm"))


def _matrix() -> html.Section:
    return card(
        _("Periods since the first order"),
        html.Span(id=Cohorts.FINDING),
        html.Div(skeleton("rows", 10), id=Cohorts.MATRIX),
        tools=[
            html.Div(id=Cohorts.SHOW),
            link_button(
                "CSV", MATRIX_FILE, id=Cohorts.MATRIX_FILE, icon_name="download", small=True, download=""
            ),
        ],
        note=html.Span(id=Cohorts.NOTE),
        term="cohort",
    )


def _customers() -> html.Section:
    return card(
        _("Customers of the cohorts"),
        [
            html.Span(id=Cohorts.LIST_FINDING),
            " ",
            html.Span(id=Cohorts.LEFT_OUT, className="sd-left-out"),
        ],
        [html.Div(id=Cohorts.NOTHING), html.Div(_list(), id=Cohorts.LIST)],
        tools=[
            columns_menu(Cohorts.GRID),
            link_button("CSV", EXPORT, id=Cohorts.EXPORT, icon_name="download", small=True, download=""),
        ],
        note=_("Segment, recency, orders and spend are today’s, whichever cell is open."),
        flush=True,
    )


def _list() -> Component:
    return dag.AgGrid(
        id=Cohorts.GRID,
        rowModelType="infinite",
        columnDefs=[],
        columnSize="responsiveSizeToFit",
        getRowId="params.data.customer_id",
        defaultColDef={
            "sortable": True,
            "resizable": False,
            "suppressMovable": True,
            "minWidth": 84,
            "cellDataType": False,
        },
        dashGridOptions=grid_options(
            cacheBlockSize=PORTION,
            maxConcurrentDatasourceRequests=1,
            maxBlocksInCache=10,
            rowHeight=36,
            suppressMultiSort=True,
        ),
        className="sd-ag",
        style={"height": "360px"},
    )
