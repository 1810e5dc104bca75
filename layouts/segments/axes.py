"""How the tab Segments names axes, and numbers on them."""

from __future__ import annotations

import math

from layouts import words
from services.core.language.messages import later, plural

#: Axes by their names, the frequency by what it counts.
_TITLES = {
    "recency": later("days since the last order"),
    "monetary": later("spend"),
    "orders": later("orders"),
    "lines": later("lines"),
}
_HEADINGS = {
    "recency": later("Days since the last order"),
    "monetary": later("Spend"),
    "orders": later("Orders"),
    "lines": later("Lines"),
}


def axis_title(axis: str, frequency: str) -> str:
    """Name an axis with its unit: "days since the last order", "orders", "spend"."""
    return _TITLES[frequency if axis == "frequency" else axis]()


def axis_heading(axis: str, frequency: str) -> str:
    """Name an axis where it heads a column."""
    return _HEADINGS[frequency if axis == "frequency" else axis]()


def days(value: float) -> str:
    """``2 days``, ``1.5 days``."""
    return plural("{n} day", "{n} days", _form(value), n=_number(value))


def times(value: float, frequency: str) -> str:
    """``2 orders``, ``1.5 lines``."""
    if frequency == "orders":
        return plural("{n} order", "{n} orders", _form(value), n=_number(value))
    return plural("{n} line", "{n} lines", _form(value), n=_number(value))


def _form(value: float) -> int:
    """Return the number by which a word is chosen: parts of one are several."""
    return int(value) if value % 1 == 0 else max(math.ceil(value), 2)


def _number(value: float) -> str:
    return words.number(value, int(value % 1 > 0))
