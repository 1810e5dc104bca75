"""Exact sums of money as text."""

from __future__ import annotations

from decimal import Decimal


def exact_text(total: Decimal) -> str:
    """Write a sum with all its decimals, two at least.

    Examples
    --------
    >>> exact_text(Decimal("167.7400")), exact_text(Decimal("32.505")), exact_text(Decimal(3))
    ('167.74', '32.505', '3.00')
    """
    short = f"{total:.2f}"
    return short if Decimal(short) == total else f"{total.normalize():f}"
