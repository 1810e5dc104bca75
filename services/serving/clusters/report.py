"""What ``clusters.json`` says, made ready to show: which k is looked at, what each cluster is like, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from services.core.language.messages import _
from services.core.vocabulary import AXES
from services.releases.overview.groups import Cluster
from services.releases.strictjson import from_json
from services.serving.release.loaded import Loaded
from services.serving.release.once import once

REPORT = "clusters.json"
LEAST_EXPECTED = 5  # orders of a cluster that a cell must be expected to hold before it is judged


@once
def report_of(release: Loaded) -> dict[str, Any] | None:
    """Return a release's report on its clusters, read once; None where it was made without one."""
    if REPORT not in release.manifest.files:
        return None
    # The digest was compared when the release was opened.
    report: dict[str, Any] = from_json((release.folder / REPORT).read_bytes())
    return report


@dataclass(frozen=True)
class Looked:
    """The number of clusters a page looks at.

    Attributes
    ----------
    k, served : int
        Looked at, and served by the release.
    entry : dict or None
        Its entry in ``evidence.ks``; None where it was not tried out.
    note : str
        What was ignored in the address; empty for nothing.
    """

    k: int
    served: int
    entry: dict[str, Any] | None
    note: str


def look_at(release: Loaded, report: Mapping[str, Any], query: Mapping[str, Sequence[str]]) -> Looked:
    """Read ``k`` from an address's query; the served one stands in for what was not tried out."""
    tried = {entry["k"]: entry for entry in report["evidence"]["ks"]}
    served = release.manifest.k
    asked = list(query.get("k", ()))[-1:]
    if asked and asked[0] not in {str(k) for k in (*tried, served)}:
        note = _(
            "“{asked}” is not a number of clusters that was tried, so the page shows {served}.",
            asked=asked[0][:60],
            served=served,
        )
        return Looked(served, served, tried.get(served), note)
    k = int(asked[0]) if asked else served
    return Looked(k, served, tried.get(k), "")


@dataclass(frozen=True)
class Profile:
    """One served cluster.

    Attributes
    ----------
    cluster : Cluster
        Its entry in ``overview.clusters``.
    share, revenue_share : float
        Of all customers and of all revenue, 0–1.
    named : list of dict
        ``word`` and ``means``: each word of the name and what is true of the members. Empty in releases from
        before names were tests.
    rule : dict
        ``boxes``, ``customers``, ``right``.
    products, countries : list of dict
        Bought more than by others; of five customers and more. Empty where the ledger has none.
    spread, standardised : dict
        Quantiles (5, 25, 50, 75, 95 %) and standardised mean by axis.
    price : tuple or None
        Band (0–2) whose share differs most, the cluster's share and everybody's.
    """

    cluster: Cluster
    share: float
    revenue_share: float
    named: list[dict[str, str]]
    rule: dict[str, Any]
    products: list[dict[str, Any]]
    countries: list[dict[str, Any]]
    spread: dict[str, list[float]]
    standardised: dict[str, float]
    price: tuple[int, float, float] | None


def profiles(release: Loaded, report: Mapping[str, Any]) -> list[Profile]:
    """Return the served clusters in the order of the overview."""
    revenue = sum(cluster.revenue for cluster in release.clusters) or 1.0
    prices = report["profiles"]["prices"]
    found = []
    for place, (cluster, own, rule) in enumerate(
        zip(release.clusters, report["profiles"]["clusters"], report["explanation"]["rules"], strict=True)
    ):
        found.append(
            Profile(
                cluster,
                cluster.customers / release.count,
                cluster.revenue / revenue,
                own.get("named", []),
                rule,
                own["products"],
                own["countries"],
                own["spread"],
                own["standardised"],
                price_band(prices, place),
            )
        )
    return found


def price_band(prices: Mapping[str, Any] | None, place: int) -> tuple[int, float, float] | None:
    """Return the band (0–2) whose share differs most, the group's share and everybody's; None without prices.

    Parameters
    ----------
    prices : mapping or None
        ``shares`` of each group's items by band, and of ``all``.
    place : int
        Of the group.
    """
    if not prices or not sum(prices["shares"][place]):
        return None
    pairs = list(zip(prices["shares"][place], prices["all"], strict=True))
    band = max(range(len(pairs)), key=lambda at: pairs[at][0] - pairs[at][1])
    return (band, *pairs[band])


Part = Literal["hours", "weekdays", "months"]


@dataclass(frozen=True)
class Times:
    """When each cluster orders, by hour, weekday (Monday first) or month.

    Attributes
    ----------
    shares : ndarray, shape (k, width)
        Of the cluster's orders, 0–1.
    everybody : ndarray, shape (width,)
        Of all orders.
    ratio : ndarray, shape (k, width)
        The one over the other; NaN where fewer than ``LEAST_EXPECTED`` orders are to be expected.
    """

    shares: npt.NDArray[np.float64]
    everybody: npt.NDArray[np.float64]
    ratio: npt.NDArray[np.float64]

    def most(self, cluster: int) -> int:
        """Return where most of a cluster's orders fall."""
        return int(self.shares[cluster].argmax())

    def furthest(self) -> tuple[int, int] | None:
        """Return cluster and place with the highest ratio, None where nothing can be judged."""
        if np.isnan(self.ratio).all():
            return None
        cluster, place = np.unravel_index(np.nanargmax(self.ratio), self.ratio.shape)
        return int(cluster), int(place)

    def judged(self, cluster: int) -> bool:
        """Say whether the cluster has orders enough for any of the times."""
        return not bool(np.isnan(self.ratio[cluster]).all())

    def preferred(self, cluster: int) -> int | None:
        """Return where a cluster orders most beyond its due, None where nothing can be judged."""
        excess = np.where(np.isnan(self.ratio[cluster]), -np.inf, self.shares[cluster] - self.everybody)
        best = int(excess.argmax())
        return best if excess[best] > 0 else None


def times(report: Mapping[str, Any], part: Part) -> Times | None:
    """Return when clusters order; None where the ledger does not say."""
    counted = (report["profiles"]["times"] or {}).get(part)
    if not counted:
        return None
    orders = np.asarray(counted, dtype=np.float64)
    own = np.maximum(orders.sum(axis=1, keepdims=True), 1)
    everybody = orders.sum(axis=0) / orders.sum()
    expected = own * everybody
    enough = expected >= LEAST_EXPECTED
    ratio = np.divide(orders, expected, out=np.full_like(orders, np.nan), where=enough)
    return Times(orders / own, everybody, ratio)


def scattered(
    release: Loaded, report: Mapping[str, Any]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int16]]:
    """Return R, F, M, shape (n, 3), and cluster, shape (n,), of the customers in the picture."""
    rows = np.asarray(report["scattered"], dtype=np.intp)
    values = np.stack([np.asarray(release.customers[axis][rows], dtype=np.float32) for axis in AXES], axis=1)
    return values, release.customers["cluster"][rows]
