"""Where a customer with given values would fall."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.core.clusters.kmeans import assign
from services.core.language.messages import later
from services.core.refusals import Refusal
from services.core.text.numbers_plain import plain_number
from services.core.text.numbers_typed import BRITISH, Notation
from services.core.vocabulary import AXES, Axis
from services.releases.overview.groups import Cluster, Segment
from services.serving.release.loaded import Loaded

HIGHEST = 1e12
_WHOLE: dict[Axis, tuple[int, later]] = {
    "recency": (0, later("Give the days since the last order as a whole number from 0 up.")),
    "frequency": (1, later("A customer has at least one order. Give a whole number from 1 up.")),
}
_SPEND = later("Give the spend as a number from 0 up, such as {number}.")
_TOO_HIGH = later("That is too large. Give a number below {number}.")


@dataclass(frozen=True)
class Prediction:
    """The answer for one triple of values.

    Attributes
    ----------
    values : dict of axis to float
    scores : dict of axis to int, or None
        None where the preset has no scores.
    segment : Segment or None
    cluster : Cluster
        Entries of the release's overview.
    distances : list of float, length k
        To each cluster's centre, in the standardised space, in the release's order.
    margin : float
        (d2 − d1) / (d1 + d2).
    second : Cluster
        The nearest other cluster.
    in_range : dict of axis to bool
        Whether training saw values as low and as high.
    """

    values: dict[Axis, float]
    scores: dict[Axis, int] | None
    segment: Segment | None
    cluster: Cluster
    second: Cluster
    distances: list[float]
    margin: float
    in_range: dict[Axis, bool]


@dataclass(frozen=True)
class Neighbour:
    """A real customer near given values; ``distance`` is in the standardised space."""

    row: int
    distance: float


def predict(release: Loaded, values: Mapping[Axis, object]) -> Prediction:
    """Place raw values in a release.

    Parameters
    ----------
    release : Loaded
    values : dict of axis to number
        Whole days, whole orders (or lines), money.

    Raises
    ------
    Refusal
        Whose ``field`` is the axis, for a value no customer can have.
    """
    return _placed(release, [_checked(values)])[0]


def predict_many(release: Loaded, rows: Sequence[Mapping[Axis, object]]) -> list[Prediction]:
    """Place many raw values in a release at once; each answer is that of :func:`predict`.

    Parameters
    ----------
    release : Loaded
    rows : sequence of mapping of axis to number

    Raises
    ------
    Refusal
        For the first value no customer can have; ``field`` is its place from 0 and its axis, ``[3].recency``.
    """
    checked = []
    for place, values in enumerate(rows):
        try:
            checked.append(_checked(values))
        except Refusal as refusal:
            raise Refusal(str(refusal), f"[{place}].{refusal.field}") from None
    return _placed(release, checked) if checked else []


def _checked(values: Mapping[Axis, object]) -> dict[Axis, float]:
    return {axis: checked_value(axis, values.get(axis)) for axis in AXES}


def _placed(release: Loaded, rows: Sequence[dict[Axis, float]]) -> list[Prediction]:
    raw = np.array([[values[axis] for axis in AXES] for values in rows])
    placed = assign(release.transform(raw), release.centres)
    distances, margins = placed.distances.tolist(), placed.margin.tolist()
    scores = {axis: each.tolist() for axis, each in (release.segmentation.scores(raw) or {}).items()}
    segments = release.segmentation.segment(raw).tolist()
    ranges = release.overview.axes
    return [
        Prediction(
            values=values,
            scores={axis: int(each[place]) for axis, each in scores.items()} or None,
            segment=release.segments[segments[place]] if segments[place] >= 0 else None,
            cluster=release.clusters[int(placed.nearest[place])],
            second=release.clusters[int(placed.second[place])],
            distances=distances[place],
            margin=margins[place],
            in_range={axis: ranges[axis].min <= values[axis] <= ranges[axis].max for axis in AXES},
        )
        for place, values in enumerate(rows)
    ]


def nearest(
    release: Loaded, values: dict[Axis, float], count: int = 6, *, first: int | None = None
) -> list[Neighbour]:
    """Return the real customers nearest to raw values, nearest first; ties by row.

    Parameters
    ----------
    release : Loaded
    values : dict of axis to float
    count : int
        How many, where the release has as many.
    first : int, optional
        Row of a customer who comes before all others at the same distance, and is never cut off by them.
    """
    point = release.transform(np.array([[values[axis] for axis in AXES]]))[0]
    distances, rows = release.neighbours.query(point, k=min(count, release.count))
    found = dict(zip(np.atleast_1d(rows).tolist(), np.atleast_1d(distances).tolist(), strict=True))
    if first is not None and all(release.customers[axis][first] == values[axis] for axis in AXES):
        found[first] = 0.0
    ranked = sorted(found, key=lambda row: (found[row], row != first, row))
    return [Neighbour(row, found[row]) for row in ranked[:count]]


def lowest(axis: Axis) -> float:
    """Return the least value a customer can have on an axis."""
    return _WHOLE[axis][0] if axis in _WHOLE else 0


def typed_value(axis: Axis, text: object, written: Notation = BRITISH) -> float:
    """Return a value as typed into a form, by the rule of ``services.core.text.numbers_typed``.

    Raises
    ------
    Refusal
        With the axis as ``field`` and a sentence that says what is allowed.
    """
    return _read(axis, text, written.read_money if axis == "monetary" else written.read, written)


def linked_value(axis: Axis, text: str, written: Notation = BRITISH) -> float:
    """Return a value as an address has it, by the rule of ``services.core.text.numbers_plain``.

    Raises
    ------
    Refusal
        As :func:`typed_value` does: its sentence stands beside a field of the form.
    """
    return _read(axis, text, plain_number, written)


def checked_value(axis: Axis, value: object, written: Notation = BRITISH) -> float:
    """Return one value as a number that a customer can have.

    Parameters
    ----------
    axis : Axis
    value : object
    written : Notation
        How numbers are written in the sentence of a refusal.

    Raises
    ------
    Refusal
        With the axis as ``field`` and a sentence that says what is allowed.
    """
    lowest, sentence = _allowed(axis, written)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refusal(sentence, axis)
    if isinstance(value, float) and not math.isfinite(value):
        raise Refusal(sentence, axis)
    if value < lowest or (axis in _WHOLE and value != int(value)):
        raise Refusal(sentence, axis)
    if value > HIGHEST:
        raise Refusal(_TOO_HIGH(number=written.write(HIGHEST)), axis)
    return float(value)


def _read(axis: Axis, text: Any, read: Callable[[Any], float], written: Notation) -> float:
    try:
        number = read(text)
    except Refusal:
        raise Refusal(_allowed(axis, written)[1], axis) from None
    # More digits than a float holds are a number all the same, and too high.
    return checked_value(axis, min(number, 2 * HIGHEST), written)


def _allowed(axis: Axis, written: Notation) -> tuple[int, str]:
    if axis in _WHOLE:
        least, sentence = _WHOLE[axis]
        return least, sentence()
    return 0, _SPEND(number=written.write(1797.24))


def as_contract(prediction: Prediction, release: Loaded) -> dict[str, Any]:
    """Return what ``predict --json`` prints; numbers keep every digit."""
    cluster = prediction.cluster
    return {
        "cluster": {"id": cluster.id, "name": cluster.name},
        "segment": prediction.segment.name if prediction.segment else None,
        "scores": prediction.scores and {axis[0]: score for axis, score in prediction.scores.items()},
        "distances": {
            each.id: distance for each, distance in zip(release.clusters, prediction.distances, strict=True)
        },
        "margin": prediction.margin,
        "in_range": prediction.in_range,
    }
