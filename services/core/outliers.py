"""Customers far from all others: flagged by a stated rule, not deleted, for wholesalers are the best ones."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from services.core.features import Points

LIMIT = 3.5
RULE = f"a robust z of log recency, frequency or monetary value beyond ±{LIMIT}"

#: What makes the median and the mean absolute deviation of a normal distribution its standard deviation.
_OF_MEDIAN, _OF_MEAN = 1.482602, 1.253314


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
    distances = np.abs(robust_z(np.log1p(np.asarray(rfm, dtype=np.float64))))
    return np.asarray((distances > LIMIT).any(axis=1))


def robust_z(values: Points) -> Points:
    """Return the robust z of each column; 0 throughout a column of one value.

    Examples
    --------
    >>> robust_z(np.array([[1.0], [2.0], [3.0], [4.0], [15.0]])).ravel().round(1).tolist()
    [-1.3, -0.7, 0.0, 0.7, 8.1]
    """
    away = values - np.median(values, axis=0)
    unit = _OF_MEDIAN * np.median(np.abs(away), axis=0)
    unit = np.where(unit > 0, unit, _OF_MEAN * np.abs(away).mean(axis=0))
    return np.divide(away, unit, out=np.zeros_like(away), where=unit > 0)
