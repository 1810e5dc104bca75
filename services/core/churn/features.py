"""What is known of each customer at the end of a day, as models of churn see it: nothing after that day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.value.spans import Whole, order_days

Floats = npt.NDArray[np.float64]
#: The features, each with the reason that it is told by.
FEATURES = {
    "days_since": "silence",
    "own_gap": "orders",
    "days_since_by_gap": "silence",
    "order_days": "orders",
    "order_rate": "orders",
    "order_days_30": "silence",
    "order_days_90": "silence",
    "order_days_180": "orders",
    "spend": "spend",
    "spend_90": "spend",
    "spend_a_day": "spend",
    "lines_a_day": "lines",
    "lines_last": "lines",
}
# gaps of the base that a customer's own are averaged with, until there are many
_BASE_GAPS = 3
# order days in so many days that a rate is drawn towards
_BASE_RATE = (0.7, 60)


@dataclass(frozen=True)
class Parts:
    """Parts of orders, in an order of their own, so that sums of floats are the same however the rows lay.

    Attributes
    ----------
    customer, day : ndarray of int, shape (n,)
        A customer's number, and days since any fixed one.
    until : ndarray of int, shape (n,)
        The day on which a return took the part off; beyond all days where none did.
    amount, lines : ndarray of float, shape (n,)
        Shop currency; lines of the invoice.
    """

    customer: Whole
    day: Whole
    until: Whole
    amount: Floats
    lines: Floats

    def at(self, day: int) -> Parts:
        """Return what had been bought and not been returned by the end of a day."""
        known = (self.day <= day) & (self.until > day)
        return Parts(**{name: part[known] for name, part in vars(self).items()})


@dataclass(frozen=True)
class Stand:
    """Where all customers of a day stand.

    Attributes
    ----------
    customer : ndarray of int, shape (n,)
        Ascending: who had ordered by the end of the day.
    raw : ndarray, shape (n, len(FEATURES))
        The features, in days, counts, shop currency and shares.
    points : ndarray, shape (n, len(FEATURES))
        The same as logarithms, less their mean over the customers of that day, over their deviation: how a
        customer stands among those of the day, so that a ledger that grows longer does not move everybody.
    """

    customer: Whole
    raw: Floats
    points: Floats

    def of(self, customers: int) -> Stand:
        """Return where the customers with numbers below ``customers`` stand, among all of the day."""
        known = self.customer < customers
        return Stand(self.customer[known], self.raw[known], self.points[known])


def stand(parts: Parts, day: int) -> Stand:
    """Describe everybody who had ordered by the end of a day, with what was known then.

    Parameters
    ----------
    parts : Parts
        What comes after the day is not looked at.
    day : int
    """
    seen = parts.at(day)
    days = order_days(seen.customer, seen.day)
    customer, start, count = np.unique(days.customer, return_index=True, return_counts=True)
    size = len(customer)
    row, day_row = (np.searchsorted(customer, each) for each in (seen.customer, days.customer))
    first, last = days.day[start], days.day[start + count - 1]
    since = (day - last).astype(np.float64)

    def within(window: int) -> Floats:
        return _count(day_row[days.day > day - window], size)

    def total(values: Floats, chosen: npt.NDArray[np.bool_] | slice) -> Floats:
        found: Floats = np.bincount(row[chosen], values[chosen], minlength=size).astype(np.float64)
        return found

    gap = _own_gap(last - first, count - 1)
    everything = slice(None)
    spend, on_last = total(seen.amount, everything), seen.day == last[row]
    raw = {
        "days_since": since,
        "own_gap": gap,
        "days_since_by_gap": since / gap,
        "order_days": count.astype(np.float64),
        "order_rate": (count - 1 + _BASE_RATE[0]) / (day - first + 1 + _BASE_RATE[1]),
        **{f"order_days_{window}": within(window) for window in (30, 90, 180)},
        "spend": spend,
        "spend_90": total(seen.amount, seen.day > day - 90),
        "spend_a_day": spend / count,
        "lines_a_day": total(seen.lines, everything) / count,
        "lines_last": total(seen.lines, on_last),
    }
    table = np.column_stack([raw[name] for name in FEATURES])
    return Stand(customer, table, _among_themselves(table))


def left(parts: Parts, customer: Whole, day: int, horizon: int) -> npt.NDArray[np.bool_]:
    """Say who did not order in the ``horizon`` days after a day, as was known at their end.

    Parameters
    ----------
    parts : Parts
    customer : ndarray of int, shape (n,)
    day, horizon : int

    Returns
    -------
    ndarray of bool, shape (n,)
    """
    later = parts.at(day + horizon)
    return ~np.isin(customer, later.customer[later.day > day])


def _own_gap(span: Whole, gaps: Whole) -> Floats:
    """Return each customer's mean gap between days with an order, drawn towards the base's median."""
    usual = float(np.median(span[gaps > 0] / gaps[gaps > 0])) if gaps.any() else 1.0
    own: Floats = (span + _BASE_GAPS * usual) / (gaps + _BASE_GAPS)
    return own


def _among_themselves(table: Floats) -> Floats:
    logs = np.sign(table) * np.log1p(np.abs(table))
    if not len(logs):
        return logs
    spread = logs.std(axis=0)
    points: Floats = (logs - logs.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return points


def _count(row: Whole, size: int) -> Floats:
    found: Floats = np.bincount(row, minlength=size).astype(np.float64)
    return found
