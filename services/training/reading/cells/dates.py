"""Dates: their order is decided over the whole column, never row by row and never guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from services.core.refusals import Refusal

ORDERS = ("dmy", "mdy", "ymd")
_IN_WORDS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}

FIRST_YEAR, LAST_YEAR = 1900, 2100
#: Two-digit years from here on are of the 20th century.
PIVOT = 70
#: So many times as many different days as years stand in a column, and so far apart are the days.
_MORE_DAYS, _APART = 3, 10


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


def decide_order(days: Iterable[Day], column: str) -> str:
    """Decide the order of a column's dates.

    Parameters
    ----------
    days : iterable of Day
        Every different date of the column; the four-digit year may stand first in some.
    column : str
        What the file calls it.

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
    days = list(days)
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
        raise _mixed(barred, column)
    left = _likely({day.parts[0] for day in days}, {day.parts[2] for day in days}, left)
    for pair in combinations(left, 2):
        if pair in differing:
            raise _ambiguous(differing[pair], pair, column)
    return "ymd" if "ymd" in left else left[0]


def _likely(firsts: Collection[str], lasts: Collection[str], left: list[str]) -> list[str]:
    """Leave out orders under which a column would have many years and few days."""
    if "ymd" in left and _are_days(firsts, lasts):
        return [order for order in left if order != "ymd"] or left
    return ["ymd"] if "ymd" in left and _are_days(lasts, firsts) else left


def _are_days(some: Collection[str], others: Collection[str]) -> bool:
    """Say whether numbers of two digits are days rather than years: many far apart beside few others.

    07.01.23 and 26.02.23 are dates of one year, not of the years 2007 and 2026.
    """
    if not others or any(len(each) > 2 for each in (*some, *others)):
        return False
    return len(some) >= _MORE_DAYS * len(others) and max(map(int, some)) - min(map(int, some)) >= _APART


def _ambiguous(example: str, pair: tuple[str, str], column: str) -> Refusal:
    first, second = (_IN_WORDS[order] for order in pair)
    return Refusal(
        f"In the column “{column}” the date {example[:40]!r} can be read in two ways, {first} or {second}, "
        "and no other row decides. "
        f"Say which with --date-order {pair[0]} or --date-order {pair[1]}.",
        "date_order",
        option="--date-order",
        choices=ORDERS,
    )


def _mixed(barred: dict[str, str], column: str) -> Refusal:
    examples = " and ".join(f"{barred[order][:40]!r} cannot be {_IN_WORDS[order]}" for order in ORDERS[:2])
    return Refusal(
        f"There are two date orders in the column “{column}”: {examples}. Correct the file, or name the "
        "right order with --date-order; the other rows are then set aside as unreadable.",
        "date_order",
        option="--date-order",
        choices=ORDERS,
    )
