"""What a release's orders say of cohorts, counted without the code of the tab."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from services.serving.release.loaded import Loaded
from tests.truth.facts import Facts

Order = tuple[date, float]


def begin(day: date, every: str) -> date:
    """Return the first day of a day's period."""
    if every == "week":
        return day - timedelta(days=day.weekday())
    return date(day.year, day.month if every == "month" else 3 * ((day.month - 1) // 3) + 1, 1)


def after(first: date, every: str, steps: int = 1) -> date:
    """Return the first day of the period so many later."""
    if every == "week":
        return first + timedelta(days=7 * steps)
    months = first.month - 1 + steps * (1 if every == "month" else 3)
    return date(first.year + months // 12, months % 12 + 1, 1)


class CohortFacts(Facts):
    """Customers of a view of Cohorts, by the period of their first order."""

    def __init__(self, release: Loaded, search: str) -> None:
        super().__init__(release, search, "segment")
        self.every = self.query.get("every", ["month"])[0]
        self.show = self.query.get("show", ["share"])[0]

    @cached_property
    def own(self) -> dict[int, list[Order]]:
        """The orders of each customer of the view, in order of time."""
        wanted = set(self.rows.tolist())
        found: dict[int, list[Order]] = {}
        for row, at, amount in sorted(self.orders, key=lambda each: each[1]):
            if row in wanted:
                found.setdefault(row, []).append((at.date(), amount))
        return found

    @cached_property
    def first(self) -> dict[int, date]:
        """The period of each customer's first order."""
        return {row: begin(orders[0][0], self.every) for row, orders in self.own.items()}

    @cached_property
    def start(self) -> date:
        """The release's first period, whoever the view is of."""
        return begin(min(at for _, at, _ in self.orders).date(), self.every)

    @cached_property
    def last(self) -> date:
        """The last day of the data."""
        return self.release.manifest.data_to.date()

    def cohort(self, first: date) -> list[int]:
        """Return whose first order was in the period that begins on a day."""
        return [row for row, own in self.first.items() if own == first]

    def cell(self, first: date, since: int) -> tuple[int, int, int, float]:
        """Return a cohort's size, and in its period so much later: who ordered, orders, and their money."""
        low, high = after(first, self.every, since), after(first, self.every, since + 1)
        rows = self.cohort(first)
        held = [[each for each in self.own[row] if low <= each[0] < high] for row in rows]
        orders = [each for own in held for each in own]
        return len(rows), sum(map(bool, held)), len(orders), sum(amount for _, amount in orders)

    def spent_until(self, first: date, since: int) -> float:
        """Return what a cohort had spent by the end of its period so much later."""
        end = after(first, self.every, since + 1)
        return sum(money for row in self.cohort(first) for day, money in self.own[row] if day < end)

    def by_size(self) -> list[float]:
        """Return what each customer of the release spent, the most first."""
        return sorted(np.asarray(self.release.customers["monetary"]).tolist(), reverse=True)

    @cached_property
    def newcomers(self) -> dict[int, bool]:
        """Who first ordered after the file’s first month, 90 days or more ago, and who came back."""
        start = after(begin(self.start, "month"), "month")
        until = max(at for _, at, _ in self.orders).date() - timedelta(days=90)
        found = {}
        for row, orders in self.own.items():
            day = orders[0][0]
            if start <= day <= until:
                found[row] = any(day < each <= day + timedelta(days=90) for each, _ in orders)
        return found

    def days_known(self, first: date) -> tuple[int, int]:
        """Return how many days of a period the data knows, and how many it has."""
        length = (
            7
            if self.every == "week"
            else sum(
                monthrange(month.year, month.month)[1]
                for month in (after(first, "month", at) for at in range(1 if self.every == "month" else 3))
            )
        )
        return (self.last - first).days + 1, length
