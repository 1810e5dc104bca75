"""NBD: customers buy at a rate of their own and never drop out: what BG/NBD becomes without drop-out.

Ehrenberg, The pattern of consumer purchases, *Applied Statistics* 8 (1959).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, digamma, gammaln

from services.core.value.fitting import Floats, Histories, most_likely

_STARTS = ((0.5, 0.5), (1.0, 1.0), (5.0, 5.0))


@dataclass(frozen=True)
class Nbd:
    """Rates follow a gamma law of shape ``r`` and rate ``alpha``, a time in the unit it was fitted in."""

    r: float
    alpha: float
    log_likelihood: float

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters by their names in the papers."""
        return {"r": self.r, "alpha": self.alpha}

    def at_least(
        self,
        n: npt.ArrayLike,
        x: npt.ArrayLike,
        t_x: npt.ArrayLike,
        age: npt.ArrayLike,
        horizon: npt.ArrayLike,
    ) -> Floats:
        """Return the chance of ``n`` purchases or more, n from 1, within ``horizon`` from now."""
        return at_least_buying(self.r, self.alpha, n, x, age, horizon)


def at_least_buying(
    r: float, alpha: float, n: npt.ArrayLike, x: npt.ArrayLike, age: npt.ArrayLike, horizon: npt.ArrayLike
) -> Floats:
    """Return the chance of ``n`` purchases or more, n from 1, within ``horizon``, of who never drops out.

    After ``x`` repeats in ``age`` a rate follows the gamma law (r + x, alpha + age).
    """
    ahead = np.asarray(horizon, np.float64)
    share = ahead / (alpha + np.asarray(age, np.float64) + ahead)
    chance: Floats = betainc(np.asarray(n, np.float64), r + np.asarray(x, np.float64), share)
    return chance


def fit_nbd(of: Histories) -> Nbd:
    """Fit the model; where all buy at one rate, ``r`` and ``alpha`` are as large as is allowed."""
    unit = float(np.average(of.age, weights=of.customers))
    x, age = of.x, of.age / unit

    def log_likelihood(parameters: Floats) -> tuple[Floats, Floats]:
        r, alpha = parameters
        seen = np.log(alpha + age)
        likelihood = gammaln(r + x) - gammaln(r) + r * np.log(alpha) - (r + x) * seen
        by_r = digamma(r + x) - digamma(r) + np.log(alpha) - seen
        return likelihood, np.stack([by_r, r / alpha - (r + x) / (alpha + age)])

    found = most_likely(log_likelihood, of.customers, _STARTS)
    r, alpha = found.parameters.tolist()
    repeats = float(of.customers @ x)
    return Nbd(r, alpha * unit, found.log_likelihood - repeats * math.log(unit))
