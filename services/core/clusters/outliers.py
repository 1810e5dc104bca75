"""Customers far from all others: flagged by a stated rule, not deleted, for wholesalers are the best ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.features import Points
from services.core.vocabulary import AXES

LIMIT = 3.5
TOO_MANY = 0.1  # of the customers: so many are no exceptions
RULE = f"a robust z of log frequency or monetary value beyond ±{LIMIT}"

#: What makes the median and the mean absolute deviation of a normal distribution its standard deviation.
_OF_MEDIAN, _OF_MEAN = 1.482602, 1.253314
_JUDGED = np.array([axis != "recency" for axis in AXES])


@dataclass(frozen=True)
class Usual:
    """What is usual on one base of customers, on log(1 + value).

    Attributes
    ----------
    middle, unit : ndarray, shape (3,)
        Median, and the robust standard deviation; 0 where all have one value.
    flagged : float
        Share of the base beyond ``LIMIT``, 0–1. Over ``TOO_MANY`` the rule does not fit the base: then nobody
        is far.
    """

    middle: Points
    unit: Points
    flagged: float

    @property
    def fits(self) -> bool:
        """Whether the rule flags few enough."""
        return self.flagged <= TOO_MANY

    def far(self, rfm: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Say which raw values, shape (n, 3), are further than ``LIMIT`` from the middle, on either side.

        Recency never is: a customer of today or of long ago is none apart.
        """
        return _beyond(rfm, self.middle, self.unit) & self.fits


def _beyond(rfm: npt.ArrayLike, middle: Points, unit: Points) -> npt.NDArray[np.bool_]:
    away = np.abs(np.log1p(np.asarray(rfm, dtype=np.float64)) - middle)
    z = np.divide(away, unit, out=np.zeros_like(away), where=unit > 0)
    return np.asarray((z > LIMIT) & _JUDGED)


def usual(rfm: npt.ArrayLike) -> Usual:
    """Measure what is usual among customers, raw values of shape (n, 3), none negative.

    Examples
    --------
    >>> found = usual(np.expm1([[0.0, 1.0, 1.0], [0.0, 2.0, 1.0], [0.0, 9.0, 1.0]]))
    >>> found.middle.round(3).tolist(), found.unit.round(6).tolist()
    ([0.0, 2.0, 1.0], [0.0, 1.482602, 0.0])
    """
    values = np.log1p(np.asarray(rfm, dtype=np.float64))
    middle = np.median(values, axis=0)
    away = np.abs(values - middle)
    unit = _OF_MEDIAN * np.median(away, axis=0)
    unit = np.where(unit > 0, unit, _OF_MEAN * away.mean(axis=0))
    return Usual(middle, unit, float(_beyond(rfm, middle, unit).any(axis=1).mean()))


def outliers(rfm: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Flag customers whose robust z of frequency or spend is beyond ``LIMIT``, on either side.

    Parameters
    ----------
    rfm : array_like, shape (n_customers, 3)
        Raw recency, frequency, monetary, none negative.

    Returns
    -------
    ndarray of bool, shape (n_customers,)
        Nobody where the rule does not fit.

    Notes
    -----
    Iglewicz and Hoaglin, *How to Detect and Handle Outliers*, 1993: distance from the median in units of the
    median absolute deviation, here of log(1 + value); where more than half share one value and that deviation
    is zero, in units of the mean absolute deviation.
    """
    return np.asarray(usual(rfm).far(rfm).any(axis=1))
