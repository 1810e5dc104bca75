"""What contacting customers at risk brings, in money, and from which risk on it pays.

Contacting a customer costs ``contact``, whatever comes of it. With the contact goes an offer, which costs
``offer`` where it is taken up. Somebody who would have ordered anyway takes it. Of those who would not have
ordered, the share ``success`` takes it, orders after all and spends ``value``, of which ``margin`` is kept.
So a customer who does not order with the chance ``p`` is expected to bring ::

    p * success * (margin * value - offer) - (1 - p) * offer - contact

which is the profit of Verbraken, Verbeke and Baesens (*IEEE Transactions on Knowledge and Data Engineering*
25, 2013, 961-973) with a value of each customer's own. Profit is a straight line in ``success``: the sums
:func:`sums` returns are its slope and its distance from zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaincinv

from services.core.churn.costs import Costs

PERCENTS = 101
"""Risks that contacting can begin at: 0, 1, … 100 per cent."""
TRIED_ON = 400
"""Customers on whom the success rate counts as tried: a rate of 12 per cent is then 9 to 15."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Best:
    """The risk from which contacting brings most.

    Attributes
    ----------
    percent : int or None
        Contact everybody from this risk on; None where contacting anybody is expected to lose money.
    profit : float
        What that is expected to bring; 0 for nobody.
    """

    percent: int | None
    profit: float


def percents(chance: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return chances as whole per cent, rounded down from what tables show: one decimal.

    So 0.36 counts as 36 in any precision, and who is shown with 36.0 per cent is at 36 per cent.

    Parameters
    ----------
    chance : array_like of float, shape (n,)
        0 to 1.
    """
    return np.floor(np.round(100 * np.asarray(chance, dtype=float), 1)).astype(np.int64)


def sums(
    percent: npt.NDArray[np.int64], chance: Floats, value: Floats, costs: Costs
) -> tuple[Floats, Floats]:
    """Return what everybody from a risk on would bring if all contacts succeeded, and what they cost.

    Parameters
    ----------
    percent : ndarray of int, shape (n,)
        What customers are ranked by, see :func:`percents`.
    chance : ndarray, shape (n,)
        Of no order: the same chance, or 1 and 0 where it is known what happened.
    value : ndarray, shape (n,)
        Money that each spends if they order.
    costs : Costs

    Returns
    -------
    gain, cost : ndarray, shape (PERCENTS,)
        From 0, 1, … per cent on. Their profit is ``success * gain - cost``.
    """

    def from_each(of: Floats) -> Floats:
        return np.bincount(percent, of, PERCENTS)[::-1].cumsum()[::-1]

    return from_each(chance * (costs.margin * value - costs.offer)), from_each(
        (1 - chance) * costs.offer + costs.contact
    )


def best(profit: Floats) -> Best:
    """Return the risk with the highest profit, the highest such risk where several have it.

    Parameters
    ----------
    profit : ndarray, shape (PERCENTS,)
        Of contacting everybody from 0, 1, … per cent on.
    """
    highest = PERCENTS - 1 - int(np.argmax(profit[::-1]))
    if profit[highest] <= 0:
        return Best(None, 0.0)
    return Best(highest, float(profit[highest]))


def least_success(gain: Floats, cost: Floats) -> float | None:
    """Return the success rate above which contacting somebody pays; None where no rate up to 1 does."""
    pays = gain > 0
    if not pays.any():
        return None
    rate = float((cost[pays] / gain[pays]).min())
    return rate if rate < 1 else None


def likely_success(success: float) -> tuple[float, float]:
    """Return between which rates the success rate is in 95 of 100 cases, as sure as ``TRIED_ON`` make it."""
    if success in (0.0, 1.0):
        return success, success
    alpha, beta = success * TRIED_ON, (1 - success) * TRIED_ON
    return float(betaincinv(alpha, beta, 0.025)), float(betaincinv(alpha, beta, 0.975))


def expected_maximum(gain: Floats, cost: Floats, success: float) -> float:
    """Return the expected maximum profit where the success rate is not known exactly (EMPC, undivided).

    At each rate everybody from the then best risk on is contacted, or nobody. The rate has a beta
    distribution with ``success`` for its mean, as sure as after trying it on ``TRIED_ON`` customers.

    Parameters
    ----------
    gain, cost : ndarray, shape (t,)
        As :func:`sums` returns them; divide by the customers for the EMPC of the literature.
    success : float
        0 to 1; both ends are certain.
    """
    if success in (0.0, 1.0):
        return float(max((success * gain - cost).max(), 0.0))
    return integral(gain, cost, success * TRIED_ON, (1 - success) * TRIED_ON)


def integral(gain: Floats, cost: Floats, alpha: float, beta: float) -> float:
    """Return the mean of the best of ``rate * gain - cost`` and 0 over a beta distribution of the rate.

    The best of straight lines is a chain of them: from the one that holds at rate 0 each step goes to the
    steeper line that is crossed first.
    """
    total, slope, height, rate = 0.0, 0.0, 0.0, 0.0
    while rate < 1:
        steeper = gain > slope
        crossed = (cost[steeper] + height) / (gain[steeper] - slope)
        until = min(float(crossed.min()), 1.0) if steeper.any() else 1.0
        mean = alpha / (alpha + beta)
        within = betainc(alpha, beta, until) - betainc(alpha, beta, rate)
        weighted = mean * (betainc(alpha + 1, beta, until) - betainc(alpha + 1, beta, rate))
        total += slope * float(weighted) + height * float(within)
        if until < 1:
            first = np.flatnonzero(steeper)[np.isclose(crossed, until, rtol=1e-12, atol=0)]
            taken = first[np.argmax(gain[first])]
            slope, height = float(gain[taken]), -float(cost[taken])
        rate = until
    return total
