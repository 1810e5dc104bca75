"""What a release's arrays and tables say of one customer, counted without the code of their page."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import NamedTuple
from urllib.parse import parse_qs

import numpy as np

from services.releases.lines import Packed, unpack
from services.serving.release.loaded import Loaded

AXES = ("recency", "frequency", "monetary")


class Order(NamedTuple):
    """One order as ``lookup.sqlite`` keeps it."""

    at: datetime
    invoice: str
    lines: int
    pieces: float | None
    amount: float


class Rules:
    """Where values lead by what a release keeps: cut points, or centres and the scale of their space.

    Parameters
    ----------
    release : Loaded
    """

    def __init__(self, release: Loaded) -> None:
        self.asked = release.manifest.preset_definition["segments"]
        self.scoring, self.centres = release.overview.scoring, np.asarray(release.centres)
        self.logged, self.mean, self.scale = (
            np.asarray(getattr(release.transform, name)) for name in ("logged", "mean", "scale")
        )

    def point(self, values: tuple[float, ...]) -> np.ndarray:
        """Return the point of raw values in the space of the clusters."""
        raw = np.array(values, dtype=float)
        return (np.where(self.logged, np.log(1 + raw), raw) - self.mean) / self.scale

    def distances(self, values: tuple[float, ...]) -> np.ndarray:
        """Return how far raw values are from each centre."""
        return np.linalg.norm(self.centres - self.point(values), axis=1)

    def scores(self, values: tuple[float, ...]) -> tuple[int, ...]:
        """Return the three scores; none where the preset has none."""
        if self.scoring is None:
            return ()
        found = []
        for axis, value in zip(AXES, values, strict=True):
            passed = 1 + sum(edge < value for edge in self.scoring.edges[axis])
            turned = (axis == "recency") != (self.scoring.best == "low")
            found.append(self.scoring.scale + 1 - passed if turned else passed)
        return tuple(found)

    def segment(self, values: tuple[float, ...]) -> int:
        """Return the place of the segment that raw values lead to; −1 for none."""
        kind, groups = self.asked["kind"], self.asked["groups"]
        if kind == "clusters":
            return int(np.argmin(self.distances(values)))
        if kind == "means":
            r, f, m = self.point(values)
            scores: tuple[int, ...] = (1 + (r < -1e-9), 1 + (f > 1e-9), 1 + (m > 1e-9))
        else:
            scores = self.scores(values)
        r, f, m = scores
        if kind == "grid":
            name = self.asked["grid"][r - 1][(f + m + 1) // 2 - 1]
            return [each["id"] for each in groups].index(name)
        for place, each in enumerate(groups):
            if kind == "score":
                fits = 100 * r + 10 * f + m >= (each.get("at_least") or 0)
            else:
                wanted = each.get("when") or {}
                fits = all({"r": r, "f": f, "m": m}[axis] == score for axis, score in wanted.items())
            if fits:
                return place
        return -1


class Person:
    """A customer of a release: ``search`` names the id."""

    def __init__(self, release: Loaded, search: str) -> None:
        self.release, self.id = release, parse_qs(search.lstrip("?"))["id"][0]
        ids = np.asarray(release.customers["customer_id"]).tolist()
        self.row = ids.index(self.id.encode())
        self.entries, self.rules = release.segments, Rules(release)

    def of(self, column: str) -> float:
        """Return what a column holds."""
        return np.asarray(self.release.customers[column])[self.row].item()

    def ask(self, sql: str, *asked: object) -> list[tuple]:
        """Return rows of ``lookup.sqlite``."""
        with closing(self.release.lookup().execute(sql, asked)) as found:
            return [tuple(each) for each in found]

    @cached_property
    def values(self) -> tuple[float, ...]:
        """Recency, frequency and spend as the columns have them."""
        return tuple(self.of(axis) for axis in AXES)

    @cached_property
    def orders(self) -> list[Order]:
        """All orders, oldest first."""
        asked = "SELECT bought_at, invoice, lines, pieces, amount FROM orders WHERE customer = ?"
        found = (Order(datetime.fromisoformat(at), *rest) for at, *rest in self.ask(asked, self.row))
        return sorted(found, key=lambda each: (each.at, each.invoice))

    @cached_property
    def lines(self) -> Packed:
        """What the orders hold, and what returns took of it."""
        return unpack(self.ask("SELECT held FROM lines WHERE customer = ?", self.row)[0][0])

    @cached_property
    def counted(self) -> tuple[float, ...]:
        """Recency, frequency and spend, counted from the orders where there are any."""
        if not self.orders:
            return self.values
        lines = self.release.overview.axes["frequency"].unit == "lines"
        return (
            (self.release.manifest.as_of - self.orders[-1].at).days,
            sum(each.lines for each in self.orders) if lines else len(self.orders),
            sum(each.amount for each in self.orders),
        )

    @cached_property
    def first(self) -> datetime:
        """The first order."""
        return min(each.at for each in self.orders)

    @cached_property
    def last(self) -> datetime:
        """The last order."""
        return max(each.at for each in self.orders) if self.orders else self.of("last_purchase")

    @cached_property
    def group(self) -> str:
        """The segment's name, by the customer's values."""
        return self.named(self.rules.segment(self.values))

    def named(self, place: int) -> str:
        """Return a segment's name."""
        return self.entries[place].name if place >= 0 else "no segment"

    @cached_property
    def usual(self) -> float:
        """The usual order's value."""
        if self.orders:
            return median(each.amount for each in self.orders)
        return self.values[2] / max(self.of("orders"), 1)

    @cached_property
    def falls(self) -> list[tuple[int, str]]:
        """Recency from which waiting leads to another segment, and which: day by day."""
        start, rest = int(self.values[0]), self.values[1:]
        found, here = [], self.rules.segment(self.values)
        for day in range(start, int(self.release.overview.axes["recency"].max) + 2):
            if (there := self.rules.segment((day, *rest))) != here:
                found.append((day, self.named(there)))
                here = there
        return found

    def day_of(self, recency: int) -> datetime:
        """Return when the last order is so many days ago."""
        return self.last + timedelta(days=recency)

    def after(self, amount: float) -> str:
        """Return the segment that an order of an amount leads to."""
        lines = self.release.overview.axes["frequency"].unit == "lines"
        more = median(each.lines for each in self.orders) if lines and self.orders else 1
        return self.named(self.rules.segment((0, self.values[1] + more, self.values[2] + amount)))

    @cached_property
    def gaps(self) -> list[tuple[str, int]]:
        """Day on which a gap ended, and its days; orders of one day are one."""
        days = sorted({each.at.date() for each in self.orders})
        return [(until.isoformat(), (until - since).days) for since, until in pairwise(days)]

    @cached_property
    def months(self) -> list[tuple[str, float]]:
        """Each month from the first order to the end of the data, and what was spent in it."""
        spent: Counter[str] = Counter()
        for each in self.orders:
            spent[f"{each.at:%Y-%m}"] += each.amount  # type: ignore[assignment]
        year, month, told = self.first.year, self.first.month, []
        end = self.release.manifest.data_to
        while (year, month) <= (end.year, end.month):
            told.append((f"{year}-{month:02}", float(spent[f"{year}-{month:02}"])))
            year, month = year + month // 12, month % 12 + 1
        return told

    @cached_property
    def back(self) -> list[tuple]:
        """All returns: invoice, moment, lines, pieces, amount, taken; oldest first."""
        if not self.ask("SELECT 1 FROM sqlite_master WHERE name = 'returns'"):
            return []
        asked = "SELECT invoice, returned_at, lines, pieces, amount, taken FROM returns WHERE customer = ?"
        return sorted(self.ask(asked, self.row), key=lambda each: (each[1], each[0]))

    @cached_property
    def favourites(self) -> list[tuple]:
        """Code, name, orders, pieces and money of the products ordered most often."""
        asked = (
            "SELECT product, (SELECT description FROM products AS p WHERE p.product = f.product), "
            "orders, pieces, amount FROM favourites AS f WHERE customer = ? ORDER BY place"
        )
        return [(code, name or code, *rest) for code, name, *rest in self.ask(asked, self.row)]

    @cached_property
    def away(self) -> np.ndarray:
        """How far everybody is from this customer in the space of the clusters."""
        raw = np.stack([np.asarray(self.release.customers[axis], dtype=float) for axis in AXES], axis=1)
        rules = self.rules
        points = (np.where(rules.logged, np.log(1 + raw), raw) - rules.mean) / rules.scale
        away = np.linalg.norm(points - rules.point(self.values), axis=1)
        away[self.row] = np.inf
        return away
