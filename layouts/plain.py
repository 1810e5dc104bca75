"""Components as plain values, which are written as JSON in one go."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component


def plain(part: Any) -> Any:
    """Return components as the JSON values that Dash would make of them.

    An answer without a single component is written by orjson at once; with one, plotly.py 7 first looks at
    every value of it in Python, which takes twenty times as long. And what is plain can be remembered.

    Parameters
    ----------
    part : component, or lists and dicts of them
    """
    # Most parts are texts; asking for a Component, an abstract class, takes longest.
    if part is None or isinstance(part, str):
        return part
    if isinstance(part, dict):
        return {name: plain(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [plain(value) for value in part]
    if isinstance(part, Component):
        written = part.to_plotly_json()
        if written["props"].get("children", ...) is None:
            del written["props"]["children"]  # Dash names it in every component without any
        return plain(written)
    return part
