"""Everything the customer page shows of one customer, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from services.core.outlook import without_order
from services.core.rhythm import Due, Gap, due, gaps_between
from services.serving import customers
from services.serving.customers import Favourite, Order, Profile
from services.serving.loaded import Loaded

SNAPSHOTS_SHOWN = 12


@dataclass(frozen=True)
class Turn:
    """A change of segment that not ordering brings, and its day."""

    on: date
    recency: int
    segment: dict[str, Any] | None


@dataclass(frozen=True)
class Standing:
    """Who a customer is and what to expect: the head of the page.

    Attributes
    ----------
    profile : Profile
    scale : int or None
        Highest score; None where the preset has none.
    best : {"high", "low"} or None
        Which end of the scale is best.
    turns : list of Turn
        In time; empty when waiting changes nothing any more, or the preset has no scores.
    due : Due or None
        None with fewer than four days with an order.
    days_with_orders : int
    span_days : int
        From the first order to the reference date.
    """

    profile: Profile
    scale: int | None
    best: str | None
    turns: list[Turn]
    due: Due | None
    days_with_orders: int
    span_days: int


@dataclass(frozen=True)
class Similar:
    """A customer near this one, and how far in the standardised space."""

    profile: Profile
    distance: float


@dataclass(frozen=True)
class Details:
    """The cards of the page.

    Attributes
    ----------
    orders : list of Order
        Oldest first.
    months : list of (str, float)
        ``2011-11`` and what was spent, without holes, from the first order to the data's end.
    gaps : list of Gap
    favourites : list of Favourite
    median_order, segment_median : float or None
        Of this customer's orders; of the spend per order among the segment's customers.
    history : list of (str, dict or None)
        The last snapshots' moments with the customer's segment then, None before the first order.
    similar : list of Similar
    """

    orders: list[Order]
    months: list[tuple[str, float]]
    gaps: list[Gap]
    favourites: list[Favourite]
    median_order: float
    segment_median: float
    history: list[tuple[str, dict[str, Any] | None]]
    similar: list[Similar]


def standing(release: Loaded, profile: Profile) -> Standing:
    """Return the head of a customer's page."""
    orders = customers.orders(release, profile.row)
    gaps = gaps_between([order.bought_at for order in orders])
    scale = release.scale
    falls = without_order(scale, release.preset.segments, profile.values) if scale else []
    return Standing(
        profile=profile,
        scale=scale.classes if scale else None,
        best=scale.best if scale else None,
        turns=[
            Turn(
                (profile.last_purchase + timedelta(days=fall.recency)).date(),
                fall.recency,
                release.segments[fall.segment] if fall.segment >= 0 else None,
            )
            for fall in falls
        ],
        due=due(gaps),
        days_with_orders=len(gaps) + 1,
        span_days=(release.manifest.as_of - profile.first_purchase).days,
    )


def details(release: Loaded, profile: Profile) -> Details:
    """Return the cards of a customer's page."""
    orders = customers.orders(release, profile.row)
    return Details(
        orders=orders,
        months=_months(orders, release.manifest.data_to),
        gaps=gaps_between([order.bought_at for order in orders]),
        favourites=customers.favourites(release, profile.row),
        median_order=float(np.median([order.amount for order in orders])),
        segment_median=_segment_median(release, profile),
        history=_history(release, profile),
        similar=[
            Similar(customers.at(release, each.row), each.distance)
            for each in customers.similar(release, profile)
        ],
    )


def _months(orders: list[Order], end: datetime) -> list[tuple[str, float]]:
    spent: dict[str, float] = {}
    year, month = orders[0].bought_at.year, orders[0].bought_at.month
    while (year, month) <= (end.year, end.month):
        spent[f"{year}-{month:02}"] = 0.0
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for order in orders:
        spent[f"{order.bought_at:%Y-%m}"] += order.amount
    return list(spent.items())


def _segment_median(release: Loaded, profile: Profile) -> float:
    column = release.customers
    alike = np.asarray(column["segment"]) == column["segment"][profile.row]
    return float(np.median(column["monetary"][alike] / column["orders"][alike]))


def _history(release: Loaded, profile: Profile) -> list[tuple[str, dict[str, Any] | None]]:
    row = release.customers["snapshot_segment"][profile.row]
    moments = [snapshot["as_of"] for snapshot in release.overview["snapshots"]]
    # The comparison 30 days ago is no month's end, unless it is the release's only past.
    compared = release.overview["previous"]
    ends = [place for place in range(len(moments)) if place != compared or len(moments) <= 2]
    shown = ends[-SNAPSHOTS_SHOWN:]
    return [
        (moments[place], release.segments[int(row[place])] if row[place] >= 0 else None) for place in shown
    ]
