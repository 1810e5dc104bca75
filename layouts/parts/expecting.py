"""How far totals of what customers were expected to spend were off, in words that all tabs share."""

from __future__ import annotations

from collections.abc import Sequence

from layouts import words
from services.core.language.messages import _, later, plural, sense

UNTRIED = later("such totals could not be tested on earlier days")


def off(shares: Sequence[float]) -> str:
    """Say it as a part of a sentence: ``on three earlier days such totals were 9 % to 39 % too low``.

    Parameters
    ----------
    shares : sequence of float
        A day each: 0.1 is a tenth too high, −0.1 a tenth too low.
    """
    if not shares:
        return UNTRIED()
    return plural(
        "on {n} earlier day such a total was {far}",
        "on {n} earlier days such totals were {far}",
        len(shares),
        n=words.small(len(shares)),
        far=by(shares),
    )


def by(shares: Sequence[float]) -> str:
    """Say the span from the lowest to the highest: ``11 % too low to 24 % too high``."""
    low, high = (_rounded(each) for each in (min(shares), max(shares)))
    if low == high:
        return _one(low)
    if low < 0 < high:
        return _("{low} too low to {high} too high", low=words.share(-low), high=words.share(high))
    near, far = (words.share(each) for each in sorted((abs(low), abs(high))))
    if low == 0:
        return _("up to {far} too high", far=far)
    if high == 0:
        return _("up to {far} too low", far=far)
    if low > 0:
        return _("{near} to {far} too high", near=near, far=far)
    return _("{near} to {far} too low", near=near, far=far)


def _rounded(share: float) -> float:
    return round(share, 2)


def _one(share: float) -> str:
    if not share:
        return sense("total", "right")
    far = words.share(abs(share))
    return _("{far} too high", far=far) if share > 0 else _("{far} too low", far=far)
