"""How small an effect on a rate a campaign shows, by the verdict that it will get."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy.special import bdtr

from services.core.campaigns.effects import FEWEST_CUSTOMERS, FEWEST_EXPECTED, interval_of_rates
from services.core.campaigns.holdout import POWER

_SPREADS = 4  # standard deviations on either side hold all but a ten thousandth
_STEPS = 64
_HALVINGS = 24

Whole = npt.NDArray[np.int64]


def smallest_rate_effect(rate: float, treated: int, holdout: int) -> float | None:
    """Return the smallest rise of a rate that gets the verdict "higher" four times in five.

    Parameters
    ----------
    rate : float
        Expected in the holdout, 0–1.
    treated, holdout : int
        Sizes of the groups.

    Returns
    -------
    float or None
        A difference of rates; None where no rise would, because the groups, or those expected to buy or not
        to buy among them, are too few for any verdict.

    Notes
    -----
    Buyers of both groups are binomial. For each count of the holdout the verdict is "higher" from some count
    of the treated on, so the power is a sum over the former, without a normal approximation, which promises
    too much of few buyers.
    """
    if min(treated, holdout) < FEWEST_CUSTOMERS:
        return None
    middle, reach = holdout * rate, _SPREADS * (math.sqrt(holdout * rate * (1 - rate)) + 1)
    kept = np.arange(max(int(middle - reach), 0), min(math.ceil(middle + reach), holdout) + 1)
    chance = np.diff(_up_to(np.append(kept[0] - 1, kept), holdout, rate))
    both = treated + holdout
    fewest = math.ceil(FEWEST_EXPECTED * both / min(treated, holdout))
    first = np.maximum(_first_higher(kept, treated, holdout), fewest - kept)
    last = both - fewest - kept

    def power(rise: float) -> float:
        up_to, below = (_up_to(count, treated, min(rate + rise, 1.0)) for count in (last, first - 1))
        return float(chance @ np.maximum(up_to - below, 0.0))

    # too large a rise leaves too few who do not buy, so the power falls again
    rises: list[float] = np.linspace(0.0, 1 - rate, _STEPS + 1).tolist()
    place = next((place for place, rise in enumerate(rises) if power(rise) >= POWER), None)
    if not place:
        return None
    low, high = rises[place - 1], rises[place]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if power(middle) >= POWER else (middle, high)
    return high


def _up_to(count: Whole, of: int, rate: float) -> npt.NDArray[np.float64]:
    """Return the binomial chance of so many buyers or fewer, whatever the count."""
    found = bdtr(np.clip(count, 0, of).astype(np.float64), of, rate)
    return np.where(count < 0, 0.0, found)


def _first_higher(kept: Whole, treated: int, holdout: int) -> Whole:
    """Return the fewest buyers among the treated that are "higher" than so many in the holdout."""
    low, high = np.full(len(kept), -1), np.full(len(kept), treated + 1)
    while (high - low > 1).any():
        middle = (low + high) // 2
        inside = np.clip(middle, 0, treated)
        higher = interval_of_rates(inside, treated, kept, holdout)[0] > 0
        low, high = np.where(higher, low, middle), np.where(higher, middle, high)
    return high
