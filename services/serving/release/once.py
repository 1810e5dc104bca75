"""What is worked out of a release once: a cached property of it, written where its subject is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Made = TypeVar("Made")


def once(make: Callable[[Any], Made]) -> Callable[[Any], Made]:
    """Return ``make`` with its answer kept on the release, so that it goes when the release goes.

    Two threads that ask first may both make it, as with ``functools.cached_property``; it does no harm.

    Parameters
    ----------
    make : callable
        Takes a release, as ``services.serving.release.loaded.Loaded``.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def made(release: Any) -> Made:
        kept: dict[str, Any] = release.__dict__
        if name not in kept:
            kept[name] = make(release)
        answer: Made = kept[name]
        return answer

    return made
