"""What other values would give: the segment along each axis, and the smallest changes that lead elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from services.core.clusters.crossing import PER_UNIT, Crossing
from services.core.vocabulary import AXES, Axis
from services.releases.overview.groups import Cluster, Segment
from services.serving.predictions.crossings import far_from_usual, smallest_changes
from services.serving.predictions.predict import HIGHEST, Prediction, lowest, nearest, predict
from services.serving.release.loaded import Loaded

_AROUND = np.arange(-1, 3)


@dataclass(frozen=True)
class Part:
    """A stretch of an axis on which the segment stays the same, the other two values unchanged.

    Attributes
    ----------
    first, last : float
        Both inside; ``last`` is ``HIGHEST`` where nothing follows.
    segment : int
        Index in the release's segments; −1 where none takes such a customer.
    """

    first: float
    last: float
    segment: int


@dataclass(frozen=True)
class Change:
    """The smallest change of one value that leads to another segment, by its index."""

    axis: Axis
    direction: Literal["lower", "higher"]
    value: float
    segment: int


@dataclass(frozen=True)
class Person:
    """A real customer, and how far from the values asked for in the standardised space.

    ``segment`` and ``cluster`` are stored indices, −1 for no segment.
    """

    customer_id: str
    values: dict[Axis, float]
    segment: int
    cluster: int
    distance: float


@dataclass(frozen=True)
class Answer:
    """Everything the tab Predict shows for one triple of values.

    Attributes
    ----------
    prediction : Prediction
    segment, cluster : int
        Its indices in the release's lists, −1 for no segment.
    tracks : dict of axis to list of Part
        From the lowest value up, without holes.
    changes : list of Change
        By axis, the lower one first.
    people : list of Person
        Nearest first.
    far : list of axis
        Where the values are those of an outlier.
    crossings : list of Crossing
        The smallest changes that lead to another cluster: for the better, for the worse.
    means : dict of axis to float, or None
        What the values are held against where the segments are told apart by means.
    """

    prediction: Prediction
    segment: int
    cluster: int
    tracks: dict[Axis, list[Part]]
    changes: list[Change]
    people: list[Person]
    far: list[Axis]
    crossings: list[Crossing]
    means: dict[Axis, float] | None


def answer(release: Loaded, values: dict[Axis, float], start: int | None = None) -> Answer:
    """Return the whole answer for raw values.

    Parameters
    ----------
    release : Loaded
    values : dict of axis to float
    start : int, optional
        Row of the customer whose values were taken to begin with.

    Raises
    ------
    Refusal
        As :func:`services.serving.predictions.predict.predict`.
    """
    prediction = predict(release, dict(values))
    parts = tracks(release, prediction.values)
    found = nearest(release, prediction.values, first=start)
    return Answer(
        prediction,
        _index(release.segments, prediction.segment),
        _index(release.clusters, prediction.cluster),
        parts,
        changes(parts, prediction.values),
        [person(release, each.row, each.distance) for each in found],
        far_from_usual(release, prediction.values),
        smallest_changes(release, prediction.values),
        _means(release) if release.preset.segments.kind == "means" else None,
    )


def tracks(release: Loaded, values: dict[Axis, float]) -> dict[Axis, list[Part]]:
    """Return the segments along each axis, the other two values unchanged.

    Candidates are the values on both sides of every cut point; the release's own segmentation is asked for
    each, so that a track never contradicts a prediction.
    """
    cuts = _cuts(release, values)
    points = [_candidates(axis, cuts[axis], values[axis]) for axis in AXES]
    ends = np.cumsum([len(each) for each in points])
    raw = np.empty((int(ends[-1]), len(AXES)))
    raw[:] = [values[axis] for axis in AXES]
    for place, end in enumerate(ends):
        raw[end - len(points[place]) : end, place] = points[place]
    found = np.split(release.segmentation.segment(raw), ends[:-1])
    return {axis: _parts(points[place], found[place]) for place, axis in enumerate(AXES)}


def changes(parts: dict[Axis, list[Part]], values: dict[Axis, float]) -> list[Change]:
    """Return the nearest other segment on both sides of each value."""
    found: list[Change] = []
    for axis in AXES:
        here = _place(parts[axis], values[axis])
        if here > 0:
            found.append(Change(axis, "lower", parts[axis][here - 1].last, parts[axis][here - 1].segment))
        if here + 1 < len(parts[axis]):
            found.append(Change(axis, "higher", parts[axis][here + 1].first, parts[axis][here + 1].segment))
    return found


def person(release: Loaded, row: int, distance: float = 0.0) -> Person:
    """Return the customer in a row."""
    columns = release.customers
    return Person(
        release.id_of(row),
        {axis: float(columns[axis][row]) for axis in AXES},
        int(columns["segment"][row]),
        int(columns["cluster"][row]),
        distance,
    )


def _cuts(release: Loaded, values: dict[Axis, float]) -> dict[Axis, npt.NDArray[np.float64]]:
    """Return where the segment may change along each axis, in raw units."""
    if release.scale is not None:
        return {axis: np.asarray(release.scale.edges[axis]) for axis in AXES}
    if release.preset.segments.kind == "means":
        return {axis: np.array([mean]) for axis, mean in _means(release).items()}
    return {axis: _borders(release, values, place) for place, axis in enumerate(AXES)}


def _means(release: Loaded) -> dict[Axis, float]:
    """Return the zero of the standardised space in raw units, which is the mean of what clusters see."""
    return dict(zip(AXES, release.transform.invert(np.zeros((1, 3)))[0].tolist(), strict=True))


def _borders(release: Loaded, values: dict[Axis, float], place: int) -> npt.NDArray[np.float64]:
    """Return where two clusters' centres are equally far along one axis, in raw units."""
    point = release.transform(np.array([[values[axis] for axis in AXES]]))[0]
    along = release.centres[:, place]
    aside = np.delete((release.centres - point) ** 2, place, axis=1).sum(axis=1)
    one, other = np.triu_indices(len(along), k=1)
    apart = along[other] != along[one]
    one, other = one[apart], other[apart]
    crossing = (aside[other] - aside[one] + along[other] ** 2 - along[one] ** 2) / (along[other] - along[one])
    points = np.tile(point, (len(crossing), 1))
    points[:, place] = crossing / 2
    with np.errstate(over="ignore"):
        return release.transform.invert(points)[:, place]


def _candidates(axis: Axis, cuts: npt.NDArray[np.float64], value: float) -> npt.NDArray[np.float64]:
    """Return the axis's steps around its cut points, its ends and the value itself, ascending."""
    steps = _steps(axis, tuple(cuts.tolist()))
    place = int(np.searchsorted(steps, value))
    if steps[place] == value:
        return steps
    return np.concatenate([steps[:place], [value], steps[place:]])


@lru_cache(maxsize=256)
def _steps(axis: Axis, cuts: tuple[float, ...]) -> npt.NDArray[np.float64]:
    """Return the steps around cut points and the axis's ends; a release's scores ask for the same again."""
    unit, least = PER_UNIT[axis], lowest(axis)
    inside = np.array([cut for cut in cuts if least <= cut < HIGHEST])
    around = (np.floor(inside[:, None] * unit) + _AROUND).ravel() / unit
    steps = np.unique(np.concatenate([around[around >= least], [least, HIGHEST]]))
    steps.flags.writeable = False
    return steps


def _parts(points: npt.NDArray[np.float64], found: npt.NDArray[np.int16]) -> list[Part]:
    starts = [0, *(np.flatnonzero(found[1:] != found[:-1]) + 1).tolist(), len(points)]
    return [
        Part(float(points[start]), float(points[end - 1]), int(found[start]))
        for start, end in pairwise(starts)
    ]


def _place(parts: list[Part], value: float) -> int:
    return max(place for place, part in enumerate(parts) if part.first <= value)


def _index(entries: Sequence[Segment | Cluster], entry: Segment | Cluster | None) -> int:
    """Find an entry of the overview itself; comparing its contents would cost more than predicting."""
    return next((place for place, each in enumerate(entries) if each is entry), -1)
