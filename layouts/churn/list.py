"""The list of customers of the tab Churn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import dash_ag_grid as dag
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Churn
from layouts.parts import segment_cells
from layouts.parts.grids import grid_options
from layouts.parts.terms import header_class
from layouts.segments.release import width_of_names
from services.core.language.messages import _

if TYPE_CHECKING:
    from services.releases.overview.groups import Segment

PORTION = 50  # rows that the list asks for at once


def customers() -> Component:
    """Return the empty list; it has one order, so it is sorted by nothing else."""
    return dag.AgGrid(
        id=Churn.GRID,
        rowModelType="infinite",
        columnDefs=[],
        columnSize="responsiveSizeToFit",
        getRowId="params.data.customer_id",
        defaultColDef={
            "sortable": False,
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
        ),
        className="sd-ag",
        style={"height": "430px"},
    )


def columns(segments: Sequence[Segment], frequency: str, horizon: int) -> list[dict[str, Any]]:
    """Return the columns of the list.

    Parameters
    ----------
    segments : sequence of Segment
        Of the overview.
    frequency : str
        Orders or lines.
    horizon : int
        Days.
    """
    whole = {"type": "rightAligned", "valueFormatter": {"function": "number(params.value, 0)"}}
    money = {"type": "rightAligned", "valueFormatter": {"function": "money(params.value)"}}
    listed: list[dict[str, Any]] = [
        {"field": "customer_id", "headerName": _("Customer"), "minWidth": 92, "cellRenderer": "CustomerLink"},
        {
            "field": "expected_loss",
            "headerName": _("Expected loss"),
            "minWidth": 116,
            **money,
            "headerClass": header_class("expected-loss", numeric=True),
        },
        {
            "field": "churn",
            "headerName": _("Chance of no order"),
            "minWidth": 162,
            "type": "rightAligned",
            "headerClass": header_class("churn", numeric=True),
        },
        {"field": "record", "headerName": _("Record of the band"), "minWidth": 152, "type": "rightAligned"},
        {
            "field": "usual_spend",
            "headerName": _("Usual spend, {days}", days=words.days(horizon)),
            "minWidth": 172,
            **money,
            "headerClass": header_class("usual-spend", numeric=True),
        },
        {
            "field": "frequency",
            "headerName": _("Orders") if frequency == "orders" else _("Lines"),
            "minWidth": 72,
            **whole,
        },
        {"field": "why", "headerName": _("Why"), "minWidth": 300, "flex": 1, "tooltipField": "why"},
    ]
    if segments:
        listed.insert(
            -2,
            {
                "field": "segment",
                "headerName": _("Segment"),
                "minWidth": width_of_names(segments),
                "cellRenderer": "SegmentCell",
                "cellRendererParams": {"segments": segment_cells(segments)},
            },
        )
    return listed
