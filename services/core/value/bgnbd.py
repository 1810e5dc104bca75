"""BG/NBD: customers buy at a rate of their own until they drop out after a purchase.

Fader, Hardie and Lee, "Counting your customers" the easy way, *Marketing Science* 24 (2005).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, digamma, gammaln, hyp2f1

from services.core.refusals import Refusal
from services.core.value.fitting import Floats, Histories, most_likely
from services.core.value.nbd import fit_nbd

_STARTS = ((0.5, 0.5, 0.5, 2.0), (1.0, 1.0, 1.0, 1.0), (0.25, 0.2, 0.8, 2.5), (2.0, 2.0, 0.1, 5.0))
#: Gain of log-likelihood by two more parameters that chance reaches in one of twenty samples.
_CHANCE = 3.0
UNIDENTIFIED = (
    "This data does not show when customers stop buying, so no chance of still being a customer can be given."
)


@dataclass(frozen=True)
class BgNbd:
    """A fitted model; times in the unit it was fitted in.

    Attributes
    ----------
    r, alpha : float
        Rates while a customer buys follow a gamma law of shape ``r`` and rate ``alpha`` (a time).
    a, b : float
        The share that drops out after a purchase follows a beta law.
    log_likelihood : float
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, age: npt.ArrayLike) -> Floats:
        """Return the chance that a customer with such a history still buys; 1 before the first repeat."""
        repeats, last, known = (np.asarray(each, np.float64) for each in (x, t_x, age))
        dropped = _log_dropped(self.r, self.alpha, self.a, self.b, repeats, last)
        bought = -(self.r + repeats) * np.log(self.alpha + known)
        alive: Floats = np.exp(bought - np.logaddexp(bought, dropped))
        return alive

    def silent(
        self, x: npt.ArrayLike, t_x: npt.ArrayLike, age: npt.ArrayLike, further: npt.ArrayLike
    ) -> Floats:
        """Return the chance of no order within ``further``: of those dropped out, and of those who wait."""
        alive = self.alive(x, t_x, age)
        known = self.alpha + np.asarray(age, np.float64)
        waits = (known / (known + np.asarray(further, np.float64))) ** (self.r + np.asarray(x, np.float64))
        chance: Floats = 1 - alive + alive * waits
        return chance

    def purchases(self, t: npt.ArrayLike) -> Floats:
        """Return the repeat purchases expected of a new customer within ``t``."""
        time = np.asarray(t, np.float64)
        both = self.a + self.b - 1
        series = hyp2f1(self.r, self.b, both, time / (self.alpha + time))
        expected: Floats = both / (self.a - 1) * (1 - (self.alpha / (self.alpha + time)) ** self.r * series)
        return expected


def fit_bgnbd(of: Histories) -> BgNbd:
    """Fit the model.

    Raises
    ------
    Refusal
        Where a parameter runs to its bound, or NBD explains the data as well: drop-out is then not told from
        waiting.
    """
    unit = float(np.average(of.age, weights=of.customers))
    x, t_x, age = of.x, of.t_x / unit, of.age / unit

    def log_likelihood(parameters: Floats) -> tuple[Floats, Floats]:
        r, alpha, a, b = parameters
        waiting = -(r + x) * np.log(alpha + age)
        either = np.logaddexp(waiting, _log_dropped(r, alpha, a, b, x, t_x))
        stayed = betaln(a, b + x) - betaln(a, b)
        likelihood = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + stayed + either
        alive = np.exp(waiting - either)
        all_of = digamma(a + b) - digamma(a + b + x)
        by_r = digamma(r + x) - digamma(r) + np.log(alpha)
        by_r -= alive * np.log(alpha + age) + (1 - alive) * np.log(alpha + t_x)
        by_alpha = r / alpha - (r + x) * (alive / (alpha + age) + (1 - alive) / (alpha + t_x))
        by_b = all_of + digamma(b + x) - digamma(b) - (1 - alive) / (b + np.maximum(x, 1) - 1)
        return likelihood, np.stack([by_r, by_alpha, all_of + (1 - alive) / a, by_b])

    found = most_likely(log_likelihood, of, _STARTS)
    repeats = float(of.customers @ x)
    reached = found.log_likelihood - repeats * math.log(unit)
    if found.at_bound.any() or reached < fit_nbd(of).log_likelihood + _CHANCE:
        raise Refusal(UNIDENTIFIED)
    r, alpha, a, b = found.parameters.tolist()
    return BgNbd(r, alpha * unit, a, b, reached)


def _log_dropped(r: float, alpha: float, a: float, b: float, x: Floats, t_x: Floats) -> Floats:
    """Return the log-weight of having dropped out at the last purchase, as nobody has before a repeat."""
    repeated = x > 0
    later = np.where(repeated, x, 1.0)
    weight = np.log(a) - np.log(b + later - 1) - (r + later) * np.log(alpha + t_x)
    return np.where(repeated, weight, -np.inf)
