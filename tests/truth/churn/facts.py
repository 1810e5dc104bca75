"""What a release's orders and chances say of who may not order, counted without the code of the tab."""

from __future__ import annotations

import math
from bisect import bisect_right
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from services.serving.release.loaded import Loaded
from tests.truth.facts import Facts

_COSTS = {"contact": 0.8, "offer": 5.0, "success": 0.12, "margin": 0.3}


class ChurnFacts(Facts):
    """The customers of a view of Churn, with the costs that it is asked with.

    Attributes
    ----------
    told : services.releases.overview.churn.Churn
    costs : dict of str to float
    """

    def __init__(self, release: Loaded, search: str) -> None:
        super().__init__(release, search, "segment")
        self.told = release.overview.churn
        self.costs = {name: float(self.query.get(name, [usual])[0]) for name, usual in _COSTS.items()}
        self.entries = [*release.segments, *release.clusters]

    @cached_property
    def chance(self) -> list[float]:
        """Of every customer."""
        return [float(each) for each in self.release.customers["churn"]]

    @cached_property
    def percent(self) -> list[int]:
        """The chance in whole per cent, rounded down from what the list shows."""
        return [math.floor(round(100 * each, 1)) for each in self.chance]

    @cached_property
    def usual(self) -> list[float]:
        """What each customer spends in the horizon, from the orders."""
        spent, first = [0.0] * self.release.count, [date.max] * self.release.count
        for row, at, amount in self.orders:
            spent[row] += amount
            first[row] = min(first[row], at.date())
        seen, horizon = date.fromisoformat(self.told.seen), self.told.horizon
        return [
            max(money, 0.0) * horizon / max((seen - start).days + 1, horizon)
            for money, start in zip(spent, first, strict=True)
        ]

    def loss(self, rows: list[int]) -> float:
        """Sum the expected loss."""
        return sum(self.chance[row] * self.usual[row] for row in rows)

    def profit(self, rows: list[int], success: float | None = None) -> float:
        """Return what contacting is expected to bring."""
        costs = self.costs if success is None else self.costs | {"success": success}
        found = 0.0
        for row in rows:
            won = costs["success"] * (costs["margin"] * self.usual[row] - costs["offer"])
            found += self.chance[row] * won - (1 - self.chance[row]) * costs["offer"] - costs["contact"]
        return found

    def above(self, percent: int) -> list[int]:
        """Return who of the view is at a percentage or more."""
        return [row for row in self.rows.tolist() if self.percent[row] >= percent]

    @cached_property
    def threshold(self) -> int | None:
        """From which percentage contacting brings most, the higher of equal ones; None where none pays."""
        brings = {percent: self.profit(self.above(percent)) for percent in range(101)}
        best = max(brings, key=lambda percent: (round(brings[percent], 9), percent))
        return best if brings[best] > 0 else None

    @cached_property
    def contacted(self) -> list[int]:
        """Whom contacting pays for."""
        return [] if self.threshold is None else self.above(self.threshold)

    @cached_property
    def fifth(self) -> list[int]:
        """The fifth of usual spend of each customer of the release, 1 the least."""
        edges = np.quantile(self.usual, [0.2, 0.4, 0.6, 0.8]).tolist()
        return [bisect_right(edges, each) + 1 for each in self.usual]

    def cell(self, low: int, high: int, fifth: int | None = None) -> list[int]:
        """Return who of the view is in a part of the map; the last band holds 100 per cent, too."""
        bands = {row: min(math.floor(round(100 * self.chance[row], 4)), 99) for row in self.rows.tolist()}
        inside = [row for row, at in bands.items() if low <= at < high]
        return [row for row in inside if fifth is None or self.fifth[row] == fifth]

    @cached_property
    def listed(self) -> list[int]:
        """Who is in the list: whom contacting pays for, or a part of the map."""
        if "band" not in self.query and "fifth" not in self.query:
            return self.contacted
        low, high = map(int, self.query.get("band", ["0-100"])[0].split("-"))
        fifth = self.query.get("fifth", [None])[0]
        return self.cell(low, high, None if fifth is None else int(fifth))

    def group(self, name: str, kind: str) -> list[int]:
        """Return who of the view is in a segment or a cluster; nobody’s group has no name."""
        entries = self.release.segments if kind == "segment" else self.release.clusters
        places = {place for place, each in enumerate(entries) if each.name == name}
        of = np.asarray(self.release.customers[kind])
        return [row for row in self.rows.tolist() if int(of[row]) in places]

    @cached_property
    def days(self) -> list[set[date]]:
        """The days on which each customer ordered."""
        found: list[set[date]] = [set() for _ in range(self.release.count)]
        for row, at, _ in self.orders:
            found[row].add(at.date())
        return found

    def happened(self, day: date) -> tuple[int, int]:
        """Return how many had ordered by the end of a day, and how many of them left after it."""
        known = [own for own in self.days if any(each <= day for each in own)]
        end = day + timedelta(days=self.told.horizon)
        return len(known), sum(not any(day < each <= end for each in own) for own in known)

    @cached_property
    def exact(self) -> bool:
        """Whether no order was taken off later: those were orders still at an earlier day."""
        asked = "SELECT name FROM sqlite_master WHERE name = 'returns'"
        if not self.release.lookup().execute(asked).fetchall():
            return True
        return not self.release.lookup().execute("SELECT 1 FROM returns LIMIT 1").fetchall()
