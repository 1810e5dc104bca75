"""Fields. dbc's inputs inside them pass axe; ``dcc.Dropdown``, sliders and date pickers do not."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from layouts.parts.cards import Content

LONGEST_NUMBER = 64
"""Characters that a field for a number takes: so many that what is typed is never cut to another number."""


def field(
    label: str,
    control: Component,
    *,
    hint: Content = None,
    error_id: str | None = None,
    unit: str = "",
    prefix: str = "",
) -> html.Div:
    """Label a control, with its bounds at the right of the label and its refusal below.

    Parameters
    ----------
    label : str
    control : Component
        With an ``id``; a ``dbc.Input`` keeps its own border unless a unit or prefix frames it.
    hint : content, optional
        "1 to 374 in the data".
    error_id : str, optional
        The line whose ``children`` a callback fills with ``refusal(…)``.
    unit, prefix : str
        "days" after, "£" before the value.
    """
    named: str = control.id  # type: ignore[attr-defined]
    framed: Component = control
    if unit or prefix:
        parts: list[Component] = [control]
        if prefix:
            parts.insert(0, html.Span(prefix, className="sd-unit"))
        if unit:
            parts.append(html.Span(unit, className="sd-unit"))
        framed = html.Div(parts, className="sd-input")
    lines: list[Component] = [
        html.Label([label, html.Span(hint)] if hint is not None else label, htmlFor=named),
        framed,
    ]
    if error_id:
        lines.append(html.P(id=error_id, className="sd-err", role="alert"))
    return html.Div(lines, className="sd-field")
