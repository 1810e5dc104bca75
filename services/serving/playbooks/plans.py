"""The plan for each segment and cluster: which strategy it begins with, and what the data says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy.typing as npt

from services.core.clusters.positions import levels, located
from services.core.language.messages import _
from services.core.playbooks import REGULAR, Strategy, assigned, situation, strategies
from services.core.refusals import NotFound
from services.core.vocabulary import AXES, Axis
from services.releases.overview.groups import Cluster, Segment
from services.releases.strictjson import from_json
from services.serving.release.loaded import Loaded
from services.serving.release.once import once
from services.site.versions.playbooks import Subject

Kind = Literal["segment", "cluster"]
KINDS: tuple[Kind, ...] = get_args(Kind)
REPORT = "segments.json"
LEAST_CUSTOMERS = 5
HOURS = 2  # of the window that is named


@dataclass(frozen=True)
class Part:
    """A part of what a group does that stands out.

    Attributes
    ----------
    place : int
        Price band (0–2), weekday (0 Monday), or hour at which a window of ``HOURS`` begins.
    share, rest : float
        Of the group's items or orders, and of those of all other customers, 0–1.
    """

    place: int
    share: float
    rest: float


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
        Fewer than ``LEAST_CUSTOMERS``: then nothing but the plan is told.
    reported : bool
        False where the release was made before what stands out was tried.
    products, words : list of dict
        Bought more often than by all others, and in season: ``customers`` and ``times`` (as often as by the
        rest, None where nobody else did), with ``product`` and ``description``, or ``word``. Findings, as
        ``services.core.findings`` tries them.
    price, hours, weekday : Part or None
        The same of prices and times; None where none stands out.
    edges : list of 2 floats or None
        The prices that part the bands.
    """

    kind: Kind
    figures: Segment | Cluster
    share: float
    revenue_share: float
    strategy: Strategy
    few: bool
    reported: bool
    products: list[dict[str, Any]]
    words: list[dict[str, Any]]
    price: Part | None
    hours: Part | None
    weekday: Part | None
    edges: list[float] | None

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
    raise NotFound(
        _("This release has no segment “{asked}”. Choose one from the list.", asked=wanted[:60])
        if kind == "segment"
        else _("This release has no cluster “{asked}”. Choose one from the list.", asked=wanted[:60]),
        kind,
    )


def _groups(release: Loaded, kind: Kind) -> list[Group]:
    entries: Sequence[Segment | Cluster] = release.segments if kind == "segment" else release.clusters
    revenue = sum(cluster.revenue for cluster in release.clusters) or 1.0
    profiles = _profiles(release)
    found = []
    for place, entry in enumerate(entries):
        few = entry.customers < LEAST_CUSTOMERS
        own = profiles[f"{kind}s"][place] if profiles and not few else {}
        price, hours, weekday = (
            Part(**own[name]) if own.get(name) else None for name in ("price", "hours", "weekday")
        )
        found.append(
            Group(
                kind=kind,
                figures=entry,
                share=entry.customers / release.count,
                revenue_share=entry.revenue / revenue,
                strategy=_strategy(release, kind, place),
                few=few,
                reported=profiles is not None,
                products=own.get("products", []),
                words=own.get("words", []),
                price=price,
                hours=hours,
                weekday=weekday,
                edges=profiles["edges"] if profiles else None,
            )
        )
    return found


def _profiles(release: Loaded) -> dict[str, Any] | None:
    """Return what stands out in the groups; None where the release was made before it was tried."""
    if REPORT not in release.manifest.files:
        return None
    # The digest was compared when the release was opened.
    profiles: dict[str, Any] = from_json((release.folder / REPORT).read_bytes())["profiles"]
    return profiles if "clusters" in profiles else None


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
