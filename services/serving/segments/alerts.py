"""Which segments grew or shrank notably since the snapshot that the screens compare with."""

from __future__ import annotations

from dataclasses import dataclass

from services.releases.overview.groups import Segment
from services.releases.overview.model import Overview

#: Below these a change says little: a handful of people, or the coming and going of every month.
LEAST_CUSTOMERS, LEAST_SHARE = 20, 0.1
MOST = 3


@dataclass(frozen=True)
class Alert:
    """One segment whose size changed.

    Attributes
    ----------
    segment : Segment
        Its entry of the overview.
    before, now : int
        Its customers.
    """

    segment: Segment
    before: int
    now: int

    @property
    def change(self) -> float:
        """Customers more or fewer, as a share of those before."""
        return self.now / self.before - 1


def alerts(overview: Overview) -> list[Alert]:
    """Return the most notable changes: segments at risk first, then the largest in customers.

    A change is notable from 10 % and 20 customers on, of a segment that had 20 customers before.

    Parameters
    ----------
    overview : Overview
        Of a release.
    """
    if overview.previous is None:
        return []
    then = overview.snapshots[overview.previous].segments
    found = [
        Alert(segment, then[segment.id], segment.customers)
        for segment in overview.segments
        if _notable(then[segment.id], segment.customers)
    ]
    return sorted(found, key=_first)[:MOST]


def _notable(before: int, now: int) -> bool:
    change = abs(now - before)
    return before >= LEAST_CUSTOMERS and change >= max(LEAST_CUSTOMERS, LEAST_SHARE * before)


def _first(alert: Alert) -> tuple[bool, int]:
    return not alert.segment.at_risk, -abs(alert.now - alert.before)
