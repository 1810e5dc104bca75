"""Whether figures that stand in several places are one: of the API, the commands and the arrays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from services.serving.lists.filters import Filters
from services.serving.release.loaded import Loaded
from services.serving.release.provenance import provenance
from services.serving.segments.view import view


def uneven(release: Loaded) -> list[str]:
    """Return a line for each figure that is not what it is elsewhere."""
    return [
        f"{what}: {one!r} and {other!r}"
        for what, one, other in _pairs(release)
        if other != pytest.approx(one, abs=0.01)
    ]


def _pairs(release: Loaded) -> Iterator[tuple[str, float, float]]:
    column, overview, manifest = release.customers, release.overview, release.manifest
    spent = np.asarray(column["monetary"])
    now, data = overview.snapshots[-1], provenance(release, manifest.data_to.date(), "Europe/London")
    yield "customers of manifest and rows", manifest.customers, release.count
    yield "customers of snapshot and rows", now.customers, release.count
    for what, value in (
        ("snapshot", now.revenue), ("Data", data.revenue), ("manifest", float(manifest.revenue)),
        ("clusters", sum(each.revenue for each in release.clusters)),
    ):  # fmt: skip
        yield f"revenue of {what} and rows", value, float(spent.sum())
    for kind, entries in (("segment", release.segments), ("cluster", release.clusters)):
        shown = view(release, Filters(), "segment" if kind == "segment" else "cluster").groups
        label = np.asarray(column[kind])
        for place, entry in enumerate(entries):
            inside = label == place
            yield f"customers of {entry.id}", entry.customers, int(inside.sum())
            yield f"customers of {entry.id} on Segments", shown[place].customers, entry.customers
            yield f"revenue of {entry.id}", entry.revenue, float(spent[inside].sum())
            if inside.any():
                median = float(np.median(spent[inside]))
                yield f"median spend of {entry.id}", float(entry.median_monetary or 0), median
                yield f"median spend of {entry.id} on Segments", shown[place].medians["monetary"], median
    known = np.asarray(column["country"]) >= 0
    if overview.countries:
        yield "countries", sum(each.customers for each in overview.countries), int(known.sum())
        yield (
            "money of countries",
            sum(each.revenue for each in overview.countries),
            float(spent[known].sum()),
        )
    if overview.grid:
        yield "cells of the map", sum(each.customers for each in overview.grid.cells), release.count
    with closing(release.lookup().execute("SELECT count(*), sum(amount) FROM orders")) as found:
        orders, amount = found.fetchone()
    if overview.glance.months:
        yield "orders by month", sum(each.orders for each in overview.glance.months), orders
        yield "orders of Data", data.orders, orders
        yield "money of orders", amount, float(spent.sum())
