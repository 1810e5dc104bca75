"""Counts in words: the nouns that ``words.count`` knows in other languages, and numbers up to ten."""

from __future__ import annotations

import math

from services.core.language.messages import plural, sense


def counted(number: float | int | None, n: str, one: str) -> str:
    """Return ``7 orders``, or nothing for a noun that is not among these.

    Parameters
    ----------
    number : number or None
        It decides the form.
    n : str
        As it is written.
    one : str
        The noun for one, in English.
    """
    form = _form(number)
    match one:
        case "customer":
            return plural("{n} customer", "{n} customers", form, n=n)
        case "order":
            return plural("{n} order", "{n} orders", form, n=n)
        case "invoice":
            return plural("{n} invoice", "{n} invoices", form, n=n)
        case "line":
            return plural("{n} line", "{n} lines", form, n=n)
        case "row":
            return plural("{n} row", "{n} rows", form, n=n)
        case "product":
            return plural("{n} product", "{n} products", form, n=n)
        case "rule":
            return plural("{n} rule", "{n} rules", form, n=n)
        case "file":
            return plural("{n} file", "{n} files", form, n=n)
        case "day":
            return plural("{n} day", "{n} days", form, n=n)
    return ""


def _form(number: float | int | None) -> int:
    """Return a whole number of the same form: what is not whole, or is nothing, reads as several."""
    if number is None or not math.isfinite(number) or number % 1:
        return 2
    return int(number)


def numeral(value: int) -> str:
    """Return ``seven`` for 0 to 10, nothing for others."""
    said = (
        sense("number", "no"),
        sense("number", "one"),
        sense("number", "two"),
        sense("number", "three"),
        sense("number", "four"),
        sense("number", "five"),
        sense("number", "six"),
        sense("number", "seven"),
        sense("number", "eight"),
        sense("number", "nine"),
        sense("number", "ten"),
    )
    return said[value] if 0 <= value < len(said) else ""
