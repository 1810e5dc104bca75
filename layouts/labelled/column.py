"""The card of one column: how its values are spread, and how many churned with each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Labelled
from layouts.labelled import words as said
from layouts.parts import Column, card, field, table
from layouts.parts.attributes import HIDDEN
from layouts.parts.charts import graph
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, later, sense

_HEIGHT = 260


def column_card() -> html.Section:
    """Return the card as first shown; a callback fills it for the column that is chosen."""
    chosen = field(_("Column"), dbc.Select(id=Labelled.COLUMN, options=[], size="sm"))
    key = html.Span(
        [
            html.Span([html.Span(className="sd-labelled-line", **HIDDEN), _("churned")]),
            html.Span([html.Span(className="sd-labelled-bar", **HIDDEN), _("stayed")]),
        ],
        className="sd-labelled-key",
    )
    spread = html.Div(
        [
            html.P(woven(_("share of those who {ends}", ends=gap("ends")), ends=key), className="sd-y-title"),
            graph(
                Labelled.SPREAD,
                _("How values are spread among those who churned and who stayed"),
                _HEIGHT,
            ),
        ]
    )
    rates = html.Div(
        [
            html.P(_("share that churned of those with the value"), className="sd-y-title"),
            graph(Labelled.RATES, _("Share that churned by value, with intervals"), _HEIGHT),
        ]
    )
    return card(
        later("One column"),
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
        Column(sense("column", "Value")),
        Column(_("Customers"), numeric=True),
        Column(_("Churned"), numeric=True),
        Column(_("Share that churned"), numeric=True),
        Column(_("95 % interval"), numeric=True),
        Column(_("Of those who churned"), numeric=True, optional=True),
        Column(_("Of those who stayed"), numeric=True, optional=True),
    ]
    churned = max(sum(each["churned"] for each in column["rates"]), 1)
    stayed = max(sum(each["rows"] - each["churned"] for each in column["rates"]), 1)
    rows = [
        [
            said.value(each["value"], column["kind"]),
            words.number(each["rows"]),
            words.number(each["churned"]),
            _("too few") if each["rate"] is None else words.share(each["rate"], 1),
            _interval(each),
            words.share(each["churned"] / churned, 1),
            words.share((each["rows"] - each["churned"]) / stayed, 1),
        ]
        for each in column["rates"]
    ]
    return table(heads, rows, _("Churn by {column}", column=column["name"]))


def _interval(each: Mapping[str, Any]) -> str:
    low, high = each.get("low"), each.get("high")
    if low is None or high is None:
        return ""
    return _("{low} to {high}", low=words.share(low, 1), high=words.share(high, 1))
