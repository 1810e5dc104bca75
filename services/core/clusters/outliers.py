"""Customers far from all others: flagged by a stated rule, not deleted, for wholesalers are the best ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.features import Points

LIMIT = 3.5
RULE = f"a robust z of log recency, frequency or monetary value beyond ±{LIMIT}"

#: What makes the median and the mean absolute deviation of a normal distribution its standard deviation.
_OF_MEDIAN, _OF_MEAN = 1.482602, 1.253314


@dataclass(frozen=True)
class Usual:
    """What is usual on one base of customers, on log(1 + value).

    Attributes
    ----------
    middle, unit : ndarray, shape (3,)
        Median, and the robust standard deviation; 0 where all have one value.
    """

    middle: Points
    unit: Points

    def far(self, rfm: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Say which raw values, shape (n, 3), are further than ``LIMIT`` from the middle, on either side."""
        away = np.abs(np.log1p(np.asarray(rfm, dtype=np.float64)) - self.middle)
        return np.asarray(np.divide(away, self.unit, out=np.zeros_like(away), where=self.unit > 0) > LIMIT)


def usual(rfm: npt.ArrayLike) -> Usual:
    """Measure what is usual among customers, raw values of shape (n, 3), none negative.

    Examples
    --------
    >>> found = usual(np.expm1([[1.0], [2.0], [3.0], [4.0], [15.0]]))
    >>> found.middle.round(3).tolist(), found.unit.round(6).tolist()
    ([3.0], [1.482602])
    """
    values = np.log1p(np.asarray(rfm, dtype=np.float64))
    middle = np.median(values, axis=0)
    away = np.abs(values - middle)
    unit = _OF_MEDIAN * np.median(away, axis=0)
    return Usual(middle, np.where(unit > 0, unit, _OF_MEAN * away.mean(axis=0)))


def outliers(rfm: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Flag customers whose robust z is beyond ``LIMIT`` on any axis, on either side.

    Parameters
    ----------
    rfm : array_like, shape (n_customers, 3)
        Raw recency, frequency, monetary, none negative.

    Returns
    -------
    ndarray of bool, shape (n_customers,)

    Notes
    -----
    Iglewicz and Hoaglin, *How to Detect and Handle Outliers*, 1993: distance from the median in units of the
    median absolute deviation, here of log(1 + value); where more than half share one value and that deviation
    is zero, in units of the mean absolute deviation.
    """
    return np.asarray(usual(rfm).far(rfm).any(axis=1))
