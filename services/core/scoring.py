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
        Ascending cut points, one fewer than classes; a value equal to an edge belongs below it.
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


def fit_scale(rfm: pd.DataFrame, classes: int, best: Best) -> Scale:
    """Find the cut points that split each axis into ``classes`` equal shares of customers.

    Parameters
    ----------
    rfm : DataFrame, shape (n_customers, 3)
        From :func:`services.core.rfm.rfm_table`.
    classes : int
        4 for quartiles, 5 for quintiles.
    best : {"high", "low"}
        See :class:`Scale`.

    Notes
    -----
    Quantiles by linear interpolation (Hyndman and Fan's type 7). Ties may leave a class empty or large:
    :func:`class_sizes` tells.
    """
    shares = np.arange(1, classes) / classes
    edges: dict[Axis, tuple[float, ...]] = {
        axis: tuple(float(edge) for edge in np.quantile(rfm[axis].to_numpy(np.float64), shares))
        for axis in AXES
    }
    return Scale(classes, best, edges)


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
