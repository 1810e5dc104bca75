"""The smallest change of one value after which a customer is nearest to another cluster.

Along one axis the points nearest to one centre form an interval, and its ends have a closed form. They are
rounded outwards to whole units, and what is returned was placed by the rule of every prediction.
It describes how the groups lie; it does not say what an offer would cause.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from services.core.clusters.kmeans import nearest
from services.core.features import Points, Transform
from services.core.vocabulary import AXES, Axis

#: Whole units in one of an axis: days, orders, hundredths of the currency.
PER_UNIT: Mapping[Axis, int] = {"recency": 1, "frequency": 1, "monetary": 100}
#: Which way a value is better.
BETTER: Mapping[Axis, int] = {"recency": -1, "frequency": 1, "monetary": 1}
#: Whole units tried around a border, which the last bits of its closed form cannot move further.
_TRIED = 5
_SLACK = 1e-6
_DECIMALS = 6  # beyond pence, and fewer than a float of any real spend holds

Ranges = Mapping[Axis, tuple[float, float]]


@dataclass(frozen=True)
class Crossing:
    """A change of one value that leads to another cluster.

    Attributes
    ----------
    axis : Axis
    units : int
        The change in whole days, orders or hundredths of the currency; negative for less.
    value : float
        The changed value, in raw units.
    cluster : int
        Index of the centre that is nearest then.
    length : float
        Of the change, in the standardised space.
    better : bool
        Fewer days, more orders or more spend.
    """

    axis: Axis
    units: int
    value: float
    cluster: int
    length: float
    better: bool


def crossings(
    transform: Transform, centres: Points, values: Mapping[Axis, float], ranges: Ranges
) -> list[Crossing]:
    """Return the smallest change in each direction of each axis that leads to another cluster.

    Parameters
    ----------
    transform : Transform
    centres : ndarray, shape (k, 3)
        In the standardised space.
    values : mapping of axis to float
        Raw recency, frequency and monetary value.
    ranges : mapping of axis to (float, float)
        Least and greatest value of training; a changed value lies within them, both included.

    Returns
    -------
    list of Crossing
        Changes for the better first, then the shortest in the standardised space; at most six.
    """
    raw = [float(values[axis]) for axis in AXES]
    point = transform([raw])
    here = nearest(point, centres)[0]
    lows, highs = _borders(transform, centres, point, here)
    tried: list[tuple[int, int, float]] = []
    changed: list[list[float]] = []
    for place, axis in enumerate(AXES):
        for way, border in ((-1, lows[place]), (1, highs[place])):
            for units in _units(way, raw[place], border, PER_UNIT[axis], *ranges[axis]):
                value = round(raw[place] + way * units / PER_UNIT[axis], _DECIMALS)
                tried.append((place, way * units, value))
                changed.append([*raw[:place], value, *raw[place + 1 :]])
    if not tried:
        return []
    points = transform(changed)
    lengths = np.abs(points - point).max(axis=1).tolist()  # one axis differs
    found: dict[tuple[int, bool], Crossing] = {}
    for (place, units, value), cluster, length in zip(tried, nearest(points, centres), lengths, strict=True):
        axis = AXES[place]
        low, high = ranges[axis]
        if cluster != here and low <= value <= high:
            better = (units > 0) == (BETTER[axis] > 0)
            # on each side from the smallest change up, so the first one stays
            found.setdefault((place, better), Crossing(axis, units, value, cluster, length, better))
    return sorted(found.values(), key=lambda each: (not each.better, each.length, AXES.index(each.axis)))


def _borders(
    transform: Transform, centres: Points, point: Points, here: int
) -> tuple[list[float], list[float]]:
    """Return the ends, in raw units, of the interval of each axis on which ``here`` is nearest.

    Infinite where no other centre comes nearer on that side.
    """
    r, f, m = ((centres - point) ** 2).T
    aside = np.stack([f + m, r + m, r + f], axis=1)
    rises = aside - aside[here] + centres**2 - centres[here] ** 2
    gaps = 2 * (centres - centres[here])
    middles = np.divide(rises, gaps, out=np.zeros_like(rises), where=gaps != 0)
    lows = np.where(gaps < 0, middles, -np.inf).max(axis=0)
    highs = np.where(gaps > 0, middles, np.inf).min(axis=0)
    with np.errstate(over="ignore"):
        raw = transform.invert(np.stack([lows, highs]))
    return np.where(np.isfinite(lows), raw[0], -np.inf).tolist(), raw[1].tolist()


def _units(way: int, value: float, border: float, per_unit: int, low: float, high: float) -> list[int]:
    """Return the changes to try on one side, in whole units; none where the range ends before the border."""
    begin, end = (low, high) if way > 0 else (high, low)
    needed = max(way * (border - value), way * (begin - value), 0.0) * per_unit
    room = math.floor(way * (end - value) * per_unit + _SLACK)
    if needed > room + 1:
        return []
    least = math.floor(needed) - 1
    return [units for units in range(max(least, 1), least + _TRIED) if units <= room]
