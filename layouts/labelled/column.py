"""The card of one column: how its values are spread, and how many churned with each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Labelled
from layouts.parts import Column, card, field, table
from layouts.parts.attributes import HIDDEN
from layouts.parts.charts import graph

_HEIGHT = 260


def column_card() -> html.Section:
    """Return the card as first shown; a callback fills it for the column that is chosen."""
    chosen = field("Column", dbc.Select(id=Labelled.COLUMN, options=[], size="sm"))
    key = html.Span(
        [
            html.Span([html.Span(className="sd-labelled-line", **HIDDEN), "churned"]),
            html.Span([html.Span(className="sd-labelled-bar", **HIDDEN), "stayed"]),
        ],
        className="sd-labelled-key",
    )
    spread = html.Div(
        [
            html.P(["share of those who ", key], className="sd-y-title"),
            graph(Labelled.SPREAD, "How values are spread among those who churned and who stayed", _HEIGHT),
        ]
    )
    rates = html.Div(
        [
            html.P("share that churned of those with the value", className="sd-y-title"),
            graph(Labelled.RATES, "Share that churned by value, with intervals", _HEIGHT),
        ]
    )
    return card(
        "One column",
        html.Span(id=Labelled.COLUMN_FINDING),
        html.Div([spread, rates], className="sd-labelled-pair"),
        table=html.Div(id=Labelled.COLUMN_TABLE),
        tools=[html.Div(chosen, className="sd-labelled-chosen")],
        note=html.Span(id=Labelled.COLUMN_NOTE),
    )


def listed(column: Mapping[str, Any]) -> Component:
    """Return the numbers of the card's pictures as a table.

    Parameters
    ----------
    column : mapping
        As ``services.core.labelled.insight.insight`` describes it.
    """
    heads = [
        Column("Value"),
        Column("Customers", numeric=True),
        Column("Churned", numeric=True),
        Column("Share that churned", numeric=True),
        Column("95 % interval", numeric=True),
        Column("Of those who churned", numeric=True, optional=True),
        Column("Of those who stayed", numeric=True, optional=True),
    ]
    churned = max(sum(each["churned"] for each in column["rates"]), 1)
    stayed = max(sum(each["rows"] - each["churned"] for each in column["rates"]), 1)
    rows = [
        [
            each["value"],
            words.number(each["rows"]),
            words.number(each["churned"]),
            "too few" if each["rate"] is None else words.share(each["rate"], 1),
            _interval(each),
            words.share(each["churned"] / churned, 1),
            words.share((each["rows"] - each["churned"]) / stayed, 1),
        ]
        for each in column["rates"]
    ]
    return table(heads, rows, f"Churn by {column['name']}")


def _interval(each: Mapping[str, Any]) -> str:
    low, high = each.get("low"), each.get("high")
    return "" if low is None or high is None else f"{words.share(low, 1)} to {words.share(high, 1)}"
