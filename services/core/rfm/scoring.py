"""Scores from cut points on values: equal values get equal scores, whatever the order of the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from services.core.vocabulary import AXES, Axis

if TYPE_CHECKING:
    import pandas as pd

Best = Literal["high", "low"]
Scores = npt.NDArray[np.int8]

#: A smaller share of the base is a handful of people, not a class.
SMALLEST_CLASS = 5
#: A larger share of the base in one class is worth a warning.
LARGE_CLASS = 0.4


@dataclass(frozen=True)
class Scale:
    """How values become scores.

    Attributes
    ----------
    classes : int
        Number of scores asked for (5 for quintiles).
    best : {"high", "low"}
        Whether the best customers get the highest score or 1.
    edges : mapping of axis to tuple of float
        Ascending cut points, one fewer than classes; a value equal to an edge belongs below it. Equal
        edges leave the scores between them to nobody.
    """

    classes: int
    best: Best
    edges: Mapping[Axis, tuple[float, ...]]

    def of(self, axis: Axis, values: npt.ArrayLike) -> Scores:
        """Score values of one axis.

        Parameters
        ----------
        axis : {"recency", "frequency", "monetary"}
            Of recency, low values are good; of the others, high ones.
        values : array_like, shape (n,)
            In the axis's unit.

        Returns
        -------
        ndarray of int8, shape (n,)
            1 to ``classes``.
        """
        below = np.searchsorted(
            np.asarray(self.edges[axis]), np.asarray(values, dtype=np.float64), side="left"
        )
        rising = (axis != "recency") == (self.best == "high")
        score = below + 1 if rising else self.classes - below
        return score.astype(np.int8)


def fit_scale(
    rfm: pd.DataFrame | Mapping[Axis, npt.NDArray[np.generic]],
    classes: int,
    best: Best,
    fixed: Mapping[Axis, tuple[float, ...]] | None = None,
) -> Scale:
    """Find the cut points that split each axis into equal shares of customers.

    Parameters
    ----------
    rfm : DataFrame, shape (n_customers, 3), or mapping of axis to ndarray, shape (n_customers,)
        From :func:`services.core.rfm.table.rfm_table`; at least one customer.
    classes : int
        4 for quartiles, 5 for quintiles. A base that does not bear so many is split into fewer shares,
        whose scores are spread over the whole scale: see :func:`scores_used`.
    best : {"high", "low"}
        See :class:`Scale`.
    fixed : mapping of axis to tuple of float, optional
        Cut points that are given; such an axis is not split by shares, however many customers there are.

    Notes
    -----
    Quantiles by linear interpolation (Hyndman and Fan's type 7). Ties may leave a class empty or large:
    :func:`class_sizes` tells.
    """
    given = fixed or {}
    used = scores_used(len(rfm["recency"]), classes)
    shares = np.arange(1, len(used)) / len(used)
    steps = np.diff(used)
    edges: dict[Axis, tuple[float, ...]] = {}
    for axis in AXES:
        if axis in given:
            edges[axis] = tuple(given[axis])
        else:
            cuts = np.quantile(np.asarray(rfm[axis], dtype=np.float64), shares)
            edges[axis] = tuple(float(edge) for edge in np.repeat(cuts, steps))
    return Scale(classes, best, edges)


def scores_used(customers: int, classes: int) -> list[int]:
    """List the scores that a base of customers can fill, worst first where high is best.

    Parameters
    ----------
    customers : int
    classes : int
        Scores of the scale.

    Returns
    -------
    list of int
        All of them, or fewer where a class would have under ``SMALLEST_CLASS`` customers, but at least two;
        the lowest and the highest are always among them, so grids and thresholds keep their meaning.

    Examples
    --------
    >>> scores_used(4000, 5), scores_used(22, 5), scores_used(17, 5), scores_used(3, 5)
    ([1, 2, 3, 4, 5], [1, 2, 4, 5], [1, 3, 5], [1, 5])
    """
    count = min(classes, max(2, customers // SMALLEST_CLASS))
    return [1 + (2 * place * (classes - 1) + count - 1) // (2 * (count - 1)) for place in range(count)]


def class_sizes(scores: Scores, classes: int) -> dict[int, int]:
    """Count the customers of each score, empty classes included."""
    counted = np.bincount(scores, minlength=classes + 1)
    return {score: int(counted[score]) for score in range(1, classes + 1)}


def buying_score(f: npt.ArrayLike, m: npt.ArrayLike) -> Scores:
    """Join frequency and monetary scores into one: their mean, halves upward.

    ``numpy.round`` would round halves to even and move almost a fifth of the customers.
    """
    total = np.asarray(f, dtype=np.int64) + np.asarray(m, dtype=np.int64)
    return ((total + 1) // 2).astype(np.int8)
