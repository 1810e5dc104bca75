"""Cohorts: customers by the period of their first order, and what they did in the periods since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.cohorts.periods import Every, Whole, periods

Flags = npt.NDArray[np.bool_]
Money = npt.NDArray[np.float64]
#: The cohort of a customer without an order.
NOBODYS = int(np.iinfo(np.int64).min)
_DECIMALS = 4  # of money: the order in which floats are summed is not seen


@dataclass(frozen=True)
class Orders:
    """All orders of a ledger, by customer and then by time.

    Attributes
    ----------
    customer : ndarray of int, shape (n,)
        Rows of the customers, ascending.
    day : ndarray of int, shape (n,)
        Days since 1970, ascending within a customer.
    amount : ndarray of float, shape (n,)
        Shop currency, after returns where these are matched.
    """

    customer: Whole
    day: Whole
    amount: Money

    def starts(self) -> Whole:
        """Return the place of each customer's first order, in the order of the customers."""
        return np.flatnonzero(np.diff(self.customer, prepend=-1))


@dataclass(frozen=True)
class Matrix:
    """What cohorts did: a row a cohort, a column a period since its first; 0 where there is none yet.

    Attributes
    ----------
    every : {"month", "quarter", "week"}
    first : int
        The first cohort's period; the others follow it without a gap.
    sizes : ndarray of int, shape (cohorts,)
        Customers whose first order is in the period.
    people, orders : ndarray of int, shape (cohorts, cohorts)
        Who of them ordered in the period, and how often.
    revenue : ndarray of float, shape (cohorts, cohorts)
        Shop currency.
    """

    every: Every
    first: int
    sizes: Whole
    people: Whole
    orders: Whole
    revenue: Money

    @property
    def last(self) -> int:
        """The last period of the ledger, the one that may still run."""
        return self.first + len(self.sizes) - 1

    def there(self) -> Flags:
        """Say which cells have begun, shape (cohorts, cohorts)."""
        places = np.arange(len(self.sizes))
        return places[:, None] + places[None, :] < len(self.sizes)


def cohorts_of(orders: Orders, customers: int, every: Every) -> Whole:
    """Return the period of each customer's first order, shape (customers,); ``NOBODYS`` for who has none.

    Parameters
    ----------
    orders : Orders
    customers : int
        How many there are, with and without orders.
    every : {"month", "quarter", "week"}
    """
    found = np.full(customers, NOBODYS, dtype=np.int64)
    starts = orders.starts()
    found[orders.customer[starts]] = periods(orders.day[starts], every)
    return found


def matrix(
    orders: Orders, customers: int, every: Every, last_day: int, chosen: Flags | None = None
) -> Matrix:
    """Count what each cohort did in each period.

    Parameters
    ----------
    orders : Orders
        At least one.
    customers : int
    every : {"month", "quarter", "week"}
    last_day : int
        The last day that the ledger knows, days since 1970: cohorts reach to its period.
    chosen : ndarray of bool, shape (customers,), optional
        Who is counted; the rows stay those of everybody.
    """
    cohort = cohorts_of(orders, customers, every)
    period = periods(orders.day, every)
    first = int(period.min())
    count = max(int(periods([last_day], every)[0]), int(period.max())) - first + 1
    counted = cohort != NOBODYS if chosen is None else chosen & (cohort != NOBODYS)
    sizes = np.bincount(cohort[counted] - first, minlength=count)
    # by customer, then by time: whoever orders again in a period follows himself
    again = (np.diff(orders.customer, prepend=-1) == 0) & (np.diff(period, prepend=first - 1) == 0)
    inside = counted[orders.customer]
    own = cohort[orders.customer]
    cell = (own - first) * count + period - own

    def summed(kept: Flags, weights: Money | None = None) -> npt.NDArray[Any]:
        taken = None if weights is None else weights[kept]
        return np.bincount(cell[kept], taken, minlength=count * count).reshape(count, count)

    return Matrix(
        every=every,
        first=first,
        sizes=sizes,
        people=summed(inside & ~again),
        orders=summed(inside),
        revenue=summed(inside, orders.amount).round(_DECIMALS),
    )


def ordered_in(orders: Orders, customers: int, every: Every, cohort: int, since: int) -> Flags:
    """Say who of a cohort ordered in a period, shape (customers,).

    Parameters
    ----------
    orders : Orders
    customers : int
    every : {"month", "quarter", "week"}
    cohort : int
        The period of the first order.
    since : int
        How many periods later; 0 is the whole cohort.
    """
    found = np.zeros(customers, dtype=bool)
    found[orders.customer[periods(orders.day, every) == cohort + since]] = True
    found &= cohorts_of(orders, customers, every) == cohort
    return found
