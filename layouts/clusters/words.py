"""Clusters in words: rules, times, what a figure means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from layouts import words
from services.core.glossary import says
from services.core.vocabulary import AXES, Axis

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster

DISSOLVED, RECOVERED = 0.5, 0.75  # of Jaccard similarity, after Hennig
STABLE = "stable"
RESAMPLED = (
    "Resampled: the clusters were found again in {resamples} bootstrap samples. A cluster is stable if its "
    f"Jaccard similarity with the matching cluster is {RECOVERED} or more, and dissolved if it is under "
    f"{DISSOLVED}."
)
STABILITY = f"Stability: {says('stability').replace('The', 'the', 1)}"
FEWEST = 50  # customers; of fewer the measures say nothing
TOO_FEW = "Too few customers to trust the comparison of numbers of clusters."
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
HOURS = tuple(f"{hour}:00" for hour in range(24))
_BANDS = ("up to {low}", "over {low}, up to {high}", "over {high}")
WAYS = {
    "kmeans": "K-means (in use)",
    "gaussian-mixture": "Gaussian mixture",
    "ward": "Ward",
    "birch": "BIRCH",
    "hdbscan": "HDBSCAN",
    "rules": "Segments by rule",
}


def axis_name(axis: Axis, unit: str) -> str:
    """Return ``Recency, days``, ``Orders`` or ``Spend``."""
    if axis == "frequency":
        return words.capital(unit)
    return {"recency": "Recency, days", "monetary": "Spend"}[axis]


def rule_text(boxes: Sequence[Mapping[str, Sequence[float | None]]], unit: str) -> str:
    """Say a rule: the ranges joined with *or*.

    Parameters
    ----------
    boxes : sequence of mapping
        For each bounded axis ``[over, up to]``, None for no bound.
    unit : str
        What frequency counts: ``orders`` or ``lines``.

    Examples
    --------
    >>> rule_text([{"frequency": [7, None], "recency": [None, 158]}], "orders")
    'last order at most 158 days ago, 8 orders or more'
    """
    if not boxes:
        return "no short rule describes this cluster"
    said = []
    for box in boxes:
        parts = [_range_text(axis, box[axis], unit) for axis in AXES if axis in box]
        said.append(", ".join(parts) or "any customer")
    return "; or ".join(said)


def _range_text(axis: Axis, bounds: Sequence[float | None], unit: str) -> str:
    over, up_to = bounds
    if axis == "monetary":
        return _money_text(over, up_to)
    least = None if over is None else int(over) + 1
    most = None if up_to is None else int(up_to)
    one = unit.removesuffix("s") if axis == "frequency" else "day"
    ago = "" if axis == "frequency" else " ago"
    if least is None:
        text = f"at most {words.count(most, one)}{ago}"
    elif most is None:
        text = f"{words.count(least, one)}{ago or ''} or more"
    elif least == most:
        text = f"{words.count(least, one)}{ago}"
    else:
        text = f"{words.number(least)} to {words.count(most, one)}{ago}"
    return text if axis == "frequency" else f"last order {text}"


def _money_text(over: float | None, up_to: float | None) -> str:
    if over is None:
        return f"spent {_cut(up_to)} or less"
    if up_to is None:
        return f"spent over {_cut(over)}"
    return f"spent over {_cut(over)}, up to {_cut(up_to)}"


def _cut(value: float | None) -> str:
    """Write a cut point: pence only where it has any."""
    return words.money_sum(value) if value is not None and value == int(value) else words.money(value)


def verdict(jaccard: float) -> str:
    """Say what a cluster's Jaccard similarity means."""
    if jaccard < DISSOLVED:
        return "dissolved"
    return STABLE if jaccard >= RECOVERED else "unsteady"


_MEASURES = (  # name, key, decimals as written in the table, whether more is better
    ("silhouette", "silhouette", 3, True),
    ("Davies–Bouldin", "davies_bouldin", 3, False),
    ("Calinski–Harabasz", "calinski_harabasz", 0, True),
    ("stability", "monthly", 2, True),
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
            others.setdefault(best, []).append(name)
    return dict(sorted(others.items()))


def lifted(lift: float) -> str:
    """Write ``1.5 times``."""
    return f"{words.number(lift, 1)} times"


def more_often(ratio: float) -> bool:
    """Say whether a ratio is above 1 as it is written."""
    return ratio > 1 and lifted(ratio) != lifted(1)


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
        return "The file has no product prices."
    band, own, everybody = price
    if not stands_out(own, everybody):
        return "No price band stands out."
    low, high = (words.money(edge) for edge in edges)
    said = _BANDS[band].format(low=low, high=high)
    return f"{words.share(own)} of its items cost {said}; {words.share(everybody)} of all do."


def stands_out(own: float, everybody: float) -> bool:
    """Say whether a group's share is above everybody's as both are written, in whole percents."""
    return own > everybody and words.share(own) != words.share(everybody)


def against(own: float, everybody: float) -> str:
    """Write ``24 % against 22 % of all``, or ``8 %, as of all`` where the two are written alike."""
    if words.share(own) == words.share(everybody):
        return f"{words.share(own)}, as of all"
    return f"{words.share(own)} against {words.share(everybody)} of all"


def sample_text(customers: int, of: int) -> str:
    """Say on how many customers something was measured."""
    if customers == of:
        return f"all {words.count(of, 'customer')}"
    return f"a sample of {words.number(customers)} of {words.count(of, 'customer')}"


def titled(cluster: Cluster) -> str:
    """Return a cluster's letter and name as text."""
    return f"{cluster.letter} {cluster.name}"
