"""Where a group of customers lies in the whole base: what names and plans are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from services.core.vocabulary import AXES, Axis

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Position:
    """What is measured of a group's members.

    Attributes
    ----------
    median : dict of axis to float
        In the axis's unit.
    place : dict of axis to float
        Share of all customers below the median, ties by half, 0–1.
    once, twice : float
        Share of the members with a frequency of at most 1, and of at most 2; 0–1.
    """

    median: dict[Axis, float]
    place: dict[Axis, float]
    once: float
    twice: float


def positions(rfm: pd.DataFrame, labels: npt.NDArray[np.int16], k: int) -> list[Position]:
    """Locate each cluster in the base.

    Parameters
    ----------
    rfm : DataFrame, shape (n_customers, 3)
    labels : ndarray, shape (n_customers,)
        0 to k − 1.
    """
    values = {axis: rfm[axis].to_numpy(np.float64) for axis in AXES}
    base = {axis: np.sort(values[axis]) for axis in AXES}
    return [located(base, {axis: values[axis][labels == label] for axis in AXES}) for label in range(k)]


def located(base: Mapping[Axis, npt.NDArray[Any]], members: Mapping[Axis, npt.NDArray[Any]]) -> Position:
    """Locate a group in the base.

    Parameters
    ----------
    base : dict of axis to ndarray, shape (n_customers,)
        Ascending.
    members : dict of axis to ndarray, shape (n_members,)
        At least one.
    """
    median = {axis: float(np.median(members[axis])) for axis in AXES}

    def place(axis: Axis) -> float:
        low, high = (np.searchsorted(base[axis], median[axis], side=side) for side in ("left", "right"))
        return float(low + high) / (2 * len(base[axis]))

    once, twice = (float((members["frequency"] <= most).mean()) for most in (1, 2))
    return Position(median, {axis: place(axis) for axis in AXES}, once, twice)


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
