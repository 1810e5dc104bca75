"""Chips that open a small window, and parts that lead to another view of the same tab."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.parts.attributes import attributes
from layouts.parts.badges import icon


def adder(name: str, label: str, parts: Sequence[Component]) -> html.Details:
    """Offer a filter that can be added: a chip that opens a window with its field."""
    return html.Details(
        [
            html.Summary([icon("plus"), html.Span(label)], className="sd-chip"),
            html.Div(list(parts), className="sd-pop"),
        ],
        className=f"sd-add sd-add-{name}",
    )


def going(part: Component, query: str, kind: str = "") -> html.Span:
    """Make a button lead to another view: the browser writes the query into the address."""
    return html.Span(part, className=f"sd-going {kind}".strip(), **attributes(data_search=query))
