"""What a page of ours can send as the value of a property; anything else is forged, and no defect of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_LARGEST = 2**31


def possible(identifier: object, name: str, value: object) -> bool:
    """Say whether a page can send ``value`` as the property ``name`` of the component ``identifier``.

    Parameters
    ----------
    identifier : str or dict
        Ids end in what the component is: ``…-checklist`` holds several texts, other fields one.
    name : str
        ``search``, ``value``, …; a property without a rule here may be anything that can be written.
    value : object
        As decoded from JSON.
    """
    if isinstance(value, str) and not _writable(value):
        return False
    if value is None or name not in _KINDS:
        return True
    if name == "value" and str(identifier).endswith("-checklist"):
        return isinstance(value, list) and all(map(_text, value))
    return _KINDS[name](value)


def _writable(text: str) -> bool:
    """Whether a text can be written at all: JSON can carry halves of characters, UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _text(value: object) -> bool:
    return isinstance(value, str) and _writable(value)


def _path(value: object) -> bool:
    return isinstance(value, str) and value.startswith("/")


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST


def _portion(value: object) -> bool:
    """Whether AG Grid can have asked for it: a range of rows and an order."""
    if not isinstance(value, dict):
        return False
    order: Any = value.get("sortModel", [])
    return (
        all(_count(value.get(end, 0)) for end in ("startRow", "endRow"))
        and isinstance(order, list)
        and all(isinstance(part, dict) and _text(part.get("colId")) for part in order)
    )


_KINDS: dict[str, Callable[[object], bool]] = {
    "search": _text,
    "pathname": _path,
    "href": _path,
    "value": _text,
    "n_clicks": _count,
    "n_submit": _count,
    "n_intervals": _count,
    "getRowsRequest": _portion,
}
