"""Components as plain values: what is shown again and again is taken apart once."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component


def plain(part: Any) -> Any:
    """Return components as the JSON values that Dash would make of them.

    Dash takes every component apart each time it answers, which costs ten times what writing the JSON
    does. An answer that is remembered is therefore kept like this.

    Parameters
    ----------
    part : component, or lists and dicts of them
    """
    if isinstance(part, Component):
        return plain(part.to_plotly_json())
    if isinstance(part, dict):
        return {name: plain(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [plain(value) for value in part]
    return part
