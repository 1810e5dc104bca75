"""Components within a sentence, which other languages place elsewhere in it."""

from __future__ import annotations

from dash.development.base_component import Component

SLOT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Fills the place of a sentence where components are to stand: ``_("On {tabs}", tabs=SLOT)``."""


def filled(said: str, *parts: Component | str) -> list[Component | str]:
    """Return a sentence with ``parts`` where its ``SLOT`` is.

    Examples
    --------
    >>> filled(f"On {SLOT}.", "Data")
    ['On ', 'Data', '.']
    """
    before, _slot, after = said.partition(SLOT)
    return [part for part in (before, *parts, after) if part != ""]
