"""How regularly a customer orders: the gaps between orders, and when the next one is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

ENOUGH_ORDERS = 4


@dataclass(frozen=True)
class Gap:
    """Whole days between an order's day and the day of the next one."""

    days: int
    until: datetime


@dataclass(frozen=True)
class Due:
    """When the next order would come if the customer kept its pace.

    Attributes
    ----------
    on : datetime
        The last order plus the median gap.
    usual : float
        The median gap, days.
    low, high : int
        What is left of the gaps without the shortest and the longest sixth, days.
    within, of : int
        How many of the gaps lie from low to high.
    """

    on: datetime
    usual: float
    low: int
    high: int
    within: int
    of: int


def gaps_between(moments: Sequence[datetime]) -> list[Gap]:
    """Return the gaps between days with an order, oldest first; orders of one day count once."""
    days = sorted({moment.date() for moment in moments})
    last = {moment.date(): moment for moment in moments}
    return [Gap((day - before).days, last[day]) for before, day in pairwise(days)]


def due(gaps: Sequence[Gap]) -> Due | None:
    """Expect the next order; None where fewer than four days with an order leave too little to go by."""
    if len(gaps) < ENOUGH_ORDERS - 1:
        return None
    days = sorted(gap.days for gap in gaps)
    cut = len(days) // 6
    middle = days[cut : len(days) - cut]
    usual = median(days)
    return Due(
        on=gaps[-1].until + timedelta(days=round(usual)),
        usual=usual,
        low=middle[0],
        high=middle[-1],
        within=sum(middle[0] <= gap <= middle[-1] for gap in days),
        of=len(days),
    )
