"""What customers bought by day, as models of value see it, and all models fitted to it."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from services.core.churn.features import Parts
from services.core.value.base import Base, Money
from services.core.value.fitting import Floats
from services.core.value.models import FITS, Chosen, Fit, choose, fit
from services.core.value.spans import Whole
from services.training.customers.snapshots import timed_orders

_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Bought:
    """All money of a ledger by customer and day, each part with the day on which a return took it off.

    Attributes
    ----------
    customer, day, until : ndarray of int, shape (n,)
        Days since 1970; ``until`` lies beyond all days where nothing was returned.
    amount : ndarray
    first, last : int
        Days with an order.
    """

    customer: Whole
    day: Whole
    until: Whole
    amount: Floats
    first: int
    last: int

    def at(self, day: int) -> Money:
        """Return what had been bought and not returned by the end of a day."""
        known = (self.day <= day) & (self.until > day)
        return Money(self.customer[known], self.day[known], self.amount[known])


def bought(customers: pd.DataFrame, orders: pd.DataFrame, taken: pd.DataFrame) -> Bought:
    """Lay out orders and returns by day.

    Parameters
    ----------
    customers, orders, taken : DataFrame
        As ``services.training.customers.snapshots.timed_orders`` takes them; one order at least.
    """
    parts = parts_of(customers, orders, taken)
    left = parts.day[parts.until == _NEVER]
    return Bought(parts.customer, parts.day, parts.until, parts.amount, int(left.min()), int(left.max()))


def parts_of(customers: pd.DataFrame, orders: pd.DataFrame, taken: pd.DataFrame) -> Parts:
    """Lay out parts of orders by day, with their lines; arguments as of :func:`bought`."""
    timed = timed_orders(customers, orders, taken)
    # in an order of their own: sums of floats are then the same to the last bit, however the rows lay
    timed = timed.sort_values(["customer", "bought_at", "until", "amount", "lines"])
    day, back = (_days(timed[name]) for name in ("bought_at", "until"))
    return Parts(
        timed["customer"].to_numpy(np.int64),
        day,
        np.where(timed["until"].notna().to_numpy(), back, _NEVER),
        *(timed[name].to_numpy(np.float64) for name in ("amount", "lines")),
    )


def _days(moments: pd.Series) -> Whole:
    return moments.to_numpy("datetime64[D]").astype(np.int64)


@dataclass(frozen=True)
class Fits:
    """All models of a base, with the seconds of processor time that each took, and the one that counts."""

    fits: dict[str, Fit]
    seconds: dict[str, float]
    chosen: Chosen


def fit_all(base: Base) -> Fits:
    """Fit every model to a base and choose."""
    fits: dict[str, Fit] = {}
    seconds: dict[str, float] = {}
    for name in FITS:
        begun = time.thread_time()
        fits[name] = fit(name, base)
        seconds[name] = time.thread_time() - begun
    return Fits(fits, seconds, choose(fits))
