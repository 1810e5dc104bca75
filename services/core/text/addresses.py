"""What the query of an address asks for: read in one place, so that every page and file reads it alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from services.core.refusals import Refusal

Query = Mapping[str, Sequence[str]]


def query_of(search: str | None) -> dict[str, list[str]]:
    """Return the values of each parameter of a query, in their order.

    Parameters
    ----------
    search : str or None
        With its question mark or without. A parameter without a value asks for nothing; bytes that are not
        UTF-8 become replacement characters, as browsers show them.
    """
    return parse_qs((search or "").removeprefix("?"), errors="replace")


def one_of(query: Query, name: str) -> str | None:
    """Return the value of a parameter that can have one only; None where it is not asked for.

    Raises
    ------
    Refusal
        If it is given more than once, with different values: neither the first nor the last is meant.
    """
    values = dict.fromkeys(query.get(name, ()))
    if len(values) > 1:
        raise Refusal(f"“{name}” is given more than once in the address. Give it once.", name)
    return next(iter(values), None)


def one_or_note(query: Query, name: str, notes: list[str]) -> str | None:
    """Return as :func:`one_of` does; a refusal becomes a note, and nothing is asked for.

    Parameters
    ----------
    query : mapping
    name : str
    notes : list of str
        A sentence for each part of the address that was left out.
    """
    try:
        return one_of(query, name)
    except Refusal as refused:
        notes.append(str(refused))
        return None
