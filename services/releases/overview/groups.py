"""The groups of customers in an overview: segments, clusters, countries, outliers."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from services.core.vocabulary import AXES, Axis
from services.releases.overview.strict import Count, Part

Colour = Annotated[int, Field(ge=1)]


class Group(Part):
    """Customers who belong together, in figures.

    Attributes
    ----------
    id, name : str
    customers : int
    revenue : float
        Shop currency.
    recency, frequency, monetary : float or None
        Means, in the units of ``overview.axes``; None where nobody is in the group.
    median_monetary : float or None
        Shop currency.
    """

    id: str
    name: str
    customers: Count
    revenue: float
    recency: float | None
    frequency: float | None
    monetary: float | None
    median_monetary: float | None

    def mean(self, axis: Axis) -> float | None:
        """Return the mean of an axis, in its unit; None where nobody is in the group."""
        return {"recency": self.recency, "frequency": self.frequency, "monetary": self.monetary}[axis]

    def means(self) -> dict[str, float | None]:
        """Return the mean of each axis by its name."""
        return {axis: self.mean(axis) for axis in AXES}


class Segment(Group):
    """A segment of the preset.

    Attributes
    ----------
    colour : int or None
        Place in the palette, from 1, taken where the segment's id has no colour of its own; None in a
        release from before it was noted.
    cells : list of (int, int)
        Its cells of the map: row and column.
    playbook : str
        What to do about these customers.
    at_risk : bool
        Whether they may be about to leave.
    """

    letter: ClassVar[None] = None

    colour: Colour | None
    cells: list[tuple[int, int]]
    playbook: str
    at_risk: bool


class Cluster(Group):
    """A cluster; ``id`` and ``colour`` are kept from release to release.

    Attributes
    ----------
    letter : str
        ``A`` for the most spend per customer.
    formerly : str or None
        Its name in the release before, where that is no longer true; None in releases from before it was
        asked.
    colour : int
        Place in the palette, from 1.
    median : dict of Axis to float
        In the unit of the axis.
    levels : dict of Axis to str
        How the median lies among all customers: the lowest third is ``low``, the highest ``high``, the
        highest tenth ``top``, a frequency of one order ``one``.
    """

    cells: ClassVar[tuple[tuple[int, int], ...]] = ()
    at_risk: ClassVar[bool] = False

    letter: str
    formerly: str | None = None
    colour: Colour
    median: dict[Axis, float]
    levels: dict[Axis, Literal["one", "low", "middle", "high", "top"]]


class Country(Part):
    """A country's customers and their revenue in shop currency."""

    name: str
    customers: Count
    revenue: float


class Evidence(Part):
    """How well one number of clusters describes the customers; measures as scikit-learn defines them.

    Attributes
    ----------
    k : int
    inertia : float
        Sum of squared distances in the standardised space.
    silhouette, davies_bouldin, calinski_harabasz : float
    stability : float
        Mean adjusted Rand index between the clusters and those of bootstrap samples.
    smallest : int
        Customers of the smallest cluster.
    """

    k: Count
    inertia: float
    silhouette: float
    davies_bouldin: float
    calinski_harabasz: float
    stability: float
    smallest: Count


class NumberOfClusters(Part):
    """The number of clusters, the sentence that says why, and what was tried out."""

    chosen: Count
    reason: str
    evidence: list[Evidence]


class Clustered(Part):
    """Clusters fitted one way: customers of each, largest first, and their silhouette."""

    sizes: list[Count]
    silhouette: float | None


class Compared(Part):
    """Clusters fitted with the outliers and without; ``agreement`` is their adjusted Rand index."""

    model_config = ConfigDict(populate_by_name=True)

    with_outliers: Clustered = Field(alias="with")
    without: Clustered
    agreement: float


class Outliers(Part):
    """Customers far from all others.

    Attributes
    ----------
    customers : int
    revenue : float
        Shop currency.
    rule : str
        Part of a sentence that says who counts as one.
    unfit : float or None
        The share of the customers that the rule would flag, 0–1, where that is too many for any of them to be
        called an outlier: then nobody is.
    set_aside : bool
        Whether clusters were fitted without them.
    compared : Compared or None
        None where there are no outliers, or too few other customers.
    """

    customers: Count
    revenue: float
    rule: str
    unfit: float | None = None
    set_aside: bool
    compared: Compared | None
