"""Times of day in the shape of a text: where hour, minute and second stand, the half of the day, the zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from services.training.reading.cells import date_words as words

#: Where digits stand in a text: the first one's place, from 1, and how many.
Span = tuple[int, int]
NOWHERE: Span = (0, 0)

_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?")
_CLOCKS = [
    re.compile(
        r"(?P<hour>0{1,2}) ?[:.hH] ?(?P<minute>00)(?: ?[:.m] ?(?P<second>00)s?(?:[.,:]0{1,9})?)?(?![0:])"
    ),
    re.compile(
        r"(?P<hour>0{1,2}) ?[時时点點시](?: ?(?P<minute>0{1,2}) ?[分분](?: ?(?P<second>0{1,2}) ?[秒초])?)?"
    ),
    re.compile(r"(?P<hour>00)(?P<minute>00)(?:(?P<second>00)[.,]?0{0,9})?(?!0)"),
]
_HOUR = re.compile(r"(?P<hour>0{1,2})(?= *[^\W\d_])")
_HALF = re.compile(r" *(?P<half>[aApP]\.? ?[mM]\b\.?|[^\W\d_]+(?:\.[^\W\d_]+)?\.?)")
_OFFSET = re.compile(
    r" *(?:GMT|UTC|UT)? ?(?P<sign>[-+])(?P<hours>00?)(?::?(?P<minutes>00))?(?::00)?(?![0:])", re.IGNORECASE
)
_ZONE = re.compile(r" *(?P<name>[A-Za-z]{1,5})\b(?![/.])")
_REMARK = re.compile(r" *(?:\[[\w/+-]+\]|\([^()]*\))")


@dataclass(frozen=True)
class Clock:
    """Where the parts of a time stand.

    Attributes
    ----------
    hour, minute, second : tuple of int
        Spans; ``NOWHERE`` for none.
    half : str
        ``a`` or ``p`` where the clock has twelve hours, else empty.
    zoned : bool
    offset : int
        Minutes before (-) or after UTC, of a zone with a name.
    sign : int
        Of a zone in digits: 1 or -1; 0 for none.
    hours, minutes : tuple of int
        Spans of these digits.
    zone : str
        The zone's name, empty for none or for one in digits.
    """

    hour: Span = NOWHERE
    minute: Span = NOWHERE
    second: Span = NOWHERE
    half: str = ""
    zoned: bool = False
    offset: int = 0
    sign: int = 0
    hours: Span = NOWHERE
    minutes: Span = NOWHERE
    zone: str = ""


def span(found: re.Match[str], name: str) -> Span:
    """Give where a group of a pattern stands, ``NOWHERE`` if it does not."""
    return (found.start(name) + 1, found.end(name) - found.start(name)) if found[name] else NOWHERE


def clock_at(shape: str, place: int) -> tuple[Clock, int] | None:
    """Read a time that begins at a place of a shape.

    Returns
    -------
    tuple of Clock and int, or None
        With the place behind it; None where there is no time.
    """
    early = ""
    if word := _WORD.match(shape, place):
        early = words.half(word[0]) or ""
        if not early:
            return None
        place = word.end() + (shape[word.end() : word.end() + 1] == " ")
    found = next((found for each in _CLOCKS if (found := each.match(shape, place))), None)
    if found is None:
        found = _HOUR.match(shape, place)
        if found is None or not (early or _half_at(shape, found.end())):
            return None
    hour, minute, second = (
        span(found, name) if name in found.groupdict() else NOWHERE for name in ("hour", "minute", "second")
    )
    place = found.end()
    late = _half_at(shape, place)
    if late:
        place = late[1]
    zone, place = _zone_at(shape, place)
    return Clock(hour, minute, second, early or (late[0] if late else ""), **zone), place


def offset_at(shape: str, place: int) -> int:
    """Give the place behind the zone of a day without a time, which says nothing of the day."""
    return _zone_at(shape, place)[1]


def _half_at(shape: str, place: int) -> tuple[str, int] | None:
    found = _HALF.match(shape, place)
    half = words.half(found["half"]) if found else None
    return (half, found.end()) if found and half else None


def _zone_at(shape: str, place: int) -> tuple[dict[str, Any], int]:
    zone: dict[str, Any] = {}
    while place < len(shape):
        if remark := _REMARK.match(shape, place):
            place = remark.end()
        elif found := _OFFSET.match(shape, place):
            zone = zone or {
                "zoned": True,
                "sign": 1 if found["sign"] == "+" else -1,
                "hours": span(found, "hours"),
                "minutes": span(found, "minutes"),
            }
            place = found.end()
        elif (found := _ZONE.match(shape, place)) and (offset := words.zone(found["name"])) is not None:
            zone = zone or {"zoned": True, "offset": offset, "zone": found["name"].upper()}
            place = found.end()
        else:
            break
    return zone, place
