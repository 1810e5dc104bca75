"""The tab Movement: who went from which segment to which, and why. The frame; it holds no data."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.ids import Movement
from layouts.parts import (
    card,
    copy_link_button,
    field,
    filter_bar,
    grid,
    link_button,
    page_head,
    skeleton,
)
from layouts.parts.attributes import attributes
from layouts.parts.contact_filters import contact_filters
from layouts.parts.grids import grid_options
from layouts.parts.views import columns_menu, views_menu
from layouts.segments.frame import EXPORT
from services.core.language.messages import _, later

SAVING = "/audiences?save=movement"
PORTION = 50  # rows that the list asks for at once


def layout(**_query: Any) -> Component:
    """Return the page as first shown."""
    return html.Div(
        [
            page_head(
                _("Movement"),
                html.Span(_("Who changed segment between two days, and why."), id=Movement.SUB),
                [
                    dcc.Link(_("Save as audience"), href=SAVING, id=Movement.AUDIENCE, className="sd-btn"),
                    views_menu("movement"),
                    copy_link_button(),
                ],
            ),
            html.Div(id=Movement.MISSING),
            html.Div(
                [
                    html.Div(
                        [
                            _choice(_("From"), Movement.FROM),
                            html.Div(_choice(_("To"), Movement.TO), id=Movement.TO_FIELD),
                            html.Div(_by(), id=Movement.BY, hidden=True),
                        ],
                        className="sd-moves-bar",
                    ),
                    html.Div(
                        filter_bar(
                            [
                                html.Span(id=Movement.NARROWED, className="sd-set"),
                                *contact_filters("movement"),
                            ]
                        ),
                        id=Movement.NARROWED_BAR,
                        hidden=True,
                    ),
                    html.Div(id=Movement.NOTES, role="status", className="sd-notes"),
                    html.Div(skeleton("rows", 2), id=Movement.KPIS),
                    grid(_cards()),
                ],
                id=Movement.BODY,
            ),
            dcc.Store(id=Movement.DATA),
            dcc.Store(id=Movement.PURGED),
            dcc.Store(id=Movement.PORTION),
            dcc.Store(id=Movement.ASKED),
            dcc.Store(id=Movement.ANSWERED),
        ]
    )


def _choice(label: str, name: str) -> html.Div:
    return field(label, dbc.Select(id=name, options=[], size="sm"))


def _by() -> html.Div:
    sides = [
        html.Button(label, type="button", **attributes(aria_pressed=pressed, data_set_filter=f"by={value}"))
        for label, value, pressed in (
            (_("Segments"), "", "true"),
            (_("Clusters"), "cluster", "false"),
        )
    ]
    return html.Div(sides, className="sd-toggle", role="group", **attributes(aria_label=_("Compare")))


def _cards() -> list[Component]:
    return [
        card(
            _("Who moved where"),
            html.Span(id=Movement.DIAGRAM_FINDING),
            html.Div(skeleton("chart"), id=Movement.DIAGRAM, className="sd-moves"),
            note=_(
                "The wider a band, the more customers; grey bands are customers who stayed where they were. "
                "Press a band or a name to list its customers; arrow keys go from band to band."
            ),
            width=5,
        ),
        card(
            _("Flows and their causes"),
            html.Span(id=Movement.FLOWS_FINDING),
            html.Div(skeleton("rows", 10), id=Movement.FLOWS, className="sd-moves-table"),
            note=html.Span(id=Movement.CAUSES_NOTE),
            width=7,
            flush=True,
            term="cause",
        ),
        card(
            later("Segment sizes over time"),
            html.Span(id=Movement.SIZES_FINDING),
            html.Div(skeleton("rows", 10), id=Movement.SIZES),
            table=html.Div(id=Movement.SIZES_TABLE),
            note=_(
                "All bars have one scale, so that days can be compared. Play shows one day after another; "
                "the slider, and its arrow keys, go to any."
            ),
        ),
        card(
            _("Customers of this flow"),
            [
                html.Span(id=Movement.LIST_FINDING),
                " ",
                html.Span(id=Movement.LEFT_OUT, className="sd-left-out"),
            ],
            [
                html.Div(
                    filter_bar([html.Span(id=Movement.CHIPS, className="sd-set")]),
                    className="sd-moves-chosen",
                ),
                html.Div(id=Movement.NOTHING),
                html.Div(_customers(), id=Movement.LIST),
            ],
            tools=[
                columns_menu(Movement.GRID),
                link_button("CSV", EXPORT, id=Movement.EXPORT, icon_name="download", small=True, download=""),
            ],
            note=_("Country, recency, frequency and spend are today’s, whichever days are compared."),
            flush=True,
        ),
    ]


def _customers() -> Component:
    return dag.AgGrid(
        id=Movement.GRID,
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
        style={"height": "430px"},
    )
