"""The tab Data."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts.components import page_head


def layout(**_query: Any) -> Component:
    """Return the page as first shown; it holds no data."""
    return html.Div([page_head("Data", "Where these numbers come from.")])
