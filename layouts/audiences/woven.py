"""Components within a sentence, such as a dotted word."""

from __future__ import annotations

import re

from dash.development.base_component import Component

_PLACE = re.compile(r"\{(\w+)\}")


def woven(sentence: str, **parts: Component) -> list[Component | str]:
    """Put components into the places of a sentence, wherever its language has them.

    Raises
    ------
    KeyError
        If the sentence has a place that nothing fills.
    """
    pieces = _PLACE.split(sentence)
    return [parts[each] if place % 2 else each for place, each in enumerate(pieces) if each]
