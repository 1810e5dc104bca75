"""Where a release's numbers come from: its file, its rows, its cut points, its ledger at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from services.core.left_out import RULES
from services.core.presets import Cleaning
from services.core.vocabulary import AXES, Axis
from services.releases import Manifest
from services.releases.overview.ledger import LedgerMonth
from services.releases.overview.model import Overview
from services.releases.overview.scores import Scoring
from services.serving.release.loaded import Loaded

ROLES = ("customer", "date", "invoice", "product", "description", "quantity", "price", "amount", "country")


@dataclass(frozen=True)
class Band:
    """The customers with one score: values above ``over`` up to ``up_to``; None where there is no bound."""

    over: float | None
    up_to: float | None
    customers: int


@dataclass(frozen=True)
class Month:
    """A month of the ledger; ``whole`` is False where the data begins after or ends before the month."""

    month: str
    revenue: float
    orders: int
    customers: int
    returns: float
    whole: bool


@dataclass(frozen=True)
class Provenance:
    """What the tab Data shows of one release.

    Attributes
    ----------
    manifest : Manifest
    overview : Overview
    age_when_made, age_today : int
        Days from the newest order; negative where the file's dates lie in the future.
    rejected : dict of str to int
        Rows each cleaning rule took, in the order in which the rules are asked.
    switched_off : frozenset of str
        Rules that the preset does not ask.
    lacks : tuple of str
        Roles that the file has no column for, and ``time`` where no order has a time of day.
    bands : dict of int to dict of Axis to Band
        By score, best first; empty where the preset scores nothing.
    months : list of Month
        Oldest first, without gaps; empty where the file is a table of customers.
    revenue : float
        Purchases only, shop currency.
    orders : int
        0 where the file is a table of customers.
    """

    manifest: Manifest
    overview: Overview
    age_when_made: int
    age_today: int
    rejected: dict[str, int]
    switched_off: frozenset[str]
    lacks: tuple[str, ...]
    bands: dict[int, dict[Axis, Band]]
    months: list[Month]
    revenue: float
    orders: int

    @property
    def of_customers(self) -> bool:
        """Whether a row of the file is a customer, so that there are no purchases to show."""
        return not self.months

    @property
    def returned_share(self) -> float | None:
        """Returns as a share of revenue, or None where nothing was sold for money."""
        return self.overview.glance.returns.amount / self.revenue if self.revenue else None


def provenance(release: Loaded, today: date, time_zone: str) -> Provenance:
    """Describe where a release comes from.

    Parameters
    ----------
    release : Loaded
    today : date
    time_zone : str
        IANA zone in which the shop's days begin and end.
    """
    manifest, overview = release.manifest, release.overview
    months = _months(overview.glance.months, manifest.data_from, manifest.data_to)
    return Provenance(
        manifest=manifest,
        overview=overview,
        age_when_made=(local_day(manifest.made_at, time_zone) - manifest.data_to.date()).days,
        age_today=(today - manifest.data_to.date()).days,
        rejected=_in_order(manifest.rows.rejected),
        switched_off=_switched_off(release.preset.cleaning),
        lacks=_lacks(manifest.ledger, overview),
        bands=bands(overview.scoring),
        months=months,
        revenue=float(sum(cluster.revenue for cluster in overview.clusters)),
        orders=sum(month.orders for month in months),
    )


def local_day(moment: datetime, time_zone: str) -> date:
    """Return the shop's day at a moment that has a zone."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def bands(scoring: Scoring | None) -> dict[int, dict[Axis, Band]]:
    """Return which values each score stands for, the best score first.

    Parameters
    ----------
    scoring : Scoring or None
        ``scoring`` of ``overview.json``.
    """
    if scoring is None:
        return {}
    classes, high = scoring.scale, scoring.best == "high"
    scores = range(classes, 0, -1) if high else range(1, classes + 1)
    found: dict[int, dict[Axis, Band]] = {score: {} for score in scores}
    for axis in AXES:
        bounds = [None, *scoring.edges[axis], None]
        rising = (axis != "recency") == high
        for place, (over, up_to) in enumerate(pairwise(bounds)):
            score = place + 1 if rising else classes - place
            found[score][axis] = Band(over, up_to, scoring.sizes[axis][str(score)])
    return found


def _switched_off(cleaning: Cleaning) -> frozenset[str]:
    off = {"price": not cleaning.price, "returned": cleaning.returns == "ignore"}
    return frozenset(rule for rule, is_off in off.items() if is_off)


def _in_order(rejected: Mapping[str, int]) -> dict[str, int]:
    """Put the contract's rules first, in its order; JSON has lost it."""
    names = [name for name in RULES if name in rejected]
    return {name: rejected[name] for name in [*names, *sorted(set(rejected) - set(names))]}


def _lacks(ledger: Mapping[str, bool], overview: Overview) -> tuple[str, ...]:
    counted = ledger.get("quantity") and ledger.get("price")
    missing = [role for role in ROLES if not ledger.get(role)]
    if counted and "amount" in missing:
        missing.remove("amount")
    if "country" not in missing and not overview.countries:
        missing.append("country")
    if overview.glance.hours is None:
        missing.append("time")
    return tuple(missing)


def _months(months: Sequence[LedgerMonth], start: datetime, end: datetime) -> list[Month]:
    begins, ends = f"{start:%Y-%m}", f"{end:%Y-%m}"
    complete = {begins: start.day == 1, ends: (end + timedelta(days=1)).month != end.month}
    if begins == ends:
        complete[begins] = start.day == 1 and complete[ends]
    return [Month(**each.model_dump(), whole=complete.get(each.month, True)) for each in months]
