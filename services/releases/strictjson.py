"""JSON as the standard has it: no NaN, no infinity, no key twice; written the same way every time."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NoReturn

import numpy as np


def to_json(value: object) -> bytes:
    """Return ``value`` as UTF-8 JSON with sorted keys and a final newline.

    NumPy scalars become numbers, dates and moments ISO 8601 text.

    Raises
    ------
    ValueError
        If a number is NaN or infinite.
    TypeError
        If something in ``value`` has no JSON form.
    """
    text = json.dumps(
        value, allow_nan=False, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
    )
    return (text + "\n").encode()


def from_json(content: bytes) -> Any:
    """Return the value that ``content`` holds.

    Raises
    ------
    ValueError
        If it is not UTF-8, not JSON, holds NaN or infinity, or names a key twice.
    """
    return json.loads(content.decode(), parse_constant=_refuse, object_pairs_hook=_unique)


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key appears twice")
    return found
