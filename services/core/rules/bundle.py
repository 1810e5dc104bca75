"""What a bundle costs those who sell it, and by how much its take-up must rise to pay for that."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from services.core.cohorts.newcomers import interval

_NOISE = 1e-9


@dataclass(frozen=True)
class Terms:
    """A bundle's price beside the usual one, in shop currency.

    Attributes
    ----------
    usual : float
        The sum of what its products usually cost.
    price : float
    """

    usual: float
    price: float

    @property
    def saved(self) -> float:
        """What a buyer saves."""
        return max(self.usual - self.price, 0.0)

    @property
    def discount(self) -> float:
        """The same as a share of the usual price, 0–1."""
        return self.saved / self.usual


@dataclass(frozen=True)
class TakeUp:
    """Of the orders that hold all products of a bundle but one at least, those that hold all.

    Attributes
    ----------
    together, of : int
    low, high : float
        Wilson's 95 % interval of the share, 0–1, as if each order were decided by itself.
    """

    together: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share, 0–1."""
        return self.together / self.of


def take_up(together: int, short: int) -> TakeUp:
    """Say how often the last product was bought with the others.

    Parameters
    ----------
    together, short : int
        Orders with all products, and with all but one; one order at least.
    """
    of = together + short
    return TakeUp(together, of, *interval(together, of))


@dataclass(frozen=True)
class BreakEven:
    """What a bundle gives away, and how many more orders with all its products make up for it.

    Attributes
    ----------
    given : float
        Saved by orders that held all products without it, shop currency.
    gained : float
        What an order brings more, on average, that takes the bundle instead of being one product short.
    needed : int or None
        Orders that must take it, of those that are one product short; None where each of them loses money.
    short : int
        Orders that are one product short.
    share : float or None
        The take-up that is then reached, 0–1; None where ``needed`` is, or is more than ``short``.
    """

    given: float
    gained: float
    needed: int | None
    short: int
    share: float | None


def break_even(together: int, short: Sequence[int], worth: Sequence[float], saved: float) -> BreakEven:
    """Work out what a discount costs, and what pays for it.

    Parameters
    ----------
    together : int
        Orders that hold all products: each would have paid the usual price.
    short : sequence of int
        Orders that hold all products but this one, of each product; not all 0.
    worth : sequence of float
        What selling one of each product brings at its usual price: the price, or what is earned of it.
    saved : float
        What the bundle takes off, shop currency, 0 or more.

    Notes
    -----
    An order that is won takes one product more and gets the discount on all. Orders are taken to be won
    in proportion to how many lack each product, one bundle an order, and nothing else to change.

    Examples
    --------
    >>> break_even(30, [10, 30], [4.0, 2.0], 0.5)
    BreakEven(given=15.0, gained=2.0, needed=8, short=40, share=0.5428571428571428)
    """
    every = sum(short)
    mean = sum(lacking * each for lacking, each in zip(short, worth, strict=True)) / every
    given, gained = together * saved, mean - saved
    if not given:
        return BreakEven(given, gained, 0, every, together / (together + every))
    if gained <= _NOISE:
        return BreakEven(given, gained, None, every, None)
    needed = math.ceil(given / gained - _NOISE)
    reached = (together + needed) / (together + every) if needed <= every else None
    return BreakEven(given, gained, needed, every, reached)
