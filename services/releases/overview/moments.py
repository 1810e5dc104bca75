"""Earlier moments in an overview: snapshots of this release's ledger, and the release before."""

from __future__ import annotations

from typing import ClassVar, Literal

from services.core.vocabulary import Axis
from services.releases.overview.strict import Count, Part, Share


class Edges(Part):
    """Cut points of the scores at a moment, ascending, in the unit of each axis."""

    edges: dict[Axis, list[float]]


class Standards(Part):
    """Mean and standard deviation of the base at a moment, in the transformed space; one entry an axis."""

    mean: list[float]
    scale: list[float]


class Snapshot(Part):
    """The customers as they were at a moment.

    Attributes
    ----------
    as_of : str
        ISO 8601, the shop's local time.
    customers : int
    revenue : float
        Of everything bought until then, shop currency.
    at_risk_share : float
        Share of the revenue that segments at risk had spent, 0–1.
    ordered_30_days : int
        Customers who ordered in the 30 days before.
    segments : dict of str to int
        Customers by id of their segment.
    cut_points : Edges, Standards or None
        What differs from one moment to another in how segments are found; None where nothing does, or in
        a release from before they were kept.
    """

    as_of: str
    customers: Count
    revenue: float
    at_risk_share: Share
    ordered_30_days: Count
    segments: dict[str, Count]
    cut_points: Edges | Standards | None


class Changed(Part):
    """Customers between the snapshot compared with and now.

    Attributes
    ----------
    changed, of : int
        Customers whose segment is another, and all who were there at both moments.
    only_cuts : int
        Of those changed, the ones whom only the cut points moved.
    """

    changed: Count
    of: Count
    only_cuts: Count


class Named(Part):
    """A group of which only the name is known, such as one that is retired."""

    letter: ClassVar[None] = None
    colour: ClassVar[None] = None
    cells: ClassVar[tuple[tuple[int, int], ...]] = ()

    id: str
    name: str


class Moved(Part):
    """Customers of both releases, followed from group to group.

    Attributes
    ----------
    groups : list of Named
        This release's, then those that are retired.
    of, moved : int
        Customers of both releases; those in another group.
    causes : dict of str to int
        Customers who moved, by cause.
    agreement : float or None
        Adjusted Rand index of the two; None where nobody is in both.
    """

    groups: list[Named]
    of: Count
    moved: Count
    causes: dict[str, Count]
    agreement: float | None


class Since(Part):
    """What changed since the release before.

    Attributes
    ----------
    release : str
        Its id.
    as_of : str
        ISO 8601, the shop's local time.
    gone : int
        Customers of that release who are not in this one.
    segment, cluster : Moved
    """

    release: str
    as_of: str
    gone: Count
    segment: Moved
    cluster: Moved

    def moved(self, kind: Literal["segment", "cluster"]) -> Moved:
        """Return who moved between segments, or between clusters."""
        return self.segment if kind == "segment" else self.cluster
