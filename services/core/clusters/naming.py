"""Names for clusters, made from what is in them: never from the integer K-means gave them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from services.core.vocabulary import AXES, Axis

if TYPE_CHECKING:
    import pandas as pd

_MORE = {
    "recency": ("more recent", "longer ago"),
    "frequency": ("fewer {unit}", "more {unit}"),
    "monetary": ("lower spend", "higher spend"),
}
_BY: dict[Axis, str] = {"recency": "recency", "frequency": "{unit}", "monetary": "spend"}


@dataclass(frozen=True)
class Position:
    """Where a cluster's medians lie in the whole base.

    Attributes
    ----------
    median : dict of axis to float
        In the axis's unit.
    place : dict of axis to float
        Share of all customers below the median, ties by half, 0–1.
    """

    median: dict[Axis, float]
    place: dict[Axis, float]


def positions(rfm: pd.DataFrame, labels: npt.NDArray[np.int16], k: int) -> list[Position]:
    """Locate each cluster's median recency, frequency and monetary value in the base.

    Parameters
    ----------
    rfm : DataFrame, shape (n_customers, 3)
    labels : ndarray, shape (n_customers,)
        0 to k − 1.
    """
    base: dict[Axis, npt.NDArray[Any]] = {axis: np.sort(rfm[axis].to_numpy(np.float64)) for axis in AXES}
    return [
        located(base, {axis: float(rfm[axis][labels == label].median()) for axis in AXES})
        for label in range(k)
    ]


def located(base: Mapping[Axis, npt.NDArray[Any]], median: dict[Axis, float]) -> Position:
    """Locate medians in the base.

    Parameters
    ----------
    base : dict of axis to ndarray, shape (n_customers,)
        Ascending.
    median : dict of axis to float
    """

    def place(axis: Axis) -> float:
        low, high = (np.searchsorted(base[axis], median[axis], side=side) for side in ("left", "right"))
        return float(low + high) / (2 * len(base[axis]))

    return Position(median, {axis: place(axis) for axis in AXES})


def cluster_names(found: list[Position], *, frequency_is_orders: bool) -> list[str]:
    """Name clusters by how their medians lie against the base; equal names are told apart.

    Parameters
    ----------
    found : list of Position, length k
    frequency_is_orders : bool
        Only then does a frequency of 1 mean a customer who ordered once.

    Returns
    -------
    list of str, length k
        All different.
    """
    names = [_name(position, frequency_is_orders) for position in found]
    same = defaultdict(list)
    for index, name in enumerate(names):
        same[name].append(index)
    for name, members in same.items():
        if len(members) > 1:
            unit = "orders" if frequency_is_orders else "lines"
            for member, told in zip(
                members, _tell_apart(name, [found[m] for m in members], unit), strict=True
            ):
                names[member] = told
    return names


Level = Literal["one", "low", "middle", "high", "top"]


def levels(position: Position, *, frequency_is_orders: bool) -> dict[Axis, Level]:
    """Say for each axis how the cluster's median lies against the base.

    Low is the lowest third, high the highest, top the highest tenth; "one" is a frequency of one order.
    """
    found: dict[Axis, Level] = {axis: _level(position.place[axis]) for axis in AXES}
    if frequency_is_orders and position.median["frequency"] <= 1:
        found["frequency"] = "one"
    return found


def _level(place: float) -> Level:
    if place >= 0.9:
        return "top"
    return "high" if place >= 2 / 3 else "low" if place <= 1 / 3 else "middle"


_LONG_AGO = ", long ago"
_OFTEN = {
    "one": "One-time",
    "low": "Occasional",
    "middle": "Steady",
    "high": "Frequent",
    "top": "Very frequent",
}
_MUCH = {"low": "small spenders", "middle": "spenders", "high": "big spenders", "top": "top spenders"}


def _name(position: Position, frequency_is_orders: bool) -> str:
    level = levels(position, frequency_is_orders=frequency_is_orders)
    name = f"{_OFTEN[level['frequency']]} {_MUCH[level['monetary']]}"
    if level["recency"] in ("high", "top"):
        return name + _LONG_AGO
    if level["recency"] == "low" and level["frequency"] not in ("high", "top"):
        return f"Recent {name[0].lower()}{name[1:]}"
    return name


def _tell_apart(name: str, alike: list[Position], unit: str) -> list[str]:
    """Give clusters of one name a qualifier, along the axis on which they lie furthest apart."""
    spread = {axis: np.ptp([position.place[axis] for position in alike]) for axis in AXES}
    axis = max(AXES, key=lambda name: spread[name])
    ranked = sorted(
        range(len(alike)), key=lambda index: (alike[index].median[axis], alike[index].median["monetary"])
    )
    low, high = _MORE[axis]
    if axis == "recency" and name.endswith(_LONG_AGO):
        name, (low, high) = name.removesuffix(_LONG_AGO), ("long ago", "very long ago")
    between = [f"{place} of {len(ranked)} by {_BY[axis]}" for place in range(2, len(ranked))]
    named = dict(zip(ranked, [low, *between, high], strict=True))
    return [f"{name}, {named[index]}".format(unit=unit) for index in range(len(alike))]
