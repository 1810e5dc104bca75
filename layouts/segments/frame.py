"""The tab Segments: who the customers are. The frame as first shown; it holds no data."""

from __future__ import annotations

import dash_ag_grid as dag
import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from layouts.ids import Segments
from layouts.parts import (
    button,
    card,
    copy_link_button,
    field,
    filter_bar,
    grid,
    link_button,
    page_head,
    skeleton,
    term,
)
from layouts.parts.attributes import attributes
from layouts.parts.cards import Content
from layouts.parts.charts import graph
from layouts.parts.contact_filters import contact_filters
from layouts.parts.filters import adder
from layouts.parts.forms import LONGEST_NUMBER
from layouts.parts.grids import grid_options
from layouts.parts.views import columns_menu, views_menu
from layouts.parts.woven import gap, woven
from services.core.filters import CHOICES, RANGES, Choice, Range
from services.core.language.messages import _, later

EXPORT = "/export/customers.csv"
SAVING = "/audiences?save=segments"
PORTION = 50  # rows that the list asks for at once
# what frequency counts, orders or lines, is the preset's: axes and sentences say it
PAIRS = {
    "rf": later("Recency and frequency"),
    "rm": later("Recency and spend"),
    "fm": later("Frequency and spend"),
}
DISTRIBUTIONS = {"recency": later("Recency"), "frequency": later("Frequency"), "monetary": later("Spend")}
_WORDS = {"recency": "recency", "frequency": "frequency", "monetary": "spend"}
_OFTEN = later(
    "Vertical axis: how often they bought; both axes are logarithmic. A larger dot means more customers. "
    "Press a dot to filter by its group."
)
_SPENT = later(
    "Vertical axis: what they spent; both axes are logarithmic. A larger dot means more customers. Press a "
    "dot to filter by its group."
)
_UP = {"rf": _OFTEN, "rm": _SPENT, "fm": _SPENT}
_ENDS = (later("{filter} at least"), later("{filter} at most"))
_BARS = later(
    "Every bar covers a range of the same size; the first and the last also hold all lower and all higher "
    "values. Dotted lines: where one score ends and the next begins. Press a bar to filter by its values."
)


def layout() -> Component:
    """Return the page as first shown."""
    head = page_head(
        _("Segments"),
        [html.Span(_("Who the customers are."), id=Segments.SUB), *_left_out(Segments.LEFT_OUT_HEAD)],
        [
            views_menu("segments"),
            copy_link_button(),
            dcc.Link(_("Save as audience"), href=SAVING, id=Segments.AUDIENCE, className="sd-btn"),
            html.Span(
                link_button(_("Export CSV"), EXPORT, id=Segments.EXPORT, icon_name="download", download=""),
                id=Segments.EXPORT_PLACE,
            ),
        ],
    )
    stores = [
        dcc.Store(id=name)
        for name in (
            Segments.DATA,
            Segments.FRAME,
            Segments.FRAMED,
            Segments.MARKED,
            Segments.PURGED,
            Segments.SORTED,
            Segments.STEP,
            Segments.PORTION,
            Segments.ASKED,
            Segments.ANSWERED,
        )
    ]
    return html.Div(
        [
            head,
            _filters(),
            html.Div(id=Segments.NOTES, role="status", className="sd-notes"),
            html.Div(id=Segments.ALERTS, className="sd-alerts"),
            html.Div(id=Segments.REFUSED),
            html.Div(
                [
                    html.Div(skeleton("rows", 2), id=Segments.KPIS),
                    html.Div(id=Segments.NOTHING),
                    html.Div(grid(_cards()), id=Segments.CARDS),
                ],
                id=Segments.VIEW,
            ),
            *stores,
        ]
    )


def _filters() -> html.Div:
    menus = [adder(each.name, each.label(), [_menu(each)]) for each in CHOICES.values()]
    ranges = [adder(each.name, each.label(), _range(each)) for each in RANGES.values()]
    set_chips = html.Span(id=Segments.CHIPS, className="sd-set")
    return filter_bar(
        [set_chips, *menus, *contact_filters("segments"), *ranges, _group_by()], html.Span(id=Segments.FOUND)
    )


def _menu(choice: Choice) -> html.Div:
    return html.Div(
        id=Segments.field(choice.name),
        className="sd-menu",
        role="group",
        **attributes(aria_label=choice.label()),
    )


def _range(of: Range) -> list[Component]:
    units = {"days": _("days"), "per cent": "%"}
    ends = [
        field(
            label(filter=of.label()),
            dbc.Input(
                id=Segments.field(name),
                type="text",
                inputMode="decimal",
                autocomplete="off",
                maxLength=LONGEST_NUMBER,
            ),
            unit=units.get(of.unit, ""),
            error_id=Segments.error(name),
        )
        for name, label in zip(of.parameters, _ENDS, strict=True)
    ]
    return [*ends, button(_("Apply"), Segments.apply(of.name), kind="primary", small=True)]


def _group_by() -> html.Div:
    sides = [
        html.Button(
            label, type="button", **attributes(aria_pressed=pressed, data_set_filter=f"group={value}")
        )
        for label, value, pressed in ((_("Segments"), "", "true"), (_("Clusters"), "cluster", "false"))
    ]
    return html.Div(sides, className="sd-toggle", role="group", **attributes(aria_label=_("Group by")))


def _cards() -> list[Component]:
    return [
        card(
            later("Segment map"),
            _finding("map"),
            html.Div(skeleton("map"), id=Segments.MAP),
            table=_table("map"),
            note=_map_note(),
            width=7,
            id=Segments.MAP_CARD,
            term="segment",
        ),
        card(
            later("Size against revenue"),
            _finding("sizes"),
            html.Div(skeleton("rows", 8), id=Segments.SIZES),
            table=_table("sizes"),
            width=5,
        ),
        *[
            _pictured(
                name,
                title(),
                [graph(Segments.picture(name), title(), 338), html.Div(id=Segments.legend(name))],
                6,
                _UP[name](),
            )
            for name, title in PAIRS.items()
        ],
        card(
            later("Revenue by group"),
            _finding("treemap"),
            graph(Segments.TREEMAP, _("Revenue by group as areas"), 338),
            table=_table("treemap"),
            note=_(
                "A larger area means more revenue; groups too small for a label are in the table. Press an "
                "area, or a name in the table, to filter by its group."
            ),
            width=6,
        ),
        *[
            _pictured(name, title(), graph(Segments.picture(name), title(), 244), 4, _BARS(), _WORDS[name])
            for name, title in DISTRIBUTIONS.items()
        ],
        card(
            _("Groups and playbooks"),
            _finding("groups"),
            html.Div(skeleton("rows", 8), id=Segments.GROUPS),
            tools=[dcc.Link(_("Edit these segments"), href="/presets", className="sd-btn sd-btn-sm")],
            flush=True,
        ),
        card(
            _("Customers in this view"),
            [_finding("customers"), *_left_out(Segments.LEFT_OUT)],
            [_search(), _customers()],
            tools=[
                columns_menu(Segments.GRID),
                link_button(
                    "CSV", EXPORT, id=Segments.EXPORT_ROWS, icon_name="download", small=True, download=""
                ),
            ],
            flush=True,
        ),
    ]


def _map_note() -> list[Component | str]:
    said = _(
        "Recency {score} across, by the time since the last order; {buying} or frequency score up. A deeper "
        "tint means more customers. Press a cell to filter by exactly its customers.",
        score=gap("score"),
        buying=gap("buying"),
    )
    return woven(said, score=term("score", _("score")), buying=term("buying-score", _("buying")))


def _pictured(name: str, title: str, content: Content, width: int, note: str, word: str = "") -> html.Section:
    return card(
        title,
        _finding(name),
        content,
        table=_table(name),
        note=note,
        width=width,
        term=word,
    )


def _finding(name: str) -> html.Span:
    return html.Span(id=Segments.finding(name))


def _left_out(name: str) -> list[Component | str]:
    return [" ", html.Span(id=name, className="sd-left-out")]


def _table(name: str) -> html.Div:
    return html.Div(id=Segments.table(name))


def _search() -> html.Div:
    box = dbc.Input(
        id=Segments.SEARCH,
        type="search",
        debounce=True,
        placeholder=_("Part of an ID"),
        maxLength=64,
        autocomplete="off",
    )
    return html.Div(field(_("Filter by customer ID"), box), className="sd-segments-search")


def _customers() -> Component:
    return dag.AgGrid(
        id=Segments.GRID,
        rowModelType="infinite",
        # the order of the list as first shown: the whole columns come later and ask for no other rows
        columnDefs=[{"field": "monetary", "headerName": "", "sort": "desc"}],
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
