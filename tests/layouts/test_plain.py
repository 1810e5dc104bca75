"""Components as plain values: the same JSON as Dash's own."""

from __future__ import annotations

import json

import dash_ag_grid as dag
import pytest
from dash import dcc, html
from plotly.utils import PlotlyJSONEncoder

from layouts.parts.attributes import attributes
from layouts.plain import plain

PARTS = [
    html.Div(),
    html.Div(None, id="empty"),
    html.Button("Save", id={"type": "save", "index": 1}, n_clicks=0, disabled=False),
    html.Div(["a", html.B("b"), None, 3], className="c", **attributes(aria_label="d", data_e="f")),
    html.Details([html.Summary("a"), html.Div(style={"width": "1px"})], open=True),
    dcc.Link("a", href="/a"),
    dcc.Graph(id="graph", figure={"data": [{"x": [1, 2]}], "layout": {}}),
    dag.AgGrid(id="grid", columnDefs=[{"field": "a"}], rowData=[{"a": 1}]),
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part._type)
def test_a_component_is_what_dash_would_write(part):
    written = json.loads(json.dumps(part, cls=PlotlyJSONEncoder), object_hook=without_empty_children)
    assert plain(part) == written
    assert plain({"parts": (part, "text", 1.5, None)}) == {"parts": [written, "text", 1.5, None]}


def without_empty_children(read: dict) -> dict:
    """Dash names children in every component without any; nobody reads that."""
    return {name: value for name, value in read.items() if (name, value) != ("children", None)}
