"""What a release's arrays say, counted without the code that the tabs count with."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from functools import cached_property
from statistics import median
from urllib.parse import parse_qs

import numpy as np

from services.serving.release.loaded import Loaded


class Facts:
    """A view of a release: its customers, group by group.

    Parameters
    ----------
    release : Loaded
    search : str
        The view's query.
    kind : {"segment", "cluster"} or None
        What its groups are; the query's where absent.

    Attributes
    ----------
    where : str
        The card whose sentence is looked at.
    """

    where = ""

    def __init__(self, release: Loaded, search: str, kind: str | None = None) -> None:
        self.release, self.query = release, parse_qs(search.lstrip("?"))
        asked = self.query.get("group", ["segment"])[0]
        self.kind = kind or (asked if release.segments else "cluster")
        self.entries = release.segments if self.kind == "segment" else release.clusters
        self.rows = np.flatnonzero(self._fits())

    def _fits(self) -> np.ndarray:
        column, fits = self.release.customers, np.ones(self.release.count, dtype=bool)
        for name, (axis, end) in {"r_max": ("recency", 1), "m_min": ("monetary", -1)}.items():
            if name in self.query:
                fits &= end * np.asarray(column[axis]) <= end * float(self.query[name][0])
        if "segment" in self.query:
            ids = [each.id for each in self.release.segments]
            fits &= np.asarray(column["segment"]) == ids.index(self.query["segment"][0])
        if "of" in self.query:
            ids = [each.id for each in self.entries]
            fits &= np.asarray(column[self.kind]) == ids.index(self.query["of"][0])
        if "country" in self.query:
            names = [each.name for each in self.release.overview.countries]
            fits &= np.asarray(column["country"]) == names.index(self.query["country"][0])
        return fits

    def values(self, axis: str, name: str | None = None) -> list[float]:
        """Return an axis's values of the view, or of the group that is called ``name``."""
        rows = self.rows if name is None else self.members(name)
        return np.asarray(self.release.customers[axis])[rows].tolist()

    def members(self, name: str) -> np.ndarray:
        """Return the rows of a group; several of one name are one."""
        places = [place for place, each in enumerate(self.entries) if each.name == name]
        return self.rows[np.isin(np.asarray(self.release.customers[self.kind])[self.rows], places)]

    @cached_property
    def names(self) -> list[str]:
        """Names of the groups with customers."""
        return [each.name for each in self.entries if len(self.members(each.name))]

    def median(self, axis: str, name: str | None = None) -> float:
        """Return the median of an axis."""
        return float(median(self.values(axis, name)))

    def spent(self, name: str | None = None) -> float:
        """Return the money of the view or of a group."""
        return round(float(sum(self.values("monetary", name))), 4)

    def risky(self) -> list[str]:
        """Names of the groups at risk that have customers."""
        marked = {each.name for each in self.entries if each.at_risk}
        return [name for name in self.names if name in marked]

    @cached_property
    def end(self) -> datetime:
        """The moment that windows end before."""
        manifest = self.release.manifest
        late = manifest.as_of == manifest.data_to + timedelta(days=1)
        return manifest.data_to + timedelta(seconds=1) if late else manifest.as_of

    @cached_property
    def orders(self) -> list[tuple[int, datetime, float]]:
        """Customer's row, moment and money of every order."""
        told = "SELECT customer, bought_at, amount FROM orders"
        with closing(self.release.lookup().execute(told)) as found:
            return [(row, datetime.fromisoformat(at), amount) for row, at, amount in found]

    def within(self, start: int, until: int = 0) -> list[tuple[int, datetime, float]]:
        """Return the orders from ``start`` days before the end until ``until`` days before it."""
        first, last = self.end - timedelta(days=start), self.end - timedelta(days=until)
        return [each for each in self.orders if first <= each[1] < last]
