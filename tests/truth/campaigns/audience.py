"""What a release's arrays and orders say of an audience, counted without the code of Campaigns."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import parse_qs

import numpy as np
from scipy.stats import norm, t

from services.serving.release.loaded import Loaded
from tests.truth.facts import Facts

DAY = timedelta(days=1)
Z95, Z80 = float(norm.ppf(0.975)), float(norm.ppf(0.8))


class Period(NamedTuple):
    """A period that is over: who had bought before it, where they stood, how they weigh, what they spent."""

    start: datetime
    end: datetime
    rows: np.ndarray
    weight: np.ndarray
    spent: np.ndarray
    before: np.ndarray


class Trial(NamedTuple):
    """Whom trials draw from: spend in a period and before it, chances, whether the spend before counts."""

    spent: np.ndarray
    before: np.ndarray
    chance: np.ndarray
    adjust: bool


class Audience:
    """The audience that a query names: its customers, its days, its groups.

    Parameters
    ----------
    release : Loaded
    search : str
        ``share``, a view's filters and either ``days``, or ``start`` and ``end`` as days before the last one.
    """

    def __init__(self, release: Loaded, search: str) -> None:
        asked = parse_qs(search.lstrip("?"))
        self.release, self.entries = release, release.segments
        self.share = int(asked["share"][0]) / 100
        self.ids = [each.decode() for each in np.asarray(release.customers["customer_id"]).tolist()]
        view = Facts(release, search, "segment")
        out = [self.ids.index(each) for each in asked.get("out", [])]
        self.facts, self.named = view, asked.get("segment", [None])[0]
        self.rows = np.array([row for row in view.rows.tolist() if row not in out], dtype=int)
        self.out = len(view.rows) - len(self.rows)
        self.last = release.manifest.data_to.date()
        self.starts, self.ends = self.last, self.last
        if "days" in asked:
            self.days = int(asked["days"][0])
        else:
            self.starts, self.ends = (self.last - int(asked[name][0]) * DAY for name in ("start", "end"))
            self.days = (self.ends - self.starts).days + 1

    @cached_property
    def held(self) -> np.ndarray:
        """Who is held out: whose keyed hash, as a number between 0 and 1, is below the share."""
        key = blake2b(b"spring", digest_size=32).digest()
        drawn = [blake2b(self.ids[row].encode(), key=key, digest_size=8).digest() for row in self.rows]
        return np.array([int.from_bytes(each) / 2**64 < self.share for each in drawn], dtype=bool)

    @cached_property
    def sizes(self) -> tuple[int, int]:
        """Customers of the campaign group and of the holdout."""
        return int((~self.held).sum()), int(self.held.sum())

    def spent(self, start: datetime | date, end: datetime | date) -> dict[int, float]:
        """Return who ordered from ``start`` until before ``end``, and for how much."""
        first, last = (
            each if isinstance(each, datetime) else datetime.combine(each, datetime.min.time())
            for each in (start, end)
        )
        found: dict[int, float] = {}
        for row, at, amount in self.facts.orders:
            if first <= at < last:
                found[row] = found.get(row, 0.0) + amount
        return found

    @cached_property
    def moments(self) -> list[datetime]:
        """When the release's snapshots were taken; the last is the release itself."""
        return [datetime.fromisoformat(each.as_of) for each in self.release.overview.snapshots]

    def _since(self, start: datetime, end: datetime) -> Period:
        place = self.moments.index(start)
        column = self.release.customers
        rows = np.flatnonzero(np.asarray(column["snapshot_frequency"])[:, place])
        then = np.asarray(column["snapshot_segment"])[rows, place]
        now = np.asarray(column["segment"])[self.rows]
        weight = np.array([(now == each).sum() / (then == each).sum() for each in then])
        within, before = self.spent(start, end), self.spent(datetime.min, start)
        spent, earlier = (
            np.array([each.get(row, 0.0) for row in rows.tolist()]) for each in (within, before)
        )
        return Period(start, end, rows, weight, spent, earlier)

    def past(self, until: datetime | None = None) -> Period | None:
        """Return the last period of so many days that begins at a snapshot, the first where none fits."""
        end = min(self.moments[-1], until) if until else self.moments[-1]
        moments = [each for each in self.moments[:-1] if each < end]
        if not moments:
            return None
        length = timedelta(days=self.days)
        start = max((each for each in moments if each + length <= end), default=moments[0])
        return self._since(start, min(start + length, end))

    def worth(self) -> tuple[tuple[float, ...], tuple[float, ...], int] | None:
        """Return spend without a campaign and the worth of a point, each with its ends, and the periods."""
        end, length, known = self.moments[-1], timedelta(days=self.days), []
        for moment in reversed(self.moments[:-1]):
            if moment + length <= end:
                known.insert(0, self._since(moment, moment + length))
                end = moment
        means, buyers, deviation = [], [], 0.0
        for each in known:
            like = each.weight > 0
            spent, weight = each.spent[like], each.weight[like]
            if len(spent) < 20 or not (spent > 0).any():
                continue
            mean = float(np.average(spent, weights=weight))
            means.append(mean)
            bought = spent > 0
            buyers.append(float(np.average(cut(spent)[0][bought], weights=weight[bought])))
            deviation = math.sqrt(np.average((spent - mean) ** 2, weights=weight)) / mean
        size = len(self.rows)
        revenue = _walk(means, deviation / math.sqrt(size))
        point = _walk(buyers, 0.0)
        if revenue is None or point is None:
            return None
        further = 0.01 * (1 - self.share) * size
        return tuple(size * each for each in revenue), tuple(further * each for each in point), len(means)

    def pool(self) -> Trial | None:
        """Return whom trials draw from: those who stood earlier where the audience stands now."""
        past = self.past()
        if past is None or not past.weight.any():
            return None
        like = past.weight > 0
        chance = past.weight[like] / past.weight.sum()
        return Trial(past.spent[like], past.before[like], chance, narrows(past))


def _walk(series: list[float], spread: float) -> tuple[float, ...] | None:
    """Expect what was last, give or take what changed from one period to the next."""
    if len(series) < 5 or min(series) <= 0:
        return None
    steps = [math.log(after / before) for before, after in pairwise(series)]
    deviation = math.sqrt(sum(each**2 for each in steps) / len(steps) + spread**2)
    reach = float(t.ppf(0.975, len(steps))) * deviation
    last = series[-1]
    return None if reach > math.log(10) else (last, last * math.exp(-reach), last * math.exp(reach))


def cut(spent: np.ndarray) -> tuple[np.ndarray, float]:
    """Return what counts: no more than the largest sum outside the top twentieth of buyers."""
    buyers = int((spent > 0).sum())
    most = float(sorted(spent, reverse=True)[buyers // 20])
    return np.minimum(spent, most), most


def narrows(past: Period) -> bool:
    """Whether spend before the period says enough of the spend within it."""
    counts = cut(past.spent)[0]
    if len(counts) < 2 or not counts.std() or not past.before.std():
        return False
    r = float(np.corrcoef(counts, np.sqrt(past.before))[0, 1])
    return math.sqrt(1 - r**2) < 0.98


def enough(buyers: tuple[int, int], sizes: tuple[int, int], *, rate: bool) -> bool:
    """Whether groups bear a verdict: twenty customers each, five expected buyers, of a rate others too."""
    both = sum(buyers) / sum(sizes)
    expected = min(both, 1 - both) if rate else both
    return min(sizes) >= 20 and expected * min(sizes) >= 5


def newcombe(buyers: tuple[Any, Any], sizes: tuple[int, int]) -> tuple[Any, Any, Any]:
    """Return the difference of two rates and its 95 % interval, by the roots of Wilson's equation."""
    rates, ends = [], []
    for count, size in zip(buyers, sizes, strict=True):
        rate, a = count / size, 1 + Z95**2 / size
        b, c = -2 * rate - Z95**2 / size, rate**2
        root = np.sqrt(np.maximum(b * b - 4 * a * c, 0))
        ends.append(((-b - root) / (2 * a), (-b + root) / (2 * a)))
        rates.append(rate)
    difference = rates[0] - rates[1]
    low = difference - np.hypot(rates[0] - ends[0][0], ends[1][1] - rates[1])
    return difference, low, difference + np.hypot(ends[0][1] - rates[0], rates[1] - ends[1][0])


def power_of_rate(base: float, more: float, sizes: tuple[int, int]) -> float:
    """Return how often a campaign that lifts a rate by so much gets the verdict that it worked."""
    if min(sizes) < 20:
        return 0.0
    random = np.random.default_rng(5)
    drawn = (
        random.binomial(sizes[0], min(base + more, 1.0), 4_000),
        random.binomial(sizes[1], base, 4_000),
    )
    both = (drawn[0] + drawn[1]) / sum(sizes)
    fit = np.minimum(both, 1 - both) * min(sizes) >= 5
    return float((fit & (newcombe(drawn, sizes)[1] > 0)).mean())
