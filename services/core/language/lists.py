"""Lists within the sentences of services, joined as the language that holds joins them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from services.core.language.messages import _, plural
from services.core.language.written import number


def every(texts: Sequence[str]) -> str:
    """Join what all goes together: ``a, b and c``."""
    *others, last = texts
    return _("{others} and {last}", others=", ".join(others), last=last) if others else last


def either(texts: Sequence[str]) -> str:
    """Join what one is chosen from, such as commands: ``a or b or c``."""
    return reduce(lambda others, last: _("{others} or {last}", others=others, last=last), texts)


def first(texts: Sequence[str], rest: int) -> str:
    """Join the first of many, and say how many are not named: ``a, b and 3 more``."""
    shown = ", ".join(texts)
    return plural("{words} and {n} more", "{words} and {n} more", rest, n=number(rest), words=shown)
