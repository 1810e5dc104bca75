"""Dates: their order is decided over the whole column, never row by row and never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from services.core.refusals import Refusal

ORDERS = ("dmy", "mdy", "ymd")
_IN_WORDS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}

FIRST_YEAR, LAST_YEAR = 1900, 2100
#: Two-digit years from here on are of the 20th century.
PIVOT = 70

#: The three numbers of a date, and the eight digits of a compact one.
DAY = r"^(?:([0-9]{1,4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,4})|([0-9]{4})([0-9]{2})([0-9]{2}))"
DAY_NAMES = ("a", "b", "c", "year", "month", "day")

#: A date on its own or before a time.
DAY_FIRST = DAY + "(?:$|[T, ])"

#: A zone behind a time.
ZONE = ":[0-9]{2}.*(Z|UTC|GMT|[-+][0-9]{2}(:?[0-9]{2})?)$"

#: A date with what may follow: a time, its half of the day, its zone.
MOMENT = (
    DAY + r"(?:(?:T|,? +)([0-9]{1,2})[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"(?: *([AaPp])\.?[Mm]\.?)?(?: *(Z|UTC|GMT|[-+][0-9]{2}(?::?[0-9]{2})?))?)?$"
)
MOMENT_NAMES = (*DAY_NAMES, "hour", "minute", "second", "half", "zone")

#: A day's number in Excel, with the time as its fraction.
SERIAL = r"^[1-7][0-9]{4}(\.[0-9]+)?$"


@dataclass(frozen=True)
class Day:
    """A date as it stands in the file: three numbers as text, and a whole cell as an example."""

    parts: tuple[str, str, str]
    example: str


def reading(parts: tuple[str, str, str], order: str) -> date | None:
    """Read three numbers in an order.

    Returns
    -------
    date or None
        None where they are no date, or one before 1900 or after 2100.
    """
    if len(parts[0]) == 4:
        order = "ymd"
    year, month, day = (parts[order.index(letter)] for letter in "ymd")
    if len(year) == 2:
        year = f"{19 if int(year) >= PIVOT else 20}{year}"
    if len(year) != 4 or len(day) > 2 or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def decide_order(days: Iterable[Day]) -> str:
    """Decide the order of a column's dates.

    Parameters
    ----------
    days : iterable of Day
        Every different date of the column; the four-digit year may stand first in some.

    Returns
    -------
    str
        ``dmy``, ``mdy`` or ``ymd``: the only order that fits all dates that fit any, or any of
        several that read every date alike.

    Raises
    ------
    Refusal
        If two orders fit and differ (the user has to say which), or none fits all.
    """
    barred: dict[str, str] = {}
    differing: dict[tuple[str, str], str] = {}
    for day in days:
        read = {order: value for order in ORDERS if (value := reading(day.parts, order))}
        if not read:
            continue
        for order in set(ORDERS) - read.keys():
            barred.setdefault(order, day.example)
        for pair in combinations(read, 2):
            if read[pair[0]] != read[pair[1]]:
                differing.setdefault(pair, day.example)
    left = [order for order in ORDERS if order not in barred]
    if not left:
        raise _mixed(barred)
    for pair in combinations(left, 2):
        if pair in differing:
            raise _ambiguous(differing[pair], pair)
    return "ymd" if "ymd" in left else left[0]


def _ambiguous(example: str, pair: tuple[str, str]) -> Refusal:
    first, second = (_IN_WORDS[order] for order in pair)
    return Refusal(
        f"The date {example[:40]!r} can be read in two ways, {first} or {second}, and no other row decides. "
        f"Say which with --date-order {pair[0]} or --date-order {pair[1]}.",
        "date_order",
        option="--date-order",
        choices=ORDERS,
    )


def _mixed(barred: dict[str, str]) -> Refusal:
    examples = " and ".join(f"{barred[order][:40]!r} cannot be {_IN_WORDS[order]}" for order in ORDERS[:2])
    return Refusal(
        f"There are two date orders in one column: {examples}. Correct the file, or name the right order "
        "with --date-order; the other rows are then set aside as unreadable.",
        "date_order",
        option="--date-order",
        choices=ORDERS,
    )


def parts_sql(text: str, pattern: str, names: tuple[str, ...]) -> str:
    """Give SQL of a struct of the pattern's groups, all of them empty where it does not match."""
    listed = ", ".join(f"'{name}'" for name in names)
    return f"regexp_extract({text}, '{pattern}', [{listed}])"


def moment_sql(order: str) -> str:
    """Give SQL that reads a moment from ``moment``, a struct of ``MOMENT_NAMES``.

    Parameters
    ----------
    order : str
        For dates whose year does not stand first with four digits.

    Returns
    -------
    str
        SQL of a TIMESTAMP without zone, cut to whole seconds; moments with a zone are turned into
        UTC. NULL where there is no such day or time.
    """
    year, month, day = (
        f"CASE WHEN moment.year <> '' THEN moment.{name} "
        f"WHEN length(moment.a) = 4 THEN moment.{'abc'[place]} ELSE moment.{'abc'[order.index(name[0])]} END"
        for place, name in enumerate(("year", "month", "day"))
    )
    century = (
        f"CASE length({year}) WHEN 4 THEN '' "
        f"WHEN 2 THEN CASE WHEN ({year}) >= '{PIVOT}' THEN '19' ELSE '20' END END"
    )
    number = "TRY_CAST(moment.hour AS INT)"
    hour = (
        f"CASE WHEN moment.hour = '' THEN 0 "
        f"WHEN lower(moment.half) = 'p' AND {number} < 12 THEN {number} + 12 "
        f"WHEN lower(moment.half) = 'a' AND {number} = 12 THEN 0 "
        f"WHEN {number} < 24 THEN {number} END"
    )
    minute, second = (
        f"CASE WHEN moment.{name} = '' THEN '00' ELSE moment.{name} END" for name in ("minute", "second")
    )
    offset = """CASE WHEN length(moment.zone) <= 3 AND moment.zone[1] NOT IN ('+', '-') THEN 0
        ELSE TRY_CAST(moment.zone[1] || '1' AS INT) * (TRY_CAST(moment.zone[2:3] AS INT) * 60
            + CASE WHEN length(moment.zone) > 3 THEN TRY_CAST(moment.zone[-2:] AS INT) ELSE 0 END) END"""
    return (
        f"TRY_CAST(({century}) || ({year}) || '-' || ({month}) || '-' || ({day}) || ' ' || ({hour}) || ':' "
        f"|| ({minute}) || ':' || ({second}) AS TIMESTAMP) - to_minutes({offset})"
    )


#: SQL that reads the text ``date`` as Excel's number of a day, to the nearest second.
SERIAL_SQL = (
    f"CASE WHEN regexp_matches(date, '{SERIAL}') "
    "THEN TIMESTAMP '1899-12-30' + to_seconds(round(TRY_CAST(date AS DOUBLE) * 86400)::BIGINT) END"
)
