"""Clusters in words: times, measures, what a figure means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from layouts import words
from services.core.glossary import says
from services.core.language.messages import _, later, plural
from services.core.vocabulary import Axis

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster

DISSOLVED, RECOVERED = 0.5, 0.75  # of Jaccard similarity, after Hennig
FEWEST = 50  # customers; of fewer the measures say nothing
TOO_FEW = later("Too few customers to trust the comparison of numbers of clusters.")
WEEKDAYS = (
    later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"),
    later("Friday"), later("Saturday"), later("Sunday"),
)  # fmt: skip
WEEKDAYS_SHORT = (
    later("Mon"), later("Tue"), later("Wed"), later("Thu"), later("Fri"), later("Sat"), later("Sun"),
)  # fmt: skip
ON_WEEKDAYS = (
    later("on Mondays"), later("on Tuesdays"), later("on Wednesdays"), later("on Thursdays"),
    later("on Fridays"), later("on Saturdays"), later("on Sundays"),
)  # fmt: skip
MONTHS = (
    later("January"), later("February"), later("March"), later("April"), later("May"), later("June"),
    later("July"), later("August"), later("September"), later("October"), later("November"),
    later("December"),
)  # fmt: skip
MONTHS_SHORT = (
    later("Jan"), later("Feb"), later("Mar"), later("Apr"), later("May"), later("Jun"),
    later("Jul"), later("Aug"), later("Sep"), later("Oct"), later("Nov"), later("Dec"),
)  # fmt: skip
IN_MONTHS = (
    later("in January"), later("in February"), later("in March"), later("in April"), later("in May"),
    later("in June"), later("in July"), later("in August"), later("in September"), later("in October"),
    later("in November"), later("in December"),
)  # fmt: skip
HOURS = tuple(f"{hour}:00" for hour in range(24))
_BANDS = (
    later("{share} of its items cost up to {low}; {everybody} of all do."),
    later("{share} of its items cost over {low}, up to {high}; {everybody} of all do."),
    later("{share} of its items cost over {high}; {everybody} of all do."),
)
WAYS = {
    "kmeans": later("K-means (in use)"),
    "gaussian-mixture": later("Gaussian mixture"),
    "ward": later("Ward"),
    "birch": later("BIRCH"),
    "hdbscan": later("HDBSCAN"),
    "rules": later("Segments by rule"),
}


def when(part: str, place: int) -> str:
    """Say a time within a sentence: ``on Mondays``, ``from 7:00``, ``in May``.

    Parameters
    ----------
    part : {"hours", "weekdays", "months"}
    place : int
        Among these.
    """
    if part == "hours":
        return _("from {hour}", hour=HOURS[place])
    return (ON_WEEKDAYS if part == "weekdays" else IN_MONTHS)[place]()


def axis_name(axis: Axis, unit: str) -> str:
    """Return ``Recency, days``, ``Orders``, ``Lines`` or ``Spend``."""
    return _("Recency, days") if axis == "recency" else axis_short(axis, unit)


def axis_short(axis: Axis, unit: str) -> str:
    """Return ``Recency``, ``Orders``, ``Lines`` or ``Spend``."""
    if axis == "frequency":
        return _("Orders") if unit == "orders" else _("Lines")
    return _("Recency") if axis == "recency" else _("Spend")


def clusters_text(k: int) -> str:
    """Write ``4 clusters``."""
    return plural("{n} cluster", "{n} clusters", k)


def customers_text(customers: int) -> str:
    """Write ``1,494 customers``."""
    return plural("{n} customer", "{n} customers", customers, n=words.number(customers))


def stability() -> str:
    """Say what stability is."""
    meaning = says("stability")
    return _("Stability: {meaning}", meaning=meaning.replace("The", "the", 1))


def resampled(resamples: int) -> str:
    """Say what it means to be stable when resampled."""
    return _(
        "Resampled: the clusters were found again in {resamples} bootstrap samples. A cluster is stable if "
        "its Jaccard similarity with the matching cluster is {recovered} or more, and dissolved if it is "
        "under {dissolved}.",
        resamples=resamples,
        recovered=words.number(RECOVERED, 2),
        dissolved=words.number(DISSOLVED, 1),
    )


def verdict(jaccard: float) -> str:
    """Say what a cluster's Jaccard similarity means."""
    if jaccard < DISSOLVED:
        return _("dissolved")
    return _("stable") if stable(jaccard) else _("unsteady")


def stable(jaccard: float) -> bool:
    """Say whether a cluster of this Jaccard similarity is stable when resampled."""
    return jaccard >= RECOVERED


_MEASURES = (  # name, key, decimals as written in the table, whether more is better
    (later("silhouette"), "silhouette", 3, True),
    (later("Davies–Bouldin"), "davies_bouldin", 3, False),
    (later("Calinski–Harabasz"), "calinski_harabasz", 0, True),
    (later("stability"), "monthly", 2, True),
)


def favoured(ks: Sequence[Mapping[str, Any]], served: int) -> dict[int, list[str]]:
    """Return which measures favour which other number of clusters than the one served, the lowest first.

    Parameters
    ----------
    ks : sequence of mapping
        ``evidence.ks`` of ``clusters.json``.
    served : int
        Clusters served; a measure that is written alike for them and for its best favours no other.

    Examples
    --------
    >>> some = {"davies_bouldin": 1, "calinski_harabasz": 9}
    >>> favoured([{"k": 2, "silhouette": 0.4, **some}, {"k": 3, "silhouette": 0.3, **some}], 3)
    {2: ['silhouette']}
    """
    others: dict[int, list[str]] = {}
    for name, key, decimals, more in _MEASURES:
        known = {each["k"]: each[key] if more else -each[key] for each in ks if each.get(key) is not None}
        written = {k: round(value, decimals) for k, value in known.items()}
        if not written:
            continue
        best = max(written, key=lambda k: written[k])
        if written.get(served) != written[best]:
            others.setdefault(best, []).append(name())
    return dict(sorted(others.items()))


def lifted(lift: float) -> str:
    """Write ``1.5 times``."""
    return _("{ratio} times", ratio=words.number(lift, 1))


def more_often(ratio: float) -> bool:
    """Say whether a ratio is above 1 as it is written."""
    return ratio > 1 and words.number(ratio, 1) != words.number(1, 1)


def price_text(price: tuple[int, float, float] | None, edges: Sequence[float] | None) -> str:
    """Say which price band sets a group apart.

    Parameters
    ----------
    price : tuple or None
        Band (0–2), the group's share and everybody's.
    edges : sequence of 2 floats or None
        The prices that part the bands.
    """
    if price is None or edges is None:
        return _("The file has no product prices.")
    band, own, everybody = price
    if not stands_out(own, everybody):
        return _("No price band stands out.")
    low, high = (words.money(edge) for edge in edges)
    return _BANDS[band](share=words.share(own), everybody=words.share(everybody), low=low, high=high)


def stands_out(own: float, everybody: float) -> bool:
    """Say whether a group's share is above everybody's as both are written, in whole percents."""
    return own > everybody and words.share(own) != words.share(everybody)


def against(own: float, everybody: float) -> str:
    """Write ``24 % against 22 % of all``, or ``8 %, as of all`` where the two are written alike."""
    if words.share(own) == words.share(everybody):
        return _("{share}, as of all", share=words.share(own))
    return _("{share} against {everybody} of all", share=words.share(own), everybody=words.share(everybody))


def titled(cluster: Cluster) -> str:
    """Return a cluster's letter and name as text."""
    return f"{cluster.letter} {cluster.name}"
