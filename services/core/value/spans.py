"""Days with an order as spans: from each to the customer's next, the last one still running."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_BITS = 24  # of a day: 45,000 years
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class OrderDays:
    """Days with an order, each once, by customer and day.

    Attributes
    ----------
    customer, day : ndarray of int, shape (n,)
        A customer's number, and days since any fixed one.
    """

    customer: Whole
    day: Whole

    def until(self, day: int) -> OrderDays:
        """Return what was known at the end of a day."""
        known = self.day <= day
        return OrderDays(self.customer[known], self.day[known])


def order_days(customer: npt.ArrayLike, day: npt.ArrayLike) -> OrderDays:
    """Take each customer's days once, whatever their order and however many orders a day has."""
    who, when = np.asarray(customer, np.int64), np.asarray(day, np.int64)
    first = int(when.min(initial=0))
    # as one number, which sorts faster than two
    pairs = np.unique((who << _BITS) + (when - first))
    return OrderDays(pairs >> _BITS, (pairs & ((1 << _BITS) - 1)) + first)


@dataclass(frozen=True)
class Spans:
    """Spans from a day with an order to the next one, or to the end of what is known.

    Attributes
    ----------
    customer : ndarray of int, shape (n,)
    before : ndarray of int
        The customer's days with an order before the one that the span begins with.
    age : ndarray of int
        Days from the customer's first order to the beginning of the span.
    days : ndarray of int
        Length of the span; so far, where it has not ended.
    ended : ndarray of bool
    """

    customer: Whole
    before: Whole
    age: Whole
    days: Whole
    ended: npt.NDArray[np.bool_]

    @property
    def running(self) -> Spans:
        """The spans that have not ended: one a customer, by customer."""
        return self.of(~self.ended)

    def of(self, chosen: npt.NDArray[np.bool_] | slice) -> Spans:
        """Return some of the spans."""
        return Spans(**{name: part[chosen] for name, part in vars(self).items()})


def spans_at(known: OrderDays, end: int) -> Spans:
    """Return the spans as known at the end of a day, by customer and in time.

    Parameters
    ----------
    known : OrderDays
    end : int
        The last day that has been seen whole; what comes after it is not looked at.
    """
    seen = known.until(end)
    first = np.r_[True, seen.customer[1:] != seen.customer[:-1]][: len(seen.customer)]
    start = np.flatnonzero(first)
    size = np.diff(np.r_[start, len(seen.customer)])
    ended = ~np.r_[first[1:], True][: len(first)]
    until = np.where(ended, np.r_[seen.day[1:], end][: len(first)], end)
    return Spans(
        seen.customer,
        np.arange(len(first)) - np.repeat(start, size),
        seen.day - np.repeat(seen.day[start], size),
        until - seen.day,
        ended,
    )
