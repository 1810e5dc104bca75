"""The plan for each segment and cluster: which strategy it begins with, and what the data says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from services.core.clusters.positions import levels, located
from services.core.playbooks import REGULAR, Strategy, assigned, situation, strategies
from services.core.refusals import NotFound
from services.core.vocabulary import AXES, Axis
from services.releases.overview.groups import Cluster, Segment
from services.releases.strictjson import from_json
from services.serving.clusters.report import LEAST_EXPECTED, price_band, report_of
from services.serving.release.loaded import Loaded
from services.serving.release.once import once
from services.site.versions.playbooks import Subject

Kind = Literal["segment", "cluster"]
KINDS: tuple[Kind, ...] = get_args(Kind)
REPORT = "segments.json"
LEAST_CUSTOMERS = 5
LEAST_ORDERS = 30
HOURS = 2  # of the window that is named
Counts = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Peak:
    """Where most orders of a group fall.

    Attributes
    ----------
    place : int
        Hour at which the window begins, weekday (0 Monday) or month (0 January).
    share, everybody : float
        Of the group's orders, and of all orders, 0–1.
    """

    place: int
    share: float
    everybody: float


@dataclass(frozen=True)
class When:
    """When a group orders.

    Attributes
    ----------
    orders : int
    hours, weekday, month : Peak or None
        None where the ledger has no time of day, or ``orders`` are fewer than ``LEAST_ORDERS``.
    season : Peak or None
        The month in which the group orders most beyond everybody's share, where that is another one.
    """

    orders: int
    hours: Peak | None
    weekday: Peak | None
    month: Peak | None
    season: Peak | None


@dataclass(frozen=True)
class Group:
    """One segment or cluster with its plan.

    Attributes
    ----------
    kind : str
    figures : Segment or Cluster
        Its entry in ``overview.segments`` or ``overview.clusters``.
    share, revenue_share : float
        Of all customers and of all revenue, 0–1.
    strategy : Strategy
        What its texts start from.
    few : bool
        Fewer than ``LEAST_CUSTOMERS``: then nothing is told of what they buy and when.
    reported : bool
        False where the release was made before it said what segments buy.
    products, words : list of dict or None
        Bought more than by others, of five customers and more; None where the ledger names no products.
    price : tuple or None
        Band (0–2) whose share differs most, the group's share and everybody's.
    edges : list of 2 floats or None
        The prices that part the bands.
    when : When or None
        None where the ledger has no orders.
    """

    kind: Kind
    figures: Segment | Cluster
    share: float
    revenue_share: float
    strategy: Strategy
    few: bool
    reported: bool
    products: list[dict[str, Any]] | None
    words: list[dict[str, Any]] | None
    price: tuple[int, float, float] | None
    edges: list[float] | None
    when: When | None

    @property
    def id(self) -> str:
        """Of the segment or cluster."""
        return self.figures.id

    def subject(self, preset: str) -> Subject:
        """Return what its texts are kept under."""
        return Subject(preset, self.kind, self.id)


def groups(release: Loaded, kind: Kind) -> list[Group]:
    """Return the segments or clusters of a release in its order, worked out once."""
    return _of_segments(release) if kind == "segment" else _of_clusters(release)


@once
def _of_segments(release: Loaded) -> list[Group]:
    return _groups(release, "segment")


@once
def _of_clusters(release: Loaded) -> list[Group]:
    return _groups(release, "cluster")


def group(release: Loaded, kind: Kind, wanted: str) -> Group:
    """Return one group.

    Raises
    ------
    NotFound
        If the release has none of that id.
    """
    for each in groups(release, kind):
        if each.id == wanted:
            return each
    raise NotFound(f"This release has no {kind} “{wanted[:60]}”. Choose one from the list.", kind)


def _groups(release: Loaded, kind: Kind) -> list[Group]:
    entries: Sequence[Segment | Cluster] = release.segments if kind == "segment" else release.clusters
    revenue = sum(cluster.revenue for cluster in release.clusters) or 1.0
    profiles = _profiles(release, kind)
    found = []
    for place, entry in enumerate(entries):
        few = entry.customers < LEAST_CUSTOMERS
        own = profiles[f"{kind}s"][place] if profiles and not few else {}
        named = bool(profiles and profiles["baskets"])
        prices = profiles["prices"] if profiles and not few else None
        found.append(
            Group(
                kind,
                entry,
                entry.customers / release.count,
                entry.revenue / revenue,
                _strategy(release, kind, place),
                few,
                profiles is not None,
                own.get("products", []) if named else None,
                own.get("words", []) if named else None,
                price_band(prices, place),
                prices["edges"] if prices else None,
                _when(profiles["times"], place) if profiles and profiles["times"] and not few else None,
            )
        )
    return found


def _profiles(release: Loaded, kind: Kind) -> dict[str, Any] | None:
    """Return what the release tells of the groups' orders; None where it was made without."""
    if kind == "cluster":
        report = report_of(release)
        return report["profiles"] if report else None
    if REPORT not in release.manifest.files:
        return None
    # The digest was compared when the release was opened.
    return from_json((release.folder / REPORT).read_bytes())["profiles"]


def _strategy(release: Loaded, kind: Kind, place: int) -> Strategy:
    """Choose by the preset's own table, else by where the group's customers lie in the base."""
    if kind == "cluster":
        return strategies()[situation(release.clusters[place].levels)]
    segment = release.segments[place]
    preset = release.preset
    named = assigned().get(preset.id, {}).get(segment.id) if preset.version is None else None
    if named is not None:
        return strategies()[named]
    inside = release.customers["segment"] == place
    if not inside.any():
        return strategies()["at-risk" if segment.at_risk else REGULAR]
    base: dict[Axis, npt.NDArray] = {
        axis: release.customers[axis][release.customers[f"order_{axis}"]] for axis in AXES
    }
    members: dict[Axis, npt.NDArray] = {axis: release.customers[axis][inside] for axis in AXES}
    orders = release.overview.axes["frequency"].unit == "orders"
    return strategies()[situation(levels(located(base, members), frequency_is_orders=orders))]


def _when(times: dict[str, Any], place: int) -> When:
    weekdays = np.asarray(times["weekdays"], dtype=np.float64)
    orders = int(weekdays[place].sum())
    if orders < LEAST_ORDERS:
        return When(orders, None, None, None, None)
    months = np.asarray(times["months"], dtype=np.float64)
    month = _peak(months, place)
    return When(
        orders,
        _window(times["hours"], place),
        _peak(weekdays, place),
        month,
        _season(months, place, month.place),
    )


def _season(months: Counts, place: int, peak: int) -> Peak | None:
    orders, everybody = months[place].sum(), months.sum(axis=0) / months.sum()
    excess = np.where(everybody * orders >= LEAST_EXPECTED, months[place] / orders - everybody, -1.0)
    most = int(excess.argmax())
    if most == peak or excess[most] <= 0:
        return None
    return Peak(most, float(months[place, most] / orders), float(everybody[most]))


def _window(hours: list[list[int]] | None, place: int) -> Peak | None:
    if hours is None:
        return None
    counts = np.asarray(hours, dtype=np.float64)
    windows = np.lib.stride_tricks.sliding_window_view(counts, HOURS, axis=1).sum(axis=-1)
    return _peak(windows, place, counts.sum(axis=1))


def _peak(counts: Counts, place: int, totals: Counts | None = None) -> Peak:
    """Find where most of a group's orders fall; ``totals`` by group, where windows overlap."""
    of = counts.sum(axis=1) if totals is None else totals
    best = int(counts[place].argmax())
    return Peak(best, float(counts[place, best] / of[place]), float(counts[:, best].sum() / of.sum()))
