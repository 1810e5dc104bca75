"""Answers that everybody gets alike, worked out once for each release."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from layouts import words
from layouts.plain import plain
from services.core.language.messages import language

if TYPE_CHECKING:
    from services.desk import Services


def remembered(services: Services, key: tuple[str, ...], compute: Callable[[], Any]) -> Any:
    """Return what ``compute`` gives, as plain values, from the cache where it is there.

    Parameters
    ----------
    services : Services
    key : tuple of str
        The question, the release's id and all else that the answer depends on; how the site writes numbers
        and the language are added here.
    compute : callable
        Gives components, or lists and dicts of them.
    """
    return services.cache.answer((*key, repr(words.manner()), language().code), lambda: plain(compute()))
