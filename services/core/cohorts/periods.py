"""Calendar periods as whole numbers: months, quarters and weeks, and how addresses name them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

Every = Literal["month", "quarter", "week"]
EVERY: tuple[Every, ...] = get_args(Every)
Whole = npt.NDArray[np.integer[Any]]

_EPOCH = date(1970, 1, 1)
_MONDAY = 3  # days from a Monday to the first of January 1970, a Thursday
_WRITTEN: dict[Every, str] = {
    "month": r"(\d{4})-(0[1-9]|1[0-2])",
    "quarter": r"(\d{4})-Q([1-4])",
    "week": r"(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])",
}


def periods(days: npt.ArrayLike, every: Every) -> Whole:
    """Return the period of each day.

    Parameters
    ----------
    days : array-like of int, shape (n,)
        Days since 1970.
    every : {"month", "quarter", "week"}
        Weeks begin on Monday, as ISO 8601 has them.

    Returns
    -------
    ndarray of int64, shape (n,)
        Neighbouring periods differ by 1.
    """
    whole = np.asarray(days, dtype=np.int64)
    if every == "week":
        return (whole + _MONDAY) // 7
    months = whole.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months if every == "month" else months // 3


def first_day(period: int, every: Every) -> date:
    """Return the day on which a period begins."""
    if every == "week":
        return _EPOCH + timedelta(days=7 * period - _MONDAY)
    months = period if every == "month" else 3 * period
    return date(1970 + months // 12, months % 12 + 1, 1)


def last_day(period: int, every: Every) -> date:
    """Return the last day of a period."""
    return first_day(period + 1, every) - timedelta(days=1)


def key_of(period: int, every: Every) -> str:
    """Return how addresses name a period.

    Examples
    --------
    >>> key_of(503, "month"), key_of(167, "quarter"), key_of(2187, "week")
    ('2011-12', '2011-Q4', '2011-W48')
    """
    day = first_day(period, every)
    if every == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day.year}-{day.month:02}" if every == "month" else f"{day.year}-Q{day.month // 3 + 1}"


def period_at(key: str, every: Every) -> int | None:
    """Return the period that :func:`key_of` names so; None for anything else."""
    found = re.fullmatch(_WRITTEN[every], key, re.ASCII)
    if found is None:
        return None
    year, number = int(found[1]), int(found[2])
    if not 1 <= year < 9999:
        return None
    if every != "week":
        months = 12 * (year - 1970) + (number - 1) * (1 if every == "month" else 3)
        return months if every == "month" else months // 3
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:  # a year of 52 weeks
        return None
    return ((monday - _EPOCH).days + _MONDAY) // 7
