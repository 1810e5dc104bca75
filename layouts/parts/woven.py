"""Sentences that hold components, such as a name in bold, wherever a language puts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_EDGE = "\0"


def gap(name: str) -> str:
    """Fill a place of a sentence with a gap, into which :func:`woven` puts a component."""
    return f"{_EDGE}{name}{_EDGE}"


def woven(said: str, **parts: Any) -> list[Any]:
    """Return a sentence with its gaps filled: ``woven(_("Until {day}.", day=gap("day")), day=html.B(day))``.

    Parameters
    ----------
    said : str
        In the language that holds, its gaps left by :func:`gap`.
    **parts : component, plain value of one, or list of these
        What fills each gap, by name.
    """
    filled: list[Any] = []
    for place, piece in enumerate(said.split(_EDGE)):
        part = parts[piece] if place % 2 else piece
        if isinstance(part, Sequence) and not isinstance(part, str):
            filled += part
        elif part != "":
            filled.append(part)
    return filled
