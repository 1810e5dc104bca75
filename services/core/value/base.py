"""Customers as models of value see them on a day, and what they did after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from services.core.value.fitting import Floats, Histories, histories
from services.core.value.spans import Whole, order_days


@dataclass(frozen=True)
class Money:
    """Money by customer and day.

    Attributes
    ----------
    customer, day : ndarray of int, shape (n,)
        A customer's number, and days since any fixed one; orders of a day may stand apart.
    amount : ndarray
        Shop currency.
    """

    customer: Whole
    day: Whole
    amount: Floats

    def within(self, after: int, until: int) -> Money:
        """Return what was bought after a day, until the end of another."""
        inside = (self.day > after) & (self.day <= until)
        return Money(self.customer[inside], self.day[inside], self.amount[inside])


@dataclass(frozen=True)
class Base:
    """Customers as of the end of a day, by their number; times in one unit.

    Attributes
    ----------
    customer : ndarray of int, shape (n,)
    x : ndarray
        Repeat purchases: days with an order without the first.
    t_x, age : ndarray
        From the first order to the last, and to the end of that day.
    spend : ndarray
        Mean spend on a repeat purchase; 0 without one.
    """

    customer: Whole
    x: Floats
    t_x: Floats
    age: Floats
    spend: Floats

    @property
    def histories(self) -> Histories:
        """Histories that differ, with how many customers have each."""
        return histories(self.x, self.t_x, self.age)

    @property
    def repeaters(self) -> int:
        """Customers with a repeat purchase."""
        return int((self.x > 0).sum())


def base_at(bought: Money, day: int, unit: int = 1) -> Base:
    """Summarise who had bought by the end of a day.

    Parameters
    ----------
    bought : Money
        As it was known then.
    day : int
        What comes after it is not looked at.
    unit : int
        Days in the unit of time: 1 or 7.
    """
    days = order_days(bought.customer, bought.day).until(day)
    customer, first, count = np.unique(days.customer, return_index=True, return_counts=True)
    begun, last = days.day[first], days.day[first + count - 1]
    place = np.searchsorted(customer, bought.customer)
    known = np.minimum(place, max(len(customer) - 1, 0))
    again = (bought.day <= day) & (bought.day > begun[known]) if len(customer) else np.zeros(0, bool)
    money = np.bincount(known[again], bought.amount[again], minlength=len(customer))
    repeats = count.astype(np.float64) - 1
    return Base(
        customer,
        repeats,
        (last - begun) / unit,
        (day - begun) / unit,
        np.where(repeats > 0, money / np.maximum(repeats, 1), 0.0),
    )


@dataclass(frozen=True)
class Later:
    """What the customers of a base did in the days after it.

    Attributes
    ----------
    purchases : ndarray of int, shape (n,)
        Days with an order.
    wait : ndarray
        Days until the first of them; infinite without one.
    spent : ndarray
        Shop currency.
    """

    purchases: Whole
    wait: Floats
    spent: Floats


def later(base: Base, bought: Money, day: int, until: int) -> Later:
    """Say what the customers of a base did after ``day``, until the end of another day."""
    after = bought.within(day, until)
    known = np.isin(after.customer, base.customer)
    after = Money(after.customer[known], after.day[known], after.amount[known])
    size = len(base.customer)
    days = order_days(after.customer, after.day)
    row = np.searchsorted(base.customer, days.customer)
    wait = np.full(size, np.inf)
    np.minimum.at(wait, row, (days.day - day).astype(np.float64))
    spent = np.bincount(np.searchsorted(base.customer, after.customer), after.amount, minlength=size)
    return Later(np.bincount(row, minlength=size), wait, spent.astype(np.float64))


def rank_correlation(first: npt.ArrayLike, second: npt.ArrayLike) -> float | None:
    """Return Spearman's correlation; None where one of both is the same for everybody."""
    return correlation(rankdata(np.asarray(first)), rankdata(np.asarray(second)))


def correlation(first: npt.ArrayLike, second: npt.ArrayLike) -> float | None:
    """Return Pearson's correlation; None where one of both is the same for everybody."""
    one, other = (np.asarray(each, np.float64) for each in (first, second))
    if len(one) < 2 or float(np.ptp(one)) == 0 or float(np.ptp(other)) == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])
