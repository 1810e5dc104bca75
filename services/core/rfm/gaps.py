"""The gaps between a customer's orders, and the usual one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

ENOUGH_ORDERS = 4


@dataclass(frozen=True)
class Gap:
    """Whole days between an order's day and the day of the next one."""

    days: int
    until: datetime


def gaps_between(moments: Sequence[datetime]) -> list[Gap]:
    """Return the gaps between days with an order, oldest first; orders of one day count once."""
    days = sorted({moment.date() for moment in moments})
    last = {moment.date(): moment for moment in moments}
    return [Gap((day - before).days, last[day]) for before, day in pairwise(days)]


def usual_gap(gaps: Sequence[Gap]) -> float | None:
    """Return the median gap in days; None where fewer than four days with an order leave too little."""
    return median(gap.days for gap in gaps) if len(gaps) >= ENOUGH_ORDERS - 1 else None
