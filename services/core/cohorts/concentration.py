"""How much of the revenue comes from how few customers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.cohorts.matrix import Money

#: Parts of a hundred of the customers, largest first, that a curve goes through.
STEPS = tuple(range(101))


@dataclass(frozen=True)
class Concentration:
    """Customers by spend, largest first.

    Attributes
    ----------
    customers : int
    revenue : float
    half : int
        The fewest customers who bring half of the revenue.
    least : float
        What the last of these spent.
    counts : list of int, length 101
        Customers in the first 0, 1, … 100 hundredths, rounded up.
    shares : list of float, length 101
        Their part of the revenue, 0–1.
    """

    customers: int
    revenue: float
    half: int
    least: float
    counts: list[int]
    shares: list[float]


def concentration(spend: npt.ArrayLike) -> Concentration | None:
    """Return how concentrated revenue is; None where there is none.

    Parameters
    ----------
    spend : array-like, shape (n,)
        Of each customer, 0 or more, in any order.
    """
    largest: Money = np.sort(np.asarray(spend, dtype=np.float64))[::-1]
    running = np.concatenate([[0.0], np.cumsum(largest)])
    total = float(running[-1])
    if total <= 0:
        return None
    count = len(largest)
    counts = [-(-step * count // 100) for step in STEPS]
    half = int(np.searchsorted(running, total / 2))
    return Concentration(
        customers=count,
        revenue=total,
        half=half,
        least=float(largest[half - 1]),
        counts=counts,
        shares=[float(running[at]) / total for at in counts],
    )
