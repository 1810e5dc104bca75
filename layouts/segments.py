"""The tab Segments: who the customers are. The frame as first shown; it holds no data."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.components import (
    button,
    card,
    copy_link_button,
    field,
    filter_bar,
    grid,
    link_button,
    page_head,
    skeleton,
)
from layouts.components.attributes import attributes
from layouts.components.filters import adder
from layouts.figures.theme import graph
from layouts.ids import Segments

EXPORT = "/export/customers.csv"
MENUS = {"segment": "Segment", "cluster": "Cluster", "country": "Country"}
RANGES = {"r": ("Recency", "days"), "f": ("Orders", ""), "m": ("Spend", "")}
PAIRS = {"rf": "Recency and orders", "rm": "Recency and spend", "fm": "Orders and spend"}
DISTRIBUTIONS = {"recency": "Recency", "frequency": "Orders", "monetary": "Spend"}
TABLES = ("map", "treemap", *PAIRS, *DISTRIBUTIONS)


def layout(**_query: Any) -> Component:
    """Return the page as first shown."""
    head = page_head(
        "Segments",
        html.Span("Who the customers are.", id=Segments.SUB),
        [
            copy_link_button(),
            link_button("Export CSV", EXPORT, id=Segments.EXPORT, icon_name="download", download=""),
        ],
    )
    stores = [dcc.Store(id=Segments.rows(name)) for name in TABLES]
    return html.Div(
        [
            head,
            _filters(),
            html.Div(id=Segments.NOTES, role="status"),
            html.Div(skeleton("rows", 2), id=Segments.KPIS),
            html.Div(id=Segments.NOTHING),
            html.Div(grid(_cards()), id=Segments.CARDS),
            dcc.Store(id=Segments.PURGED),
            *stores,
        ]
    )


def _filters() -> html.Div:
    menus = [
        adder(
            name,
            label,
            [
                html.Div(
                    id=Segments.field(name), className="sd-menu", role="group", **attributes(aria_label=label)
                )
            ],
        )
        for name, label in MENUS.items()
    ]
    ranges = [adder(letter, label, _range(letter, label, unit)) for letter, (label, unit) in RANGES.items()]
    switch = html.Div(
        [
            html.Button(
                "Segments", type="button", **attributes(aria_pressed="true", data_set_filter="group=")
            ),
            html.Button(
                "Clusters", type="button", **attributes(aria_pressed="false", data_set_filter="group=cluster")
            ),
        ],
        className="sd-toggle",
        role="group",
        **attributes(aria_label="Group by"),
    )
    set_chips = html.Span(id=Segments.CHIPS, className="sd-set")
    return filter_bar([set_chips, *menus, *ranges, switch], html.Span(id=Segments.FOUND))


def _range(letter: str, label: str, unit: str) -> list[Component]:
    ends = [
        field(
            f"{label} {words}",
            dbc.Input(
                id=Segments.field(f"{letter}_{end}"),
                type="text",
                inputMode="decimal",
                autocomplete="off",
                maxLength=20,
            ),
            unit=unit,
        )
        for end, words in (("min", "at least"), ("max", "at most"))
    ]
    return [*ends, button("Apply", kind="primary", small=True, **attributes(data_range_filter=letter))]


def _cards() -> list[Component]:
    pairs = [_pictured(name, title, 320, 6) for name, title in PAIRS.items()]
    return [
        card(
            "Segment map",
            html.Span(id=Segments.finding("map")),
            html.Div(skeleton("map"), id=Segments.MAP),
            table=html.Div(id=Segments.table("map")),
            note="Press a cell to filter by its segment. A deeper tint means more customers.",
            width=7,
            id=Segments.MAP_CARD,
        ),
        card(
            "Size against revenue",
            html.Span(id=Segments.finding("sizes")),
            html.Div(skeleton("rows", 8), id=Segments.SIZES),
            width=5,
        ),
        *pairs,
        card(
            "Revenue by group",
            html.Span(id=Segments.finding("treemap")),
            graph(Segments.TREEMAP, "Revenue by group as areas", 320),
            table=html.Div(id=Segments.table("treemap")),
            width=6,
        ),
        *[_pictured(name, title, 230, 4) for name, title in DISTRIBUTIONS.items()],
        card(
            "Groups and playbook",
            html.Span(id=Segments.GROUPS_FINDING),
            html.Div(skeleton("rows", 8), id=Segments.GROUPS),
            flush=True,
        ),
        card(
            "Customers in this view",
            html.Span(id=Segments.GRID_FINDING),
            [_search(), _customers()],
            tools=[
                link_button(
                    "CSV", EXPORT, id=Segments.EXPORT_ROWS, icon_name="download", small=True, download=""
                )
            ],
            flush=True,
        ),
    ]


def _pictured(name: str, title: str, height: int, width: int) -> html.Section:
    return card(
        title,
        html.Span(id=Segments.finding(name)),
        graph(Segments.picture(name), title, height),
        table=html.Div(id=Segments.table(name)),
        width=width,
    )


def _search() -> html.Div:
    box = dbc.Input(
        id=Segments.SEARCH,
        type="search",
        debounce=True,
        placeholder="Part of an id",
        maxLength=64,
        autocomplete="off",
    )
    return html.Div(field("Customer id holds", box), className="sd-segments-search")


def _customers() -> Component:
    return dag.AgGrid(
        id=Segments.GRID,
        rowModelType="infinite",
        columnDefs=[],
        columnSize="responsiveSizeToFit",
        getRowId="params.data.customer_id",
        defaultColDef={"resizable": False, "suppressMovable": True, "minWidth": 84},
        dashGridOptions={
            "theme": {"function": "themeQuartz"},
            "cacheBlockSize": 100,
            "maxBlocksInCache": 4,
            "rowHeight": 36,
        },
        className="sd-ag",
        style={"height": "430px"},
    )
