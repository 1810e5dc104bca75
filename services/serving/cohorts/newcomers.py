"""What brings good customers, and who they are: newcomers of a kind, held against all others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.core.cohorts.matrix import Flags, Orders
from services.core.cohorts.newcomers import Verdict, interval, verdict
from services.releases.overview.newcomers import NewcomerGroup, Newcomers
from services.serving.release.loaded import Loaded
from services.serving.release.once import once

KINDS = ("value", "items", "product", "country")
_OTHERS = 3  # products and countries that are shown though nothing can be told of them
_MOST = 6  # products that are shown


@dataclass(frozen=True)
class Judged:
    """Newcomers of one kind.

    Attributes
    ----------
    group : NewcomerGroup
    verdict : {"more", "less", "cannot tell"}
        Whether they come back more or less often than the rest.
    low, high : float
        95 % interval of the share that came back, 0–1.
    key, value : str
        In an address, the parameter that lists such customers.
    """

    group: NewcomerGroup
    verdict: Verdict
    low: float
    high: float
    key: str
    value: str

    @property
    def share(self) -> float:
        """Who came back, 0–1."""
        return self.group.back / self.group.customers


def judged(told: Newcomers) -> list[Judged]:
    """Return all kinds in the order of ``KINDS``: bands by size, products and countries by share."""
    found = []
    for group in told.groups:
        low, high = interval(group.back, group.customers)
        said = verdict(group.back, group.customers, told.back, told.customers, len(told.groups))
        key, value = (group.kind, group.name or "") if group.name else ("first", _band_key(group))
        found.append(Judged(group, said, low, high, key, value))
    order = {kind: place for place, kind in enumerate(KINDS)}
    return sorted(
        found, key=lambda each: (order[each.group.kind], each.group.name is not None and -each.share)
    )


def shown(found: list[Judged]) -> list[Judged]:
    """Leave of products those that differ from the rest, and of products and countries the largest others."""
    kept = {id(each) for each in found if each.group.name is None}
    for kind in ("product", "country"):
        listed = [each for each in found if each.group.kind == kind]
        told = [each for each in listed if each.verdict != "cannot tell"][:_MOST]
        others = [each for each in listed if each.verdict == "cannot tell"]
        others.sort(key=lambda each: -each.group.customers)
        kept |= {id(each) for each in told + others[:_OTHERS]}
    return [each for each in found if id(each) in kept]


def band_named(release: Loaded, asked: str) -> NewcomerGroup | None:
    """Return the band that an address names ``value-1`` or ``items-0``; None for anything else."""
    told = release.overview.newcomers
    bands = [group for group in told.groups if group.name is None] if told else []
    return next((group for group in bands if _band_key(group) == asked), None)


def first_orders(release: Loaded, orders: Orders, band: NewcomerGroup) -> Flags:
    """Say whose first order is in a band, shape (n,)."""
    values = np.full(release.count, np.nan)
    starts = orders.starts()
    if band.kind == "value":
        values[orders.customer[starts]] = orders.amount[starts]
    else:
        values = release.customers["first_items"].astype(np.float64)
    low = -np.inf if band.low is None else band.low
    high = np.inf if band.high is None else band.high
    fits: Flags = (values >= low) & (values < high)
    return fits


def who_first_bought(release: Loaded, product: str) -> Flags:
    """Say whose first order held a product, shape (n,)."""
    asked = "SELECT customer FROM first_bought WHERE product = ?"
    rows = [row["customer"] for row in release.lookup().execute(asked, (product,))]
    fits = np.zeros(release.count, dtype=bool)
    fits[rows] = True
    return fits


@once
def product_names(release: Loaded) -> dict[str, str]:
    """Return what the products that newcomers are told apart by are called, in sentence case."""
    told = release.overview.newcomers
    codes = [group.name for group in told.groups if group.kind == "product"] if told else []
    asked = f"SELECT product, description FROM products WHERE product IN ({', '.join('?' * len(codes))})"
    rows = release.lookup().execute(asked, codes).fetchall()
    named = {row["product"]: row["description"].capitalize() for row in rows if row["description"]}
    return {code: named.get(code, code) for code in codes if code}


def _band_key(group: NewcomerGroup) -> str:
    return f"{group.kind}-{0 if group.low is None else f'{group.low:g}'}"
