"""Long changes in portions: whoever waits to write gets a turn after each."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection

from services.site.state import State

PORTION = 2_000
"""Rows of an id and little else that one change writes or removes."""
LEFT_SECONDS = 3_600
"""After how long what is not whole was left behind by a process that was killed."""
_PAUSE_SECONDS = 0.05
_RANDOM_BITS = 10
_Given = TypeVar("_Given")


def own_number() -> int:
    """Return a number that no other change has: microseconds since 1970, to some thousandths of a second."""
    return (time.time_ns() // 1_000 >> _RANDOM_BITS << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)


def left_before(seconds: float) -> int:
    """Return what is higher than each ``own_number`` that was made so many seconds ago or earlier."""
    return time.time_ns() // 1_000 - int(seconds * 10**6)


def portions(given: Iterable[_Given], size: int = PORTION) -> Iterator[list[_Given]]:
    """Give so many at a time."""
    left = iter(given)
    while part := list(islice(left, size)):
        yield part


@contextmanager
def small_change(state: State) -> Iterator[Connection]:
    """Change something, and leave others as much time to do so.

    Raises
    ------
    StateUnusable
    """
    began = time.monotonic()
    with state.writing() as connection:
        yield connection
    time.sleep(min(time.monotonic() - began, _PAUSE_SECONDS))
