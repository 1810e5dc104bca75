"""How far totals of what customers were expected to spend were off, in words that all tabs share."""

from __future__ import annotations

from collections.abc import Sequence

from layouts import words

UNTRIED = "such totals could not be tested on earlier days"


def off(shares: Sequence[float]) -> str:
    """Say it as a part of a sentence: ``on three earlier days such totals were 9 % to 39 % too low``.

    Parameters
    ----------
    shares : sequence of float
        A day each: 0.1 is a tenth too high, −0.1 a tenth too low.
    """
    if not shares:
        return UNTRIED
    days = f"{words.small(len(shares))} earlier {'day' if len(shares) == 1 else 'days'}"
    verb = "was" if len(shares) == 1 else "were"
    totals = "such a total" if len(shares) == 1 else "such totals"
    return f"on {days} {totals} {verb} {by(shares)}"


def by(shares: Sequence[float]) -> str:
    """Say the span from the lowest to the highest: ``11 % too low to 24 % too high``."""
    low, high = (_rounded(each) for each in (min(shares), max(shares)))
    if low == high:
        return _one(low)
    if low < 0 < high:
        return f"{_one(low)} to {_one(high)}"
    if 0 in (low, high):
        return f"up to {_one(low or high)}"
    near, far = sorted((abs(low), abs(high)))
    return f"{words.share(near)} to {words.share(far)} {_side(low)}"


def _rounded(share: float) -> float:
    return round(share, 2)


def _one(share: float) -> str:
    return f"{words.share(abs(share))} {_side(share)}" if share else "right"


def _side(share: float) -> str:
    return "too high" if share > 0 else "too low"
