"""Gamma–Gamma: what a customer spends on an order, shrunk towards what the base does.

Fader and Hardie, The gamma-gamma model of monetary value (2013). The spend of an order follows a gamma law of
shape ``p`` and a rate of the customer's own, and the rates a gamma law of shape ``q`` and rate ``gamma``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, digamma, gammaln

from services.core.language.messages import later
from services.core.refusals import Refusal
from services.core.value.counts import Counts
from services.core.value.fitting import Floats, most_likely

_STARTS = ((1.0, 2.0, 1.0), (6.0, 4.0, 1.0), (2.0, 3.0, 5.0))
_HALVINGS = 15
FEWEST = 20
_RARE = 1e-5
# stored with releases in English, and said when shown: so without a place for the number
FEW = later("Fewer than 20 customers have spent something on a repeat order, too few to learn from.").text
ALIKE = later("Repeat orders are all of the same value, so there is no pattern of spend to learn.").text
UNTOLD = later(
    "These orders do not show how customers differ in what they spend, so nobody’s spend can be expected."
).text
WITHOUT_MEAN = later(
    "A few customers spend so much more than the others that no mean spend can be given."
).text


@dataclass(frozen=True)
class GammaGamma:
    """A fitted model; ``gamma`` is money.

    Attributes
    ----------
    p, q, gamma : float
    log_likelihood : float
    customers, left_out : int
        Who has a repeat order and was learned from, and who was not, as they spent nothing on them.
    """

    p: float
    q: float
    gamma: float
    log_likelihood: float
    customers: int
    left_out: int

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters by their names in the papers."""
        return {"p": self.p, "q": self.q, "gamma": self.gamma}

    def mean(self, x: npt.ArrayLike, spend: npt.ArrayLike) -> Floats:
        """Return the spend expected on an order, after ``x`` repeat orders of ``spend`` each on average."""
        orders, money = _counted(x, spend)
        mean: Floats = self.p * (self.gamma + orders * money) / (self.p * orders + self.q - 1)
        return mean

    def quantile(self, share: float, further: Counts, x: npt.ArrayLike, spend: npt.ArrayLike) -> Floats:
        """Return the spend on all further purchases that this share of such customers does not exceed.

        Parameters
        ----------
        share : float
        further : Counts
            The law of the number of these purchases.
        x, spend : array-like, shape (n,)
            Repeat orders so far, and their mean spend.

        Notes
        -----
        The sum of n orders over itself plus ``gamma`` plus all spend so far follows the beta law
        (p n, q + p x). Its quantile over all n is halved out on a logit scale, to 0.1 %.
        """
        orders, money = _counted(x, spend)
        scale = self.gamma + orders * money
        shape = self.q + self.p * orders
        exactly = further.exactly
        some = exactly > _RARE
        who, n, chance = further.customer[some], further.n[some], exactly[some]
        nothing = 1 - further.more_than(np.zeros(further.customers, np.int64))
        low, high = np.full(further.customers, -20.0), np.full(further.customers, 20.0)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            part = betainc(self.p * n, shape[who], (1 / (1 + np.exp(-middle)))[who])
            below = nothing + np.bincount(who, chance * part, minlength=further.customers) < share
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        found: Floats = np.where(nothing >= share, 0.0, scale * np.exp((low + high) / 2))
        return found


def fit_gamma_gamma(x: npt.ArrayLike, spend: npt.ArrayLike) -> GammaGamma:
    """Fit the model.

    Parameters
    ----------
    x : array-like, shape (n,)
        Repeat orders; who has none tells nothing.
    spend : array-like, shape (n,)
        Their mean spend. Who spent nothing on them is left out and counted.

    Raises
    ------
    Refusal
        Where too few customers are left, orders are all of one value, a parameter runs to its bound, or the
        base has no mean spend.
    """
    repeats, money = np.asarray(x, np.float64), np.asarray(spend, np.float64)
    spent = (repeats > 0) & (money > 0)
    left_out = int(((repeats > 0) & ~spent).sum())
    if spent.sum() < FEWEST:
        raise Refusal(FEW)
    if float(np.ptp(money[spent])) == 0:
        raise Refusal(ALIKE)
    rows, customers = np.unique(np.column_stack([repeats, money])[spent], axis=0, return_counts=True)
    unit = float(np.exp(np.average(np.log(rows[:, 1]), weights=customers)))
    n, mean = rows[:, 0], rows[:, 1] / unit
    total = n * mean

    def log_likelihood(parameters: Floats) -> tuple[Floats, Floats]:
        p, q, gamma = parameters
        of = p * n
        seen = np.log(gamma + total)
        likelihood = gammaln(of + q) - gammaln(of) - gammaln(q) + q * np.log(gamma)
        likelihood += (of - 1) * np.log(mean) + of * np.log(n) - (of + q) * seen
        both = digamma(of + q)
        by_p = n * (both - digamma(of) + np.log(total) - seen)
        by_q = both - digamma(q) + np.log(gamma) - seen
        return likelihood, np.stack([by_p, by_q, q / gamma - (of + q) / (gamma + total)])

    found = most_likely(log_likelihood, customers.astype(np.float64), _STARTS)
    p, q, gamma = found.parameters.tolist()
    if found.at_bound.any():
        raise Refusal(UNTOLD)
    if q <= 1:
        raise Refusal(WITHOUT_MEAN)
    everybody = int(spent.sum())
    reached = found.log_likelihood - everybody * float(np.log(unit))
    return GammaGamma(p, q, gamma * unit, reached, everybody, left_out)


def _counted(x: npt.ArrayLike, spend: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Give no weight to repeat orders on which nothing was spent."""
    money = np.maximum(np.asarray(spend, np.float64), 0.0)
    return np.where(money > 0, np.asarray(x, np.float64), 0.0), money
