"""Steps: all that leads a page to another view, gathered so that one callback answers it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output

from layouts.ids import Shell


def register_steps(app: Dash, store: str, pressed: Sequence[Input]) -> None:
    """Have a store tell each step: an address that the page is to follow, or what was pressed on it.

    The callback that answers takes the store as its input, and may write the address: Dash calls no callback
    for what follows from its own answer.

    Parameters
    ----------
    app : Dash
    store : str
        Gets ``pressed``, an id or None for the address, and ``step``, a number.
    pressed : sequence of Input
        Buttons, fields that are entered, lists and pictures of the page.
    """
    app.clientside_callback(
        ClientsideFunction("steps", "follow"), Output(store, "data"), Input(Shell.ADDRESS, "search")
    )
    app.clientside_callback(
        ClientsideFunction("steps", "press"),
        Output(store, "data", allow_duplicate=True),
        *pressed,
        prevent_initial_call=True,
    )


def pressed_in(step: Any) -> str | None:
    """Return the id of what was pressed; None for an address, as for a page that says nothing."""
    return step["pressed"] if step else None
