"""What was expected on an earlier day, held against what happened since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from services.core.value.base import Base, Later, correlation
from services.core.value.counts import Counts, Law, counts
from services.core.value.fitting import Floats

#: Shares of customers whose purchases a central interval is to hold.
LEVELS = (50, 80, 90)
#: Days within which the share that bought is compared, beside all of them.
WITHIN = (28, 91)


@dataclass(frozen=True)
class Within:
    """The share of customers expected to buy within so many days, and the share that did."""

    days: int
    expected: float
    happened: float


@dataclass(frozen=True)
class Holdout:
    """What came of the expectations of one day.

    Attributes
    ----------
    days : int
        Looked ahead.
    expected : float
        Purchases of all customers.
    happened : int
    correlation : float or None
        Between both, over customers.
    pit : dict of str to float
        By level, in per cent: the share of customers whose purchases lay inside the central interval of that
        level. Counts jump over a bound; of a jump the part inside counts, which is the expectation of the
        randomised probability integral transform.
    bought_within : list of Within
    auc : float or None
        How often, of two customers of whom one bought and one did not, the former had the greater chance.
    """

    days: int
    expected: float
    happened: int
    correlation: float | None
    pit: dict[str, float]
    bought_within: list[Within]
    auc: float | None


def hold_against(law: Law, base: Base, happened: Later, days: int, unit: int = 1) -> Holdout:
    """Expect by a law what happened in the ``days`` after the base's, and compare.

    Parameters
    ----------
    law : Law
    base : Base
    happened : Later
        What its customers did in these days.
    days : int
    unit : int
        Days in the unit of time of the law and of the base.
    """
    ahead = counts(law, base.x, base.t_x, base.age, days / unit)
    bought = happened.wait <= days
    some = law.at_least(1, base.x, base.t_x, base.age, days / unit)
    looked = [*(each for each in WITHIN if each < days), days]
    return Holdout(
        days,
        float(ahead.expected.sum()),
        int(happened.purchases.sum()),
        correlation(ahead.expected, happened.purchases),
        {str(level): _inside(ahead, happened, level / 100) for level in LEVELS},
        [
            Within(
                each,
                float(np.mean(law.at_least(1, base.x, base.t_x, base.age, each / unit))),
                float(np.mean(happened.wait <= each)),
            )
            for each in looked
        ],
        _auc(some, bought),
    )


def _inside(ahead: Counts, happened: Later, level: float) -> float:
    below = 1 - ahead.more_than(happened.purchases - 1)
    above = 1 - ahead.more_than(happened.purchases)
    low, high = (1 - level) / 2, (1 + level) / 2
    inside = np.clip(np.minimum(above, high) - np.maximum(below, low), 0.0, None)
    # so rare a count that its chance is nil lies outside
    return float(np.mean(inside / np.maximum(above - below, 1e-12)))


def _auc(chance: Floats, bought: npt.NDArray[np.bool_]) -> float | None:
    yes, no = int(bought.sum()), int((~bought).sum())
    if not yes or not no:
        return None
    return float((rankdata(chance)[bought].sum() - yes * (yes + 1) / 2) / (yes * no))
