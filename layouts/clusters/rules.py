"""The rule of a cluster in words: the ranges of recency, frequency and spend that describe it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layouts import words
from services.core.language.messages import _, plural
from services.core.vocabulary import AXES, Axis


def rule_text(boxes: Sequence[Mapping[str, Sequence[float | None]]], unit: str) -> str:
    """Say a rule: the ranges joined with *or*.

    Parameters
    ----------
    boxes : sequence of mapping
        For each bounded axis ``[over, up to]``, None for no bound.
    unit : {"orders", "lines"}
        What frequency counts.

    Examples
    --------
    >>> rule_text([{"frequency": [7, None], "recency": [None, 158]}], "orders")
    'last order at most 158 days ago, 8 orders or more'
    """
    if not boxes:
        return _("no short rule describes this cluster")
    said = ""
    for box in boxes:
        parts = [_range_text(axis, box[axis], unit) for axis in AXES if axis in box]
        ranges = ", ".join(parts) or _("any customer")
        said = _("{ranges}; or {others}", ranges=said, others=ranges) if said else ranges
    return said


def _range_text(axis: Axis, bounds: Sequence[float | None], unit: str) -> str:
    over, up_to = bounds
    if axis == "monetary":
        return _money_text(over, up_to)
    least = None if over is None else int(over) + 1
    most = None if up_to is None else int(up_to)
    if axis == "recency":
        return _days_text(least, most)
    return _orders_text(least, most) if unit == "orders" else _lines_text(least, most)


def _days_text(least: int | None, most: int | None) -> str:
    n = words.number(least if most is None else most)
    if least is None:
        return plural("last order at most {n} day ago", "last order at most {n} days ago", most or 0, n=n)
    if most is None:
        return plural("last order {n} day ago or more", "last order {n} days ago or more", least, n=n)
    if least == most:
        return plural("last order {n} day ago", "last order {n} days ago", most, n=n)
    return plural(
        "last order {least} to {n} day ago",
        "last order {least} to {n} days ago",
        most,
        n=n,
        least=words.number(least),
    )


def _orders_text(least: int | None, most: int | None) -> str:
    n = words.number(least if most is None else most)
    if least is None:
        return plural("at most {n} order", "at most {n} orders", most or 0, n=n)
    if most is None:
        return plural("{n} order or more", "{n} orders or more", least, n=n)
    if least == most:
        return plural("{n} order", "{n} orders", most, n=n)
    return plural("{least} to {n} order", "{least} to {n} orders", most, n=n, least=words.number(least))


def _lines_text(least: int | None, most: int | None) -> str:
    n = words.number(least if most is None else most)
    if least is None:
        return plural("at most {n} line", "at most {n} lines", most or 0, n=n)
    if most is None:
        return plural("{n} line or more", "{n} lines or more", least, n=n)
    if least == most:
        return plural("{n} line", "{n} lines", most, n=n)
    return plural("{least} to {n} line", "{least} to {n} lines", most, n=n, least=words.number(least))


def _money_text(over: float | None, up_to: float | None) -> str:
    if over is None:
        return _("spent {most} or less", most=_cut(up_to))
    if up_to is None:
        return _("spent over {least}", least=_cut(over))
    return _("spent over {least}, up to {most}", least=_cut(over), most=_cut(up_to))


def _cut(value: float | None) -> str:
    """Write a cut point: pence only where it has any."""
    return words.money_sum(value) if value is not None and value == int(value) else words.money(value)
