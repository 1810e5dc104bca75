"""Components as plain values, which are written as JSON in one go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

STILL = "still"
"""The namespace of what is drawn whole: ``window.still`` in ``assets/parts.js``."""

# What a component holds besides its properties. ``to_plotly_json`` looks through all that it could hold
# instead, which takes three times as long.
_NO_PROPERTIES = frozenset(vars(html.Div())) - {"children"}
_HTML = html.Div()._namespace


def plain(part: Any) -> Any:
    """Return components as the JSON values that Dash would make of them.

    An answer without a single component is written by orjson at once; with one, plotly.py 7 first looks at
    every value of it in Python, which takes twenty times as long. And what is plain can be remembered.

    An element without an id that holds none with one is *still*: no callback can reach it. It gets a
    namespace of its own, what it holds gets none, and the browser draws it as one component. Dash's renderer
    has every component on the page look at every change, and each new one is a change: twice as many take
    four times as long.

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
        return {"props": props, "type": part._type, "namespace": _namespace(part, props)}
    return part


def _namespace(part: Component, props: dict[str, Any]) -> str:
    """Return the namespace of a component; of a still one, those of its children are taken away."""
    if "id" in props or (part._namespace != _HTML and type(part) is not dcc.Link):
        return part._namespace
    children = props.get("children")
    children = children if isinstance(children, list) else [children]
    held = [child for child in children if isinstance(child, dict)]
    if any(child.get("namespace", STILL) != STILL for child in held):
        return part._namespace
    for child in held:
        child.pop("namespace", None)
    return STILL


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
