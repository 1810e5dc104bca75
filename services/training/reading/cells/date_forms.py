"""What the shape of a date means: where its day, month, year and time stand, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from services.training.reading.cells import date_words as words
from services.training.reading.cells.clocks import NOWHERE, Clock, Span, clock_at, offset_at, span

#: What a text may be instead of a date, as its reason says it.
MONTH, NUMBER, ERROR = "a month", "a number", "a spreadsheet's error"
#: Bare digits that count days or parts of a second: their number to how many make a second; 0 for days.
COUNTS = {5: 0, 10: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}

_BARE = re.compile(r"(?P<whole>0+)(?:[.,]0+)?")
_ONLY_MONTH = re.compile(
    r"0000 ?[-/. ] ?0{1,2}|0{1,2} ?[-/.] ?0000|0000 ?[年년] ?0{1,2} ?[月월]"
    r"|(?P<month>[^\W\d_]+)\.?[ ,\-/]*'?(?:00)?00"
)

_MONTH = r"(?:(?P<digits>0{1,2})[月월]|(?P<month>[^\W\d_]+))"
_YEAR_LAST = r"(?P<c>0000(?!0)|00(?![0:]))"
_NTH = rf"(?: ?(?:{words.ORDINALS})(?![^\W\d_]))?"
_OF = r"[ \-/.,]*(?:(?:de|del|of|d')(?= ))? *"
#: Whole days, the most telling first, of parts a, b, c; beside them their order, "" where it is undecided.
_DAYS = [
    (re.compile(pattern, re.IGNORECASE), order)
    for pattern, order in (
        (r"(?P<a>0{4}|00) ?[年년] ?(?P<b>0{1,2}) ?[月월] ?(?P<c>0{1,2}) ?[日일号號]?", "ymd"),
        (r"(?P<a>0000) ?(?P<sep>[-/. _]) ?(?P<b>0{1,2}) ?(?P=sep) ?(?P<c>0{1,2})(?!0)\.?", "ymd"),
        (r"(?P<a>0{1,2}) ?(?P<sep>[-/. ]) ?(?P<b>0{1,2}) ?(?P=sep) ?'?(?P<c>0000)(?!0)", ""),
        (r"(?P<a>0{1,2}) ?(?P<sep>[-/.]) ?(?P<b>0{1,2}) ?(?P=sep) ?'?(?P<c>00)(?![0:])", ""),
        (r"(?P<a>0000)(?P<b>00)(?P<c>00)(?=$|[^0]|0000(?:00[.,]?0{0,9})?(?:$|[^0]))", "ymd"),
        (rf"(?P<a>0{{1,2}}){_NTH}{_OF}{_MONTH}\.?{_OF}'?{_YEAR_LAST}", "dmy"),
        (rf"{_MONTH}\.?[ \-/.]*(?P<b>0{{1,2}}){_NTH}[ \-/.,]+'?{_YEAR_LAST}", "mdy"),
        (rf"(?P<a>0000)[ \-/.,]*{_MONTH}\.?[ \-/.]*(?P<c>0{{1,2}})(?!0)\.?", "ymd"),
        # with the year behind the time
        (rf"{_MONTH}\.? +(?P<b>0{{1,2}})(?=,? )", "mdy"),
    )
]  # fmt: skip
_WEEKDAY = re.compile(r"(?P<word>[^\W\d_]+)\.?,? *")
_BETWEEN = re.compile(r"[ ,]*(?:\((?P<inner>[^\W\d_]+)\.?\)|(?P<word>[^\W\d_]+)\.?(?=$|[ ,]))")
_BEFORE_CLOCK = re.compile(r"[T:_-](?=0)|[ ,]*", re.IGNORECASE)
_YEAR = re.compile(r"[ ,]*(?P<year>0000)(?!0)")
_END = re.compile(r"[ .,]*$")


@dataclass(frozen=True)
class Layout:
    """Where the parts of a date stand in its text.

    Attributes
    ----------
    parts : tuple of tuple of int
        Spans of the first, second and third part; ``NOWHERE`` for a month in words.
    order : str
        ``dmy``, ``mdy`` or ``ymd``; empty where the shape does not tell.
    month : int
        Of a month in words; else 0.
    clock : Clock
    """

    parts: tuple[Span, Span, Span]
    order: str
    month: int = 0
    clock: Clock = field(default_factory=Clock)

    @property
    def turns(self) -> bool:
        """Whether day and year may have changed places, as in 23-Jan-08."""
        return self.order == "dmy" and self.parts[0][1] == self.parts[2][1] == 2


@dataclass(frozen=True)
class Count:
    """A number of days since 30 December 1899, or of parts of a second since 1970.

    Attributes
    ----------
    a_second : int
        How many make a second; 0 for days.
    """

    a_second: int


def layout_of(shape: str) -> Layout | Count | str | None:
    """Read the shape of a date.

    Parameters
    ----------
    shape : str
        A folded text, every digit a 0.

    Returns
    -------
    Layout, Count, str or None
        ``MONTH``, ``NUMBER`` or ``ERROR`` where it is that and no date; None for anything else.
    """
    if shape.startswith("#"):
        return ERROR
    if (bare := _BARE.fullmatch(shape)) and len(bare["whole"]) not in (8, 12, 14, 17):
        count = COUNTS.get(len(bare["whole"]))
        return NUMBER if count is None else Count(count)
    if layout := next(_layouts(shape), None):
        return layout
    month = _ONLY_MONTH.fullmatch(shape)
    return MONTH if month and (month["month"] is None or words.month(month["month"])) else None


def _layouts(shape: str) -> Iterator[Layout]:
    starts: list[tuple[int, Clock | None]] = [(0, None)]
    weekday = _WEEKDAY.match(shape)
    if weekday and words.is_weekday(weekday["word"]):
        starts.append((weekday.end(), None))
    if first := clock_at(shape, 0):
        between = _BEFORE_CLOCK.match(shape, first[1])
        starts.append((between.end() if between else first[1], first[0]))
    for place, clock in starts:
        for pattern, order in _DAYS:
            found = pattern.match(shape, place)
            if found and (layout := _with_clock(shape, found, order, clock)):
                yield layout


def _with_clock(shape: str, found: re.Match[str], order: str, clock: Clock | None) -> Layout | None:
    groups = found.groupdict()
    month = 0
    if name := groups.get("month"):
        month = words.month(name) or 0
    if name and not month:
        return None
    tail = _tail(shape, found.end(), clock, dated="c" in groups)
    if tail is None:
        return None
    named = {"dmy": "b", "mdy": "a", "ymd": "b"}.get(order, "") if "month" in groups else ""
    spans = {letter: span(found, letter) if letter in groups else NOWHERE for letter in "abc"}
    if named:
        spans[named] = span(found, "digits")
    if "c" not in groups:
        spans["c"] = tail[1]
    return Layout((spans["a"], spans["b"], spans["c"]), order, month, tail[0])


def _tail(shape: str, place: int, clock: Clock | None, *, dated: bool) -> tuple[Clock, Span] | None:
    """Read what follows a day: weekday, time, zone, and the year where it is still to come."""
    place = _beyond_words(shape, place)
    if clock is None and not _END.match(shape, place):
        before = _BEFORE_CLOCK.match(shape, place)
        start = before.end() if before else place
        if found := clock_at(shape, start):
            clock, place = found
        else:
            place = offset_at(shape, place)
    year = NOWHERE
    if not dated:
        found_year = _YEAR.match(shape, place)
        if found_year is None:
            return None
        year, place = span(found_year, "year"), found_year.end()
    place = _beyond_words(shape, place)
    return (clock or Clock(), year) if _END.match(shape, place) else None


def _beyond_words(shape: str, place: int) -> int:
    while found := _BETWEEN.match(shape, place):
        word = found["inner"] or found["word"]
        if not ((found["word"] and words.is_filler(word)) or words.is_weekday(word)):
            break
        place = found.end()
    return place
