"""The gate, which `make test` runs: all that is quick, and of what is slow what ``tests/gate.txt`` names.

Slow is what drives a browser, what is marked ``slow`` and what was measured (``tests/order.py``) to take half
a second or more. What is slow and not named is marked ``long`` by itself: `make test-all` alone runs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

LISTED = Path(__file__).parents[1] / "gate.txt"
SLOW = 0.5  # seconds
SLOW_BY_MARK = ("browser", "slow")
BELOW = "tests/"


def names() -> list[str]:
    """List what the gate has of what is slow: folders, files and tests below ``tests/``."""
    lines = LISTED.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def named(test: str, among: Sequence[str]) -> bool:
    """Say whether a test is named, by its own id, without its parameters, or by its file or folder.

    Examples
    --------
    >>> named("tests/web/test_a.py::test_one[x]", ["web/test_a.py::test_one"])
    True
    >>> named("tests/web/test_a.py::test_one_more", ["web/test_a.py::test_one"])
    False
    """
    found = test.removeprefix(BELOW)
    return any(found == name or found.startswith((f"{name}/", f"{name}::", f"{name}[")) for name in among)


def is_slow(item: pytest.Item, seconds: Mapping[str, float]) -> bool:
    """Say whether a test is slow, by its marks or by what was measured."""
    marked = any(item.get_closest_marker(mark) for mark in SLOW_BY_MARK)
    return marked or seconds.get(item.nodeid, 0.0) >= SLOW


def mark(items: Sequence[pytest.Item], seconds: Mapping[str, float]) -> None:
    """Mark as ``long`` what is slow and not named.

    Parameters
    ----------
    items : sequence of Item
        That bear their own marks already.
    seconds : mapping of str to float
        By id, of :func:`tests.order.measured`.
    """
    among = names()
    for item in items:
        if is_slow(item, seconds) and not named(item.nodeid, among):
            item.add_marker(pytest.mark.long)
