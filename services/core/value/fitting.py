"""What models of repeat buying are fitted to, and how: the highest likelihood from several starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Floats = npt.NDArray[np.float64]
#: Logarithms of parameters stay within; times are told apart by their mean before.
LOWEST, HIGHEST = -9.0, 9.0
_AT_BOUND = 0.05
_CLOSE = {"ftol": 1e-13, "gtol": 1e-8}


@dataclass(frozen=True)
class Histories:
    """Histories of customers that differ, each with how many customers have it.

    Attributes
    ----------
    x : ndarray, shape (n,)
        Repeat purchases: days with an order without the first.
    t_x : ndarray, shape (n,)
        From the first to the last of them, in any unit of time; 0 where there is one only.
    age : ndarray, shape (n,)
        T in the papers: from the first until now, in the same unit.
    customers : ndarray, shape (n,)
    """

    x: Floats
    t_x: Floats
    age: Floats
    customers: Floats


@dataclass(frozen=True)
class Fitted:
    """Parameters with the highest likelihood, its logarithm, and which of them ran to a bound."""

    parameters: Floats
    log_likelihood: float
    at_bound: npt.NDArray[np.bool_]


def histories(x: npt.ArrayLike, t_x: npt.ArrayLike, age: npt.ArrayLike) -> Histories:
    """Count equal histories once; each argument has an entry a customer."""
    rows, counts = np.unique(np.column_stack([x, t_x, age]).astype(np.float64), axis=0, return_counts=True)
    return Histories(rows[:, 0], rows[:, 1], rows[:, 2], counts.astype(np.float64))


def most_likely(
    log_likelihood: Callable[[Floats], tuple[Floats, Floats]],
    customers: Floats,
    starts: Sequence[Sequence[float]],
) -> Fitted:
    """Find the parameters with the highest likelihood, in logarithms, by L-BFGS-B.

    Parameters
    ----------
    log_likelihood : callable
        From k parameters to the log-likelihood of each history, shape (n,), and its derivatives, (k, n).
    customers : ndarray, shape (n,)
        How many customers have each history.
    starts : sequence of sequence of float
        Parameters to begin from. One start may end on a slope that another leaves.
    """
    everybody = customers.sum()

    def loss(logs: Floats) -> tuple[float, Floats]:
        parameters = np.exp(logs)
        each, derivatives = log_likelihood(parameters)
        return -float(customers @ each) / everybody, -(derivatives @ customers) * parameters / everybody

    bounds = [(LOWEST, HIGHEST)] * len(starts[0])
    ends = [minimize(loss, np.log(start), method="L-BFGS-B", jac=True, bounds=bounds) for start in starts]
    best = min(ends, key=lambda each: float(each.fun))
    last = minimize(loss, best.x, method="L-BFGS-B", jac=True, bounds=bounds, options=_CLOSE)
    at_bound = (last.x < LOWEST + _AT_BOUND) | (last.x > HIGHEST - _AT_BOUND)
    return Fitted(np.exp(last.x), -float(last.fun) * float(everybody), at_bound)
