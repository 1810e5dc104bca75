"""Which segments grew or shrank notably since the snapshot that the screens compare with."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from services.core.findings import has_changed
from services.releases.overview.groups import Segment
from services.serving.lists.filters import Filters
from services.serving.release.loaded import Loaded
from services.serving.segments.change import sizes_before
from services.serving.segments.windows import Windows, windows_of

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


@dataclass(frozen=True)
class Changes:
    """What changed since the snapshot compared with.

    Attributes
    ----------
    notable : list of Alert
        Segments at risk first, then the largest in customers.
    by_chance : bool
        Whether others changed as much, but no more than customers come and go.
    small : list of str
        Names of segments with customers, but too few to be judged.
    windows : Windows or None
        Of everybody.
    """

    notable: list[Alert] = field(default_factory=list)
    by_chance: bool = False
    small: list[str] = field(default_factory=list)
    windows: Windows | None = None


def changes_of(release: Loaded) -> Changes:
    """Return the most notable changes of a release.

    A change is notable from 10 % and 20 customers on, of a segment that had 20 customers before, if more
    customers came to it than left it, or the reverse, than chance would have it.

    Parameters
    ----------
    release : Loaded
    """
    overview = release.overview
    windows = windows_of(release, np.arange(release.count))
    sizes = sizes_before(release, Filters())
    if sizes is None or overview.previous is None:
        return Changes(windows=windows)
    then, now = release.customers["snapshot_segment"][:, overview.previous], release.customers["segment"]
    large, found, small = 0, [], []
    for place, segment in enumerate(overview.segments):
        before = int(sizes[place])
        if before < LEAST_CUSTOMERS:
            small += [segment.name] * bool(before or segment.customers)
        elif _large(before, segment.customers):
            large += 1
            came = int(((now == place) & (then != place)).sum())
            left = int(((then == place) & (now != place)).sum())
            if has_changed(came, left, len(overview.segments)):
                found.append(Alert(segment, before, segment.customers))
    return Changes(sorted(found, key=_first)[:MOST], large > len(found), small, windows)


def _large(before: int, now: int) -> bool:
    return abs(now - before) >= max(LEAST_CUSTOMERS, LEAST_SHARE * before)


def _first(alert: Alert) -> tuple[bool, int]:
    return not alert.segment.at_risk, -abs(alert.now - alert.before)
