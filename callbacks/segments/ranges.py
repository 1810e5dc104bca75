"""The ranges of the tab Segments: from what is typed to the address."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlencode

from dash import no_update

from callbacks.segments.view import SHOWS
from layouts import words
from layouts.ids import Segments
from layouts.plain import plain
from layouts.segments import filters as bar
from services.core.filters import BOUNDS, RANGES
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.core.text.numbers_plain import plain_text

Shown = dict[str, Any]
_REFUSED: Shown = {"view_hidden": True, "found_hidden": True, "export_place_hidden": True}
#: The letter of the range that a button or a field belongs to.
RANGE_OF: dict[str, str] = {Segments.apply(letter): letter for letter in RANGES} | {
    Segments.field(end): of.name for end, (of, _end) in BOUNDS.items()
}


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
    kept = {name: values for name, values in query_of(search).items() if name not in asked.parameters}
    narrowed = urlencode([*kept.items(), *found.items()], doseq=True)
    address = f"?{narrowed}" if narrowed else ""
    return {"address": no_update if address == (search or "") else address, "errors": errors, **SHOWS}
