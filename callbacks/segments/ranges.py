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
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.core.text.numbers_plain import plain_text

Shown = dict[str, Any]
_REFUSED: Shown = {"view_hidden": True, "found_hidden": True, "export_place_hidden": True}
#: The letter of the range that a button or a field belongs to.
RANGE_OF: dict[str, str] = {Segments.apply(letter): letter for letter in bar.RANGES} | {
    Segments.field(end): letter for end, letter in bar.ENDS.items()
}


def narrow(search: str | None, letter: str, typed: Shown) -> Shown:
    """Take a range into the address, or refuse its text beside the field and clear the view.

    Parameters
    ----------
    search : str or None
        The address's query with its question mark.
    letter : str
        One of ``layouts.segments.filters.RANGES``.
    typed : dict
        What stands in the fields, by the ends of ranges; a blank one is no bound.
    """
    written = words.written()
    found: dict[str, str] = {}
    errors: Shown = dict.fromkeys(bar.ENDS, "")
    for end in (each for each, of in bar.ENDS.items() if of == letter):
        text = typed.get(end)
        if text is None or not str(text).strip():
            continue
        try:
            number = written.read_money(text) if letter == "m" else written.read(text)
        except Refusal:
            number = math.inf
        if math.isfinite(number):
            found[end] = plain_text(number)
        else:
            errors[end] = plain(bar.no_number(letter))
    if any(errors.values()):
        return {"address": no_update, "errors": errors, "refused": plain(bar.refused()), **_REFUSED}
    kept = {name: values for name, values in query_of(search).items() if bar.ENDS.get(name) != letter}
    asked = urlencode([*kept.items(), *found.items()], doseq=True)
    address = f"?{asked}" if asked else ""
    return {"address": no_update if address == (search or "") else address, "errors": errors, **SHOWS}
