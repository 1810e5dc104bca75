"""Numbers and days within the sentences of services, written as the language that holds writes them.

Pages write theirs by ``layouts/words.py``, which also knows the site's currency and time zone.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel import dates, numbers

from services.core.language.messages import language, sense


def number(value: float, decimals: int = 0) -> str:
    """Write a finite number: ``1,234`` or, with two decimals, ``1,234.50``."""
    pattern = "#,##0" + f".{'0' * decimals}" * (decimals > 0)
    return numbers.format_decimal(Decimal(f"{value:.{decimals}f}"), pattern, locale=_locale())


def day(value: date) -> str:
    """Write a day, or that of a time: ``9 December 2011``."""
    return dates.format_date(value, sense("date", "d MMMM y"), locale=_locale())


def _locale() -> str:
    return language().tag.replace("-", "_")
