"""From scores to a named segment: a grid, thresholds on a joined score, or ordered rules."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from services.core.presets import Segments
from services.core.scoring import Scores, buying_score

Indices = npt.NDArray[np.int16]


def segment_of(segments: Segments, r: Scores, f: Scores, m: Scores) -> Indices:
    """Return each customer's segment as an index into ``segments.groups``.

    Parameters
    ----------
    segments : Segments
        The map of a preset.
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
