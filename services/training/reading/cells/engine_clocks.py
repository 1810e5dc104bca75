"""Times of day in SQL: what the shape of a text tells, as columns, and the time that they make of it."""

from __future__ import annotations

from services.training.reading.cells.clocks import Clock

_SPANS = ("hour", "minute", "second", "hours", "minutes")

#: Columns of a table of shapes, and their types; the shape's text is ``folded``.
CLOCK_COLUMNS = {
    **{f"{name}_{what}": "INT" for name in _SPANS for what in ("at", "long")},
    "half": "VARCHAR",
    "zone": "INT",
    "sign": "INT",
}


def clock_row(clock: Clock) -> tuple[int | str, ...]:
    """Give the values of ``CLOCK_COLUMNS`` for a clock."""
    spans = [number for name in _SPANS for number in getattr(clock, name)]
    return (*spans, clock.half, clock.offset, clock.sign)


def piece(name: str) -> str:
    """Give SQL of a part of the text, empty where it has none."""
    return f"substring(folded, {name}_at, {name}_long)"


def clock_sql() -> str:
    """Give SQL of a time such as 14:11:00; NULL where the hour is none of its half of the day."""
    number = f"TRY_CAST({piece('hour')} AS INT)"
    hour = (
        f"CASE WHEN hour_long = 0 THEN 0 WHEN half = 'p' AND {number} < 12 THEN {number} + 12 "
        f"WHEN half = 'a' AND {number} = 12 THEN 0 WHEN {number} < 24 AND (half <> 'a' OR {number} < 12) "
        f"THEN {number} END"
    )
    minute, second = (
        f"CASE WHEN {name}_long = 0 THEN '00' ELSE {piece(name)} END" for name in ("minute", "second")
    )
    return f"({hour}) || ':' || ({minute}) || ':' || ({second})"


def shift_sql() -> str:
    """Give SQL of the minutes by which the zone is before (-) or after UTC."""
    hours, minutes = (f"coalesce(TRY_CAST({piece(name)} AS INT), 0)" for name in ("hours", "minutes"))
    return f"zone + sign * ({hours} * 60 + {minutes})"
