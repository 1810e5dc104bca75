"""Pareto/NBD: customers buy at a rate of their own and stop at a moment of their own.

Schmittlein, Morrison and Colombo, Counting your customers, *Management Science* 33 (1987). The likelihood's
integral over the moment of stopping is taken by Gauss–Legendre nodes instead of two hypergeometric functions,
whose difference loses its digits: with z = (alpha + t_x) / (alpha + t) to a power, what is left under the
integral is smooth, and twelve nodes have thirteen digits on CDNOW.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammaln

from services.core.refusals import Refusal
from services.core.value.bgnbd import CHANCE, UNIDENTIFIED
from services.core.value.fitting import Floats, Histories, most_likely
from services.core.value.nbd import at_least_buying, fit_nbd

_STARTS = ((0.5, 0.5, 0.5, 0.5), (1.0, 1.0, 1.0, 1.0), (0.5, 0.3, 0.2, 2.0))
_POWER = 8.0


def _nodes(count: int) -> tuple[Floats, Floats]:
    places, weights = np.polynomial.legendre.leggauss(count)
    return (places + 1) / 2, weights / 2


_NODES, _WEIGHTS = _nodes(12)


@dataclass(frozen=True)
class _Stopped:
    """The weight of having stopped between the last purchase and now, with the means that its slope needs.

    Each has shape (n,); ``tau`` is the moment of stopping under that weight.
    """

    log_weight: Floats
    log_bought: Floats  # mean of log(alpha + tau)
    per_bought: Floats  # mean of 1 / (alpha + tau)
    log_left: Floats  # mean of log(beta + tau)
    per_left: Floats  # mean of 1 / (beta + tau)


def _stopped(r: float, alpha: float, s: float, beta: float, x: Floats, t_x: Floats, age: Floats) -> _Stopped:
    """Integrate s (alpha + t)^-(r + x) (beta + t)^-(s + 1) from the last purchase until now."""
    shape = r + s + x
    power = np.minimum(shape, _POWER)
    passed = (np.log(alpha + t_x) - np.log(alpha + age)) * shape / power
    width = -np.expm1(passed)
    log_z = np.log(np.exp(passed)[:, None] + width[:, None] * _NODES)
    log_bought = np.log(alpha + t_x)[:, None] - log_z * (power / shape)[:, None]
    bought = np.exp(log_bought)
    left = bought + (beta - alpha)
    log_left = np.log(left)
    heights = (s + 1) * (log_bought - log_left) + (power - 1)[:, None] * log_z
    top = heights.max(axis=1)
    parts = np.exp(heights - top[:, None]) * _WEIGHTS
    area = parts.sum(axis=1)
    with np.errstate(divide="ignore"):  # who bought now cannot have stopped since
        log_width = np.log(width)
    weight = math.log(s) - shape * np.log(alpha + t_x) + np.log(power / shape) + top + np.log(area)
    share = parts / area[:, None]
    means = ((share * each).sum(axis=1) for each in (log_bought, 1 / bought, log_left, 1 / left))
    return _Stopped(weight + log_width, *means)


@dataclass(frozen=True)
class ParetoNbd:
    """A fitted model; times in the unit it was fitted in.

    Attributes
    ----------
    r, alpha : float
        Rates while a customer buys follow a gamma law of shape ``r`` and rate ``alpha`` (a time).
    s, beta : float
        Rates of stopping follow a gamma law of shape ``s`` and rate ``beta`` (a time).
    log_likelihood : float
    """

    r: float
    alpha: float
    s: float
    beta: float
    log_likelihood: float

    @property
    def parameters(self) -> dict[str, float]:
        """The parameters by their names in the papers."""
        return {"r": self.r, "alpha": self.alpha, "s": self.s, "beta": self.beta}

    def alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, age: npt.ArrayLike) -> Floats:
        """Return the chance that a customer with such a history still buys."""
        repeats, last, known = np.broadcast_arrays(*(np.asarray(each, np.float64) for each in (x, t_x, age)))
        weight = _stopped(
            self.r, self.alpha, self.s, self.beta, repeats.ravel(), last.ravel(), known.ravel()
        ).log_weight.reshape(repeats.shape)
        bought = -(self.r + repeats) * np.log(self.alpha + known) - self.s * np.log(self.beta + known)
        alive: Floats = np.exp(bought - np.logaddexp(bought, weight))
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

        The moment of stopping is taken at nodes of equal chance; who stays beyond the horizon has it whole.
        """
        known = self.beta + np.asarray(age, np.float64)
        ahead = np.asarray(horizon, np.float64)
        stays = (known / (known + ahead)) ** self.s
        chance = stays * at_least_buying(self.r, self.alpha, n, x, age, ahead)
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            share = stays + (1 - stays) * node
            stop = known * np.expm1(-np.log(share) / self.s)
            chance += weight * (1 - stays) * at_least_buying(self.r, self.alpha, n, x, age, stop)
        found: Floats = self.alive(x, t_x, age) * chance
        return found


def fit_paretonbd(of: Histories) -> ParetoNbd:
    """Fit the model.

    Raises
    ------
    Refusal
        Where a parameter runs to its bound, or NBD explains the data as well: that customers stop is then not
        told from waiting.
    """
    unit = float(np.average(of.age, weights=of.customers))
    x, t_x, age = of.x, of.t_x / unit, of.age / unit

    def log_likelihood(parameters: Floats) -> tuple[Floats, Floats]:
        r, alpha, s, beta = parameters
        stopped = _stopped(r, alpha, s, beta, x, t_x, age)
        bought, left = np.log(alpha + age), np.log(beta + age)
        waiting = -(r + x) * bought - s * left
        either = np.logaddexp(waiting, stopped.log_weight)
        likelihood = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + either
        alive = np.exp(waiting - either)
        gone = 1 - alive
        by_r = digamma(r + x) - digamma(r) + np.log(alpha) - alive * bought - gone * stopped.log_bought
        by_alpha = r / alpha - (r + x) * (alive / (alpha + age) + gone * stopped.per_bought)
        by_s = np.log(beta) - alive * left + gone * (1 / s - stopped.log_left)
        by_beta = s / beta - s * alive / (beta + age) - (s + 1) * gone * stopped.per_left
        return likelihood, np.stack([by_r, by_alpha, by_s, by_beta])

    found = most_likely(log_likelihood, of.customers, _STARTS)
    reached = found.log_likelihood - float(of.customers @ x) * math.log(unit)
    if found.at_bound.any() or reached < fit_nbd(of).log_likelihood + CHANCE:
        raise Refusal(UNIDENTIFIED)
    r, alpha, s, beta = found.parameters.tolist()
    return ParetoNbd(r, alpha * unit, s, beta * unit, reached)
