"""Callbacks of the tab Segments: from what is typed as a range to the address."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dash import Dash, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from callbacks.segments.view import SHOWS
from layouts import words
from layouts.ids import Segments, Shell
from layouts.plain import plain
from layouts.segments import filters as bar
from services.core.filters import BOUNDS, RANGES
from services.core.refusals import Refusal
from services.core.text.numbers_plain import plain_text

Shown = dict[str, Any]
_REFUSED: Shown = {"view_hidden": True, "found_hidden": True, "export_place_hidden": True}


def register_ranges(app: Dash) -> None:
    """Attach the callback of the ranges' fields to ``app``."""

    @app.callback(
        output={
            "address": Output(Shell.ADDRESS, "search", allow_duplicate=True),
            "errors": {end: Output(Segments.error(end), "children", allow_duplicate=True) for end in BOUNDS},
            "refused": Output(Segments.REFUSED, "children", allow_duplicate=True),
            "view_hidden": Output(Segments.VIEW, "hidden", allow_duplicate=True),
            "found_hidden": Output(Segments.FOUND, "hidden", allow_duplicate=True),
            "export_place_hidden": Output(Segments.EXPORT_PLACE, "hidden", allow_duplicate=True),
        },
        inputs={
            "pressed": {name: Input(Segments.apply(name), "n_clicks") for name in RANGES},
            "entered": {end: Input(Segments.field(end), "n_submit") for end in BOUNDS},
            "typed": {end: State(Segments.field(end), "value") for end in BOUNDS},
            "search": State(Shell.ADDRESS, "search"),
        },
        prevent_initial_call=True,
    )
    def on_range(
        pressed: dict[str, int | None], entered: dict[str, int | None], typed: Shown, search: str | None
    ) -> Shown:
        by = {Segments.apply(name): name for name in RANGES}
        by |= {Segments.field(end): of.name for end, (of, _end) in BOUNDS.items()}
        # Dash calls this too when the page's buttons appear
        if not any([*pressed.values(), *entered.values()]) or ctx.triggered_id not in by:
            raise PreventUpdate
        return narrow(search, by[ctx.triggered_id], typed)


def narrow(search: str | None, name: str, typed: Shown) -> Shown:
    """Take a range into the address, or refuse its text beside the field and clear the view.

    Parameters
    ----------
    search : str or None
        The address's query with its question mark.
    name : str
        Of a range of ``services.core.filters``.
    typed : dict
        What stands in the fields, by the ends of ranges; a blank one is no bound.
    """
    written, asked = words.written(), RANGES[name]
    found: dict[str, str] = {}
    errors: Shown = dict.fromkeys(BOUNDS, "")
    for end in asked.parameters:
        text = typed.get(end)
        if text is None or not str(text).strip():
            continue
        try:
            number = written.read_money(text) if asked.unit == "money" else written.read(text)
        except Refusal:
            number = math.inf
        if math.isfinite(number):
            found[end] = plain_text(number)
        else:
            errors[end] = plain(bar.no_number(asked))
    if any(errors.values()):
        return {"address": no_update, "errors": errors, "refused": plain(bar.refused()), **_REFUSED}
    query = parse_qsl((search or "").removeprefix("?"), keep_blank_values=True)
    kept = [pair for pair in query if pair[0] not in asked.parameters]
    narrowed = urlencode([*kept, *found.items()])
    address = f"?{narrowed}" if narrowed else ""
    return {"address": no_update if address == (search or "") else address, "errors": errors, **SHOWS}
