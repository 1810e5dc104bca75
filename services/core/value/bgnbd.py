"""BG/NBD and MBG/NBD: customers buy at a rate of their own until they drop out after a purchase.

Fader, Hardie and Lee, "Counting your customers" the easy way, *Marketing Science* 24 (2005). In MBG/NBD one
may drop out after the first purchase, too; in BG/NBD only after a repeat: Batislam, Denizel and Filiztekin,
Empirical validation and comparison of models for customer base analysis, *IJRM* 24 (2007).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, digamma, gammaln

from services.core.language.messages import later
from services.core.refusals import Refusal
from services.core.value.fitting import Floats, Histories, most_likely
from services.core.value.nbd import at_least_buying, fit_nbd

_STARTS = ((0.5, 0.5, 0.5, 2.0), (1.0, 1.0, 1.0, 1.0), (0.25, 0.2, 0.8, 2.5), (2.0, 2.0, 0.1, 5.0))
#: Gain of log-likelihood by two more parameters that chance reaches in one of twenty samples.
CHANCE = 3.0
#: Stored with releases in English, and said when shown.
UNIDENTIFIED = later(
    "This data does not show when customers stop buying, so nobody’s orders or spend can be expected."
).text


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
    from_first : bool
        Whether one may drop out after the first purchase already, as in MBG/NBD.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    from_first: bool = False

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters by their names in the papers."""
        return {"r": self.r, "alpha": self.alpha, "a": self.a, "b": self.b}

    def alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, age: npt.ArrayLike) -> Floats:
        """Return the chance that a customer with such a history still buys.

        In BG/NBD it is 1 before the first repeat.
        """
        repeats, last, known = (np.asarray(each, np.float64) for each in (x, t_x, age))
        chances = repeats + self.from_first
        dropped = _log_dropped(self.r, self.alpha, self.a, self.b, repeats, last, chances)
        bought = -(self.r + repeats) * np.log(self.alpha + known)
        alive: Floats = np.exp(bought - np.logaddexp(bought, dropped))
        return alive

    def at_least(
        self,
        n: npt.ArrayLike,
        x: npt.ArrayLike,
        t_x: npt.ArrayLike,
        age: npt.ArrayLike,
        horizon: npt.ArrayLike,
    ) -> Floats:
        """Return the chance of ``n`` purchases or more, n from 1, within ``horizon`` from now.

        Who buys so often is still there, buys fast enough, and stayed after each purchase but the last.
        """
        further = np.asarray(n, np.float64)
        stayed = self.b + np.asarray(x, np.float64) + self.from_first
        stays = np.exp(betaln(self.a, stayed + further - 1) - betaln(self.a, stayed))
        chance: Floats = (
            self.alive(x, t_x, age) * stays * at_least_buying(self.r, self.alpha, further, x, age, horizon)
        )
        return chance


def fit_bgnbd(of: Histories, *, from_first: bool = False) -> BgNbd:
    """Fit BG/NBD, or MBG/NBD where one may drop out ``from_first`` purchase on.

    Raises
    ------
    Refusal
        Where a parameter runs to its bound, or NBD explains the data as well: drop-out is then not told from
        waiting.
    """
    unit = float(np.average(of.age, weights=of.customers))
    x, t_x, age = of.x, of.t_x / unit, of.age / unit
    chances = x + from_first

    def log_likelihood(parameters: Floats) -> tuple[Floats, Floats]:
        r, alpha, a, b = parameters
        waiting = -(r + x) * np.log(alpha + age)
        either = np.logaddexp(waiting, _log_dropped(r, alpha, a, b, x, t_x, chances))
        stayed = betaln(a, b + chances) - betaln(a, b)
        likelihood = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + stayed + either
        alive = np.exp(waiting - either)
        all_of = digamma(a + b) - digamma(a + b + chances)
        by_r = digamma(r + x) - digamma(r) + np.log(alpha)
        by_r -= alive * np.log(alpha + age) + (1 - alive) * np.log(alpha + t_x)
        by_alpha = r / alpha - (r + x) * (alive / (alpha + age) + (1 - alive) / (alpha + t_x))
        by_b = all_of + digamma(b + chances) - digamma(b) - (1 - alive) / (b + np.maximum(chances, 1) - 1)
        return likelihood, np.stack([by_r, by_alpha, all_of + (1 - alive) / a, by_b])

    found = most_likely(log_likelihood, of.customers, _STARTS)
    reached = found.log_likelihood - float(of.customers @ x) * math.log(unit)
    if found.at_bound.any() or reached < fit_nbd(of).log_likelihood + CHANCE:
        raise Refusal(UNIDENTIFIED)
    r, alpha, a, b = found.parameters.tolist()
    return BgNbd(r, alpha * unit, a, b, reached, from_first)


def _log_dropped(
    r: float, alpha: float, a: float, b: float, x: Floats, t_x: Floats, chances: Floats
) -> Floats:
    """Return the log-weight of having dropped out at the last purchase, one of so many ``chances`` to."""
    some = chances > 0
    last = np.where(some, chances, 1.0)
    weight = np.log(a) - np.log(b + last - 1) - (r + x) * np.log(alpha + t_x)
    return np.where(some, weight, -np.inf)
