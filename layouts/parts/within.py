"""Sentences with components at their places, so that each language orders them as it needs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dash.development.base_component import Component

FIRST, SECOND = "\ue000", "\ue001"
"""What fills a place of a sentence until :func:`set_in` puts a component there."""


def set_in(sentence: str, *parts: Component | str | Sequence[Component | str]) -> list[Component | str]:
    """Put components into a sentence that was said with ``FIRST`` and ``SECOND`` at their places.

    Parameters
    ----------
    sentence : str
        ``_("Offer {product} first.", product=FIRST)``.
    *parts : component, str or sequence of them
        What comes at ``FIRST``, then at ``SECOND``.

    Returns
    -------
    list of component or str
        The sentence's parts in their order, none of them empty text.
    """
    put = dict(zip((FIRST, SECOND), parts, strict=False))
    shown: list[Component | str] = []
    for piece in filter(None, re.split(f"([{FIRST}{SECOND}])", sentence)):
        part = put.get(piece, piece)
        shown += [part] if isinstance(part, Component | str) else part
    return shown


def placed(sentence: str, **parts: Component | str) -> list[Component | str]:
    """Put components into the places of a sentence that was said without filling any.

    Examples
    --------
    >>> placed("{release} is ready.", release="r1")
    ['r1', ' is ready.']
    """
    return [parts.get(piece[1:-1], piece) for piece in re.split(r"(\{\w+\})", sentence) if piece]
