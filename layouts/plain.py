"""Components as plain values, which are written as JSON in one go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash import html
from dash.development.base_component import Component

# What a component holds besides its properties. ``to_plotly_json`` looks through all that it could hold
# instead, which takes three times as long.
_NO_PROPERTIES = frozenset(vars(html.Div())) - {"children"}


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
        props = {
            name: plain(value)
            for name, value in vars(part).items()
            # Dash names children in every component without any
            if name not in _NO_PROPERTIES and not (name == "children" and value is None)
        }
        return {"props": props, "type": part._type, "namespace": part._namespace}
    return part


def outline(part: Any) -> dict[str, Any]:
    """Return a layout's components that have ids, side by side and with nothing else.

    Parameters
    ----------
    part : component
        What a page checks its callbacks against: which ids there are, and of which kind.
    """
    return {
        "props": {"children": list(_identified(plain(part)))},
        "type": "Div",
        "namespace": "dash_html_components",
    }


def _identified(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _identified(each)
    elif isinstance(value, dict):
        if "id" in value.get("props", ()):
            yield value | {"props": {"id": value["props"]["id"]}}
        for each in value.values():
            yield from _identified(each)
