"""Components as plain values: the JSON that Dash would write, and what the browser draws as one."""

from __future__ import annotations

import json

import dash_ag_grid as dag
import pytest
from dash import dcc, html
from plotly.utils import PlotlyJSONEncoder

from layouts.parts.attributes import attributes
from layouts.parts.tables import Column, table
from layouts.plain import STILL, plain

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
    assert of_dash(plain(part)) == written
    assert of_dash(plain({"parts": (part, "text", 1.5, None)})) == {"parts": [written, "text", 1.5, None]}


def test_what_no_callback_reaches_is_one_component():
    drawn = plain(table([Column("Product"), Column("Sold")], [["MUG", html.B("3")]] * 50, "Sales"))
    assert spaces(drawn) == [STILL]
    assert spaces(plain(html.Div([html.P([html.B("a"), dcc.Link("b", href="/")]), "c"]))) == [STILL]


def test_what_has_an_id_stays_a_component_and_all_that_holds_it():
    named = html.Div([html.P(html.B("a", id="b")), html.P(html.B("c"))])
    assert spaces(plain(named)) == ["dash_html_components"] * 3 + [STILL]
    assert spaces(plain(html.Div(dcc.Store(id="d")))) == ["dash_html_components", "dash_core_components"]


def test_parts_that_are_remembered_are_taken_into_others_unchanged():
    remembered = plain(html.P(html.B("a")))
    whole = plain(html.Div([remembered]))
    assert spaces(whole) == spaces(remembered) == [STILL]
    assert plain([remembered]) == [remembered]


def spaces(value: object) -> list[str]:
    """The namespaces of all that Dash takes for a component, what holds others before these."""
    if isinstance(value, list):
        return [space for each in value for space in spaces(each)]
    if not isinstance(value, dict):
        return []
    own = [value["namespace"]] if "namespace" in value else []
    return own + [space for each in value.values() for space in spaces(each)]


def of_dash(value: object) -> object:
    """The same with the namespaces that Dash has for what is still."""
    if isinstance(value, list):
        return [of_dash(each) for each in value]
    if not isinstance(value, dict):
        return value
    there = {name: of_dash(each) for name, each in value.items()}
    if {"props", "type"} <= set(there) and there.get("namespace", STILL) == STILL:
        there["namespace"] = "dash_core_components" if there["type"] == "Link" else "dash_html_components"
    return there


def without_empty_children(read: dict) -> dict:
    """Dash names children in every component without any; nobody reads that."""
    return {name: value for name, value in read.items() if (name, value) != ("children", None)}
