"""What a customer, or a group of them, is expected to buy, and what such figures were worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.language.again import again
from services.core.language.messages import _
from services.releases.columns import EXPECTED
from services.releases.overview.value import Attempt, Stated, Value
from services.serving.release.loaded import Loaded

_DECIMALS = 4  # of sums: the order in which floats are summed is not seen
_MONEY = 2
_CHANCE = 4


@dataclass(frozen=True)
class Interval:
    """What is expected of one customer, and between what it is likely to lie, both inclusive."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class OwnValue:
    """What a customer is expected to buy after a day.

    Attributes
    ----------
    seen : date
        The last day that is known whole.
    orders, spend : tuple of two Interval
        Days with an order, shop currency; in 90 days, in 365.
    level : int
        Per cent of customers that an interval is to hold.
    intervals, held : int
        Of spend in 90 days that were stated on earlier days, and those that held.
    tried : list of Attempt
        These days, the latest first.
    """

    seen: date
    orders: tuple[Interval, Interval]
    spend: tuple[Interval, Interval]
    level: int
    intervals: int
    held: int
    tried: list[Attempt]


@dataclass(frozen=True)
class Total:
    """What some customers are expected to spend.

    Attributes
    ----------
    spend : float
        Shop currency, within ``days`` after ``seen``.
    seen : date
    days : int
    off : list of float
        How far such totals of all customers were off on earlier days, the latest first: 0.1 is a tenth too
        high, −0.1 a tenth too low. Empty where none was tried.
    """

    spend: float
    seen: date
    days: int
    off: list[float]


def valued(release: Loaded) -> Value | None:
    """Return how value was found; None where the release expects nothing of its customers."""
    value = release.overview.value
    return value if value is not None and value.missing is None and value.seen is not None else None


def own_value(release: Loaded, row: int) -> OwnValue | None:
    """Return what the customer in a row is expected to buy; None where the release does not say."""
    value = valued(release)
    if value is None or value.seen is None:
        return None
    orders, orders_later, spend, spend_later = (
        Interval(*release.customers[name][row].tolist()) for name in EXPECTED
    )
    tried = [each for each in value.tried if each.spend is not None]
    return OwnValue(
        seen=date.fromisoformat(value.seen),
        orders=(orders, orders_later),
        spend=(spend, spend_later),
        level=value.level,
        intervals=sum(each.customers for each in tried),
        held=sum(each.spend.held for each in tried if each.spend is not None),
        tried=tried,
    )


def why_no_value(release: Loaded) -> str:
    """Return the sentence that says why nothing is expected of anybody; empty where something is."""
    value = release.overview.value
    if value is None:
        return _(
            "This release was made by an earlier version, which expected no orders or spend. Train again to "
            "see them."
        )
    return again(value.missing or "")


def expected_spend(release: Loaded, rows: npt.NDArray[np.intp] | None = None) -> Total | None:
    """Return what customers are expected to spend in 90 days; None where the release does not say.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int, optional
        All customers when absent.
    """
    value = valued(release)
    if value is None or value.seen is None:
        return None
    spend = spend_of(release)
    return Total(
        spend=round(float(np.sum(spend if rows is None else spend[rows], dtype=np.float64)), _DECIMALS),
        seen=date.fromisoformat(value.seen),
        days=value.horizon,
        off=off([each.spend for each in value.tried if each.spend is not None]),
    )


def spend_of(release: Loaded) -> npt.NDArray[np.float32]:
    """Return what each customer is expected to spend in 90 days, shape (n,), of a release that says so."""
    spend: npt.NDArray[np.float32] = release.customers["expected_spend_quarter"][:, 0]
    return spend


def off(tried: Sequence[Stated]) -> list[float]:
    """Return how far totals were off, where anything happened that they can be compared with."""
    return [each.expected / each.happened - 1 for each in tried if each.happened > 0]


def as_contract(release: Loaded, row: int) -> dict[str, Any] | None:
    """Return ``value`` of what ``customer ID --json`` prints: see docs/contract.md."""
    value, found = release.overview.value, own_value(release, row)
    if value is None or value.model is None:
        return None
    chance = round(float(release.customers["chance_of_order"][row]), _CHANCE)
    told: dict[str, Any] = {"seen": value.seen, "chance_of_order": chance, "orders": None, "spend": None}
    if found is None:
        return told | {"level": None, "record": None}
    return told | {
        "orders": [_bounds(each) for each in found.orders],
        "spend": [_bounds(each) for each in found.spend],
        "level": found.level / 100,
        "record": {"intervals": found.intervals, "held": found.held} if found.intervals else None,
    }


def _bounds(stated: Interval) -> dict[str, float]:
    return {
        name: round(value, _MONEY)
        for name, value in (("expected", stated.expected), ("low", stated.low), ("high", stated.high))
    }
