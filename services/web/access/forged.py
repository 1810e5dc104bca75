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
    if name == "id":
        return value == identifier
    if value is None:
        return True
    if name == "data":
        return str(identifier) not in STORES or STORES[str(identifier)](value)
    if name not in _KINDS:
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


def _event(value: object) -> bool:
    """Whether a picture can have told it: the points under the pointer."""
    if not isinstance(value, dict):
        return False
    points: Any = value.get("points")
    return isinstance(points, list) and all(isinstance(point, dict) for point in points)


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _or_none(kind: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or kind(value)


def _record(**parts: Callable[[object], bool]) -> Callable[[object], bool]:
    """Make the rule of an object that holds exactly these parts."""

    def fits(value: object) -> bool:
        if not isinstance(value, dict) or value.keys() != parts.keys():
            return False
        return all(kind(value[name]) for name, kind in parts.items())

    return fits


def _typed(value: object) -> bool:
    """Whether it is what stands in some fields: texts, numbers or nothing."""
    return isinstance(value, list) and all(
        each is None or _text(each) or (isinstance(each, int | float) and not isinstance(each, bool))
        for each in value
    )


def _question(value: object) -> bool:
    """Whether the tab Predict can ask it: an address, and what was typed where a button was pressed."""
    if not isinstance(value, dict):
        return False
    # what is undefined in the browser is left out
    typed = {name: value[name] for name in ("typed", "customer") if name in value}
    kinds = {"typed": _typed, "customer": _or_none(_text)}
    return _record(search=_text, by=_or_none(_text), ask=_count, **{name: kinds[name] for name in typed})(
        value
    )


_STEPS = tuple(f"{tab}-step-store" for tab in ("segments", "baskets", "clusters", "presets", "releases"))
_VIEWS = tuple(f"{tab}-views-store" for tab in ("segments", "movement", "cohorts", "churn", "baskets"))
STORES: dict[str, Callable[[object], bool]] = {
    "shell-release-store": _text,
    "shell-active-store": _text,
    "shell-seen-store": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "shell-visit-store": _count,
    "segments-framed-store": _flag,
    "segments-asked-store": _portion,
    **dict.fromkeys(_STEPS, _record(pressed=_or_none(_text), step=_count)),
    **dict.fromkeys(
        _VIEWS, _record(what=_text, search=_text, view=_or_none(_count), seen=_text, press=_count)
    ),
    "movement-asked-store": _portion,
    "cohorts-asked-store": _portion,
    "baskets-asked-store": _portion,
    "churn-asked-store": _portion,
    "churn-framed-store": _flag,
    "cohorts-framed-store": _flag,
    "customers-kept-store": _record(id=_text, opted_out=_flag),
    "customers-kept-revision-store": _text,
    "customers-opened-store": _record(order=_text, press=_count),
    "audiences-seen-store": _record(audience=_count, name=_text),
    "predict-asked-store": _question,
    "predict-slid-store": _typed,
    "baskets-scope-store": _text,
    "baskets-tests-store": _record(tested=_flag, held=_flag, judged=_flag, release=_text),
    "baskets-opened-store": _record(row=_text, press=_count),
    "playbooks-base-store": _record(kind=_text, id=_text, seen=_count),
    "playbooks-revision-store": _text,
    "playbooks-suggestion-store": _record(goal=_text, message=_text, offer=_text),
    "presets-base-store": _record(preset=_text, version=_or_none(_count), seen=_count),
    "presets-revision-store": _text,
    "releases-revision-store": _text,
    "data-contacts-store": _text,
    "imports-sent-store": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "training-job-store": _count,
    "training-ended-store": _count,
}
"""What each store that a callback reads can hold; a test holds this table to the callbacks there are."""

_KINDS: dict[str, Callable[[object], bool]] = {
    "search": _text,
    "pathname": _path,
    "href": _path,
    "value": _text,
    "n_clicks": _count,
    "n_submit": _count,
    "getRowsRequest": _portion,
    "clickData": _event,
    "hoverData": _event,
}
