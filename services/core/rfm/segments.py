"""From raw values to scores and a named segment, by what was found on one base of customers.

Training, look-up, prediction and files of many rows all ask the same ``Segmentation``, so they agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from services.core.clusters.kmeans import assign
from services.core.features import Points, Transform
from services.core.presets import Segments
from services.core.rfm.scoring import Scale, Scores, buying_score
from services.core.vocabulary import AXES, Axis

Indices = npt.NDArray[np.int16]

#: Nearer to the mean than this, in standard deviations, is the mean: sums differ in their last bits.
_AT_THE_MEAN = 1e-9


@dataclass(frozen=True)
class Segmentation:
    """A preset's segment map with everything that was measured on one base.

    Attributes
    ----------
    segments : Segments
        The map.
    scale : Scale or None
        Cut points of the scores; None where the preset has none.
    transform : Transform
        Whose zero is the mean of the base.
    centres : ndarray, shape (k, 3)
        Of the clusters, in the standardised space.
    """

    segments: Segments
    scale: Scale | None
    transform: Transform
    centres: Points

    def scores(self, rfm: Points) -> dict[Axis, Scores] | None:
        """Score raw values, shape (n, 3), each axis from 1; None where the preset has no scores."""
        if self.scale is None:
            return None
        return {axis: self.scale.of(axis, rfm[:, place]) for place, axis in enumerate(AXES)}

    def segment(self, rfm: Points) -> Indices:
        """Name the segments of raw values, shape (n, 3), as indices; −1 where none takes a customer."""
        if self.segments.kind == "clusters":
            return assign(self.transform(rfm), self.centres).nearest
        if self.segments.kind == "means":
            return _by_rules(self.segments, _halves(self.transform(rfm)))
        scores = self.scores(rfm) or {}
        return self._of_scores[tuple(scores[axis] - 1 for axis in AXES)]

    @cached_property
    def _of_scores(self) -> Indices:
        """The segment of every triple of scores, shape (classes, classes, classes): there are but a few."""
        classes = self.scale.classes if self.scale else 0
        r, f, m = np.indices((classes, classes, classes), dtype=np.int8).reshape(3, -1) + np.int8(1)
        return segment_of(self.segments, r, f, m).reshape(classes, classes, classes)


def segment_of(segments: Segments, r: Scores, f: Scores, m: Scores) -> Indices:
    """Return each customer's segment as an index into ``segments.groups``.

    Parameters
    ----------
    segments : Segments
        The map of a preset, of a kind that reads scores.
    r, f, m : ndarray of int8, shape (n,)
        Scores from 1.

    Returns
    -------
    ndarray of int16, shape (n,)
        −1 where no group takes the customer.
    """
    recent, often, much = (np.asarray(score, dtype=np.int64) for score in (r, f, m))
    if segments.kind == "grid":
        return _by_grid(segments, recent, buying_score(f, m))
    if segments.kind == "score":
        return _by_score(segments, 100 * recent + 10 * often + much)
    return _by_rules(segments, {"r": recent, "f": often, "m": much})


def _halves(points: Points) -> dict[str, npt.NDArray[np.int64]]:
    """Give 2 where a standardised value is better than the base's mean, else 1; fewer days are better."""
    better = np.column_stack([points[:, :1] < -_AT_THE_MEAN, points[:, 1:] > _AT_THE_MEAN])
    return {axis[0]: 1 + better[:, place].astype(np.int64) for place, axis in enumerate(AXES)}


def _by_grid(segments: Segments, r: npt.NDArray[np.int64], b: Scores) -> Indices:
    place = {group.id: index for index, group in enumerate(segments.groups)}
    cells = np.array([[place[cell] for cell in row] for row in segments.grid or ()], dtype=np.int16)
    return cells[r - 1, b.astype(np.int64) - 1]


def _by_score(segments: Segments, score: npt.NDArray[np.int64]) -> Indices:
    conditions = [score >= (group.at_least or 0) for group in segments.groups]
    return np.select(conditions, range(len(conditions)), default=-1).astype(np.int16)


def _by_rules(segments: Segments, scores: dict[str, npt.NDArray[np.int64]]) -> Indices:
    everyone = np.ones(len(scores["r"]), dtype=bool)
    conditions = [
        np.logical_and.reduce(
            [everyone, *(scores[axis] == score for axis, score in (group.when or {}).items())]
        )
        for group in segments.groups
    ]
    return np.select(conditions, range(len(conditions)), default=-1).astype(np.int16)
