"""What a campaign changed: treated against holdout, with an interval and a verdict that may be refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from services.core.campaigns.holdout import CONFIDENCE

FEWEST_CUSTOMERS = 20
FEWEST_EXPECTED = 5
_Z = float(ndtri(0.5 + CONFIDENCE / 2))

_Counts = int | npt.NDArray[np.int64]
_Rates = Any  # a float, or an array of them

Verdict = Literal["higher", "lower", "cannot-tell", "too-few"]


@dataclass(frozen=True)
class Effect:
    """A difference between two groups.

    Attributes
    ----------
    treated, holdout : float
        The rate or mean of each group.
    low, high : float
        The 95 % interval of ``difference``.
    """

    treated: float
    holdout: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """Treated less holdout."""
        return self.treated - self.holdout


def rate_effect(treated: tuple[int, int], holdout: tuple[int, int]) -> Effect:
    """Compare two rates.

    Parameters
    ----------
    treated, holdout : (int, int)
        How many bought, and of how many; the latter at least 1.

    Notes
    -----
    Newcombe's hybrid of two Wilson intervals (Newcombe, *Statistics in Medicine* 17, 1998, 873–890, method
    10), which holds its level for small groups and for rates near 0 or 1.
    """
    low, high = interval_of_rates(*treated, *holdout)
    return Effect(treated[0] / treated[1], holdout[0] / holdout[1], float(low), float(high))


def interval_of_rates(
    treated: _Counts, of_treated: int, holdout: _Counts, of_holdout: int
) -> tuple[_Rates, _Rates]:
    """Return both ends of the 95 % interval of :func:`rate_effect`, for many counts at once."""
    first, second = treated / of_treated, holdout / of_holdout
    low_1, high_1 = _wilson(treated, of_treated)
    low_2, high_2 = _wilson(holdout, of_holdout)
    return (
        first - second - np.hypot(first - low_1, high_2 - second),
        first - second + np.hypot(high_1 - first, second - low_2),
    )


def verdict(low: float, high: float, *, enough: bool) -> Verdict:
    """Say which way an effect goes, or that it cannot be told.

    Parameters
    ----------
    low, high : float
        The 95 % interval of the difference.
    enough : bool
        Whether the groups are large enough for it to be believed.
    """
    if not enough:
        return "too-few"
    if low > 0:
        return "higher"
    return "lower" if high < 0 else "cannot-tell"


def enough(treated: tuple[int, int], holdout: tuple[int, int], *, non_buyers: bool) -> bool:
    """Whether two groups are large enough to be compared at all.

    Parameters
    ----------
    treated, holdout : (int, int)
        How many bought, and of how many.
    non_buyers : bool
        Whether those who did not buy count too: for a rate they do.

    Notes
    -----
    At least 20 customers a group, and at the rate of both together at least 5 buyers expected in each, for a
    rate also 5 who do not buy (Cochran, *Biometrics* 10, 1954, 417–451).
    """
    fewest = min(treated[1], holdout[1])
    if fewest < FEWEST_CUSTOMERS:
        return False
    rate = (treated[0] + holdout[0]) / (treated[1] + holdout[1])
    expected = min(rate, 1 - rate) if non_buyers else rate
    return expected * fewest >= FEWEST_EXPECTED


def _wilson(count: _Counts, of: int) -> tuple[_Rates, _Rates]:
    rate, spread = count / of, _Z**2 / of
    middle = (rate + spread / 2) / (1 + spread)
    reach = _Z / (1 + spread) * np.sqrt(rate * (1 - rate) / of + spread / (4 * of))
    return np.maximum(middle - reach, 0.0), np.minimum(middle + reach, 1.0)
