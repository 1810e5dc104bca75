"""What is to be expected of the next period, and how far such expectations have been off."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from services.core.campaigns.holdout import CONFIDENCE

FEWEST_CHANGES = 4
_WIDEST = 10


@dataclass(frozen=True)
class Expected:
    """A value with its 95 % interval, and how many periods it goes by."""

    value: float
    low: float
    high: float
    periods: int

    def times(self, factor: float) -> Expected:
        """Return it in another unit."""
        return Expected(self.value * factor, self.low * factor, self.high * factor, self.periods)


def expected(series: Sequence[float], spread: float = 0.0) -> Expected | None:
    """Expect of the next period what the last one had.

    Parameters
    ----------
    series : sequence of float
        A mean of each period, the last one last.
    spread : float
        Relative standard error of the mean of those expected about, if they are few.

    Returns
    -------
    Expected or None
        None with fewer than five periods, or one in which there was nothing, and where the interval would
        reach beyond ten times the value.

    Notes
    -----
    The interval goes by how much each period differed from the one before, as logarithms around no change,
    with Student's t for as many changes: a random walk's forecast (Hyndman and Athanasopoulos,
    *Forecasting*, 3rd ed. 2021, section 5.5). It knows neither season nor trend, so both widen it.
    """
    if len(series) <= FEWEST_CHANGES or min(series) <= 0:
        return None
    changes = np.diff(np.log(np.asarray(series, dtype=np.float64)))
    reach = float(stdtrit(len(changes), 0.5 + CONFIDENCE / 2)) * math.hypot(
        float(np.sqrt((changes**2).mean())), spread
    )
    if reach > math.log(_WIDEST):
        return None
    return Expected(series[-1], series[-1] * math.exp(-reach), series[-1] * math.exp(reach), len(series))
