"""Everything the customer page shows of one customer, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

import numpy as np

from services.core.clusters.crossing import Crossing
from services.core.rfm.gaps import Gap, gaps_between, usual_gap
from services.core.rfm.outlook import with_order, without_order
from services.core.vocabulary import AXES, Axis
from services.releases.overview.groups import Cluster, Segment
from services.serving.customers import orders as customer_orders
from services.serving.customers import profile as customers
from services.serving.customers.churn import OwnChurn, own_churn
from services.serving.customers.churn import why_none as why_no_churn
from services.serving.customers.lines import TakenFrom, keeps_lines, taken_by_return
from services.serving.customers.orders import Favourite, Order
from services.serving.customers.profile import Profile
from services.serving.customers.returns import Return, returns
from services.serving.customers.rhythm import OwnRhythm, own_rhythm, why_none
from services.serving.movement.moments import last_day, steps, why_not
from services.serving.predictions.crossings import far_from_usual, smallest_changes
from services.serving.predictions.what_if import tracks
from services.serving.release.loaded import Loaded
from services.serving.release.once import once

SNAPSHOTS_SHOWN = 12


@dataclass(frozen=True)
class Turn:
    """A change of segment that not ordering brings, and its day."""

    on: date
    recency: int
    segment: Segment | None


@dataclass(frozen=True)
class Habits:
    """How a customer orders: what the head of the page and its cards both begin with.

    Attributes
    ----------
    profile : Profile
    orders : list of Order
        Oldest first; empty where the release was made from a table of customers.
    unit : {"orders", "lines"}
        What frequency counts.
    turns : list of Turn
        In time; empty when waiting changes nothing any more.
    usual_order : float
        Median of the orders; the mean where only their sum is known.
    gaps : list of Gap
    """

    profile: Profile
    orders: list[Order]
    unit: str
    turns: list[Turn]
    usual_order: float
    gaps: list[Gap]


@dataclass(frozen=True)
class Standing(Habits):
    """Who a customer is and what to expect: the head of the page.

    Attributes
    ----------
    scale : int or None
        Highest score; None where the preset has none.
    best : {"high", "low"} or None
        Which end of the scale is best.
    as_of : datetime
        The moment all figures are seen from.
    after : dict or None
        The segment that an order of that size leads to.
    any_order_keeps : bool
        Whether an order of any size leads to the segment the customer is in; False where it depends.
    usual_gap : float or None
        Days; None with fewer than four days with an order.
    rhythm : OwnRhythm or None
    no_rhythm : str
        Why the release knows nobody's rhythm, in a sentence; empty where it does.
    churn : OwnChurn or None
    no_churn : str
        Why the release gives no chance to leave, in a sentence; empty where it does.
    looked : int or None
        Longest wait in days for which ``turns`` were looked for; None where none can come after it.
    """

    scale: int | None
    best: str | None
    as_of: datetime
    after: Segment | None
    any_order_keeps: bool
    usual_gap: float | None
    rhythm: OwnRhythm | None
    no_rhythm: str
    churn: OwnChurn | None
    no_churn: str
    looked: int | None


@dataclass(frozen=True)
class Similar:
    """A customer near this one, and how far in the standardised space."""

    row: int
    customer_id: str
    segment: int
    values: dict[Axis, float]
    distance: float


@dataclass(frozen=True)
class Details:
    """The cards of the page.

    Attributes
    ----------
    months : list of (str, float)
        ``2011-11`` and what was spent, without holes, from the first order to the data's end.
    favourites : list of Favourite
    returns : list of Return
        Oldest first.
    taken : dict of str to list of TakenFrom
        What each return took off which orders.
    opens : bool
        Whether the release has the lines of orders.
    segment_order : float
        Median, over the customers of the segment, of the spend an order.
    history : list of (str, int, str or None)
        The last day of each snapshot, the segment then as an index, −1 before the first order, and why it is
        another one than at the snapshot before, a cause of ``services.core.rfm.movement.CAUSES``.
    similar : list of Similar
    second : dict or None
        The second nearest cluster; None where there is one only.
    far : list of axis
        Where the customer is an outlier.
    crossings : list of Crossing
        The smallest changes that lead to another cluster: for the better, for the worse.
    """

    months: list[tuple[str, float]]
    favourites: list[Favourite]
    returns: list[Return]
    taken: dict[str, list[TakenFrom]]
    opens: bool
    segment_order: float
    history: list[tuple[str, int, str | None]]
    similar: list[Similar]
    second: Cluster | None
    far: list[Axis]
    crossings: list[Crossing]


def habits(release: Loaded, profile: Profile) -> Habits:
    """Return how a customer orders."""
    orders = customer_orders.orders(release, profile.row)
    falls = without_order(release.segmentation, profile.values, int(release.overview.axes["recency"].max) + 1)
    turns = [
        Turn(
            (profile.last_purchase + timedelta(days=fall.recency)).date(),
            fall.recency,
            _segment(release, fall.segment),
        )
        for fall in falls
    ]
    usual = median([order.amount for order in orders]) if orders else _mean_order(profile)
    gaps = gaps_between([order.bought_at for order in orders])
    return Habits(profile, orders, release.preset.rfm.frequency, turns, usual, gaps)


def standing(release: Loaded, profile: Profile) -> Standing:
    """Return the head of a customer's page."""
    known = habits(release, profile)
    lines = known.unit == "lines"
    added = median([order.lines for order in known.orders]) if known.orders and lines else 1
    after = with_order(release.segmentation, profile.values, known.usual_order, added)
    scale = release.scale
    return Standing(
        **vars(known),
        scale=scale.classes if scale else None,
        best=scale.best if scale else None,
        as_of=release.manifest.as_of,
        after=_segment(release, after),
        any_order_keeps=not lines and _any_order_keeps(release, profile),
        usual_gap=usual_gap(known.gaps),
        rhythm=own_rhythm(release, profile.row),
        no_rhythm=why_none(release),
        churn=own_churn(release, profile.row),
        no_churn=why_no_churn(release),
        # cut points lie among the days that training saw; borders of clusters need not
        looked=int(release.overview.axes["recency"].max)
        if release.preset.segments.kind == "clusters"
        else None,
    )


def details(release: Loaded, shown: Habits) -> Details:
    """Return the cards of a customer's page."""
    profile = shown.profile
    column = release.customers
    return Details(
        months=_months(shown.orders, release.manifest.data_to),
        favourites=customer_orders.favourites(release, profile.row),
        returns=returns(release, profile.row),
        taken=taken_by_return(release, profile.row),
        opens=keeps_lines(release),
        segment_order=_segment_orders(release)[int(column["segment"][profile.row])],
        history=_history(release, profile.row),
        similar=[
            Similar(
                each.row,
                release.id_of(each.row),
                int(column["segment"][each.row]),
                {axis: column[axis][each.row].item() for axis in AXES},
                each.distance,
            )
            for each in customers.similar(release, profile)
        ],
        second=release.clusters[int(column["second_cluster"][profile.row])]
        if len(release.clusters) > 1
        else None,
        far=far_from_usual(release, profile.values),
        crossings=smallest_changes(release, profile.values),
    )


def _segment(release: Loaded, index: int) -> Segment | None:
    return release.segments[index] if index >= 0 else None


def _any_order_keeps(release: Loaded, profile: Profile) -> bool:
    """Look along the spend, from today's up, with one order more and none of the days waited."""
    here = int(release.customers["segment"][profile.row])
    values = profile.values
    ordered: dict[Axis, float] = {
        "recency": 0.0,
        "frequency": values["frequency"] + 1,
        "monetary": values["monetary"],
    }
    parts = tracks(release, ordered)["monetary"]
    return all(part.segment == here for part in parts if part.last >= values["monetary"])


def _mean_order(profile: Profile) -> float:
    return profile.values["monetary"] / max(profile.orders, 1)


def _months(orders: list[Order], end: datetime) -> list[tuple[str, float]]:
    if not orders:
        return []
    first = orders[0].bought_at
    spent = dict.fromkeys(range(_month(first), _month(end) + 1), 0.0)
    for order in orders:
        spent[_month(order.bought_at)] += order.amount
    return [(f"{month // 12}-{month % 12 + 1:02}", amount) for month, amount in spent.items()]


def _month(day: datetime) -> int:
    return day.year * 12 + day.month - 1


@once
def _segment_orders(release: Loaded) -> dict[int, float]:
    """Return the median spend an order of each segment's customers, −1 for those of none."""
    column = release.customers
    segment, spent = np.asarray(column["segment"]), column["monetary"] / column["orders"]
    return {each: float(np.median(spent[segment == each])) for each in np.unique(segment).tolist()}


def _history(release: Loaded, row: int) -> list[tuple[str, int, str | None]]:
    segments = release.customers["snapshot_segment"][row].tolist()
    # The comparison 30 days ago is no month's end, unless it is the release's only past.
    compared = release.overview.previous
    known = len(release.overview.snapshots)
    places = [place for place in range(known) if place != compared or known <= 2]
    shown = places[-SNAPSHOTS_SHOWN:]
    # The first one shown was moved to as well, from the one before it.
    followed = places[-SNAPSHOTS_SHOWN - 1 :]
    moved = steps(release, row, followed) if why_not(release) is None else [None] * (len(followed) - 1)
    moved = [None] * (len(shown) - len(moved)) + moved
    return [
        (last_day(release, place), segments[place], cause) for place, cause in zip(shown, moved, strict=True)
    ]
