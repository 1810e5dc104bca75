"""Moments as the reader's language writes them, in digits alone, which tables can be read by."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_datetime

from services.core.language.messages import language, sense


def moment(at: datetime) -> str:
    """``2026-12-07 08:00`` on the clock of the moment's own zone."""
    return str(format_datetime(at, sense("date", "y-MM-dd HH:mm"), locale=language().code))


def second(at: datetime) -> str:
    """``2026-12-07 08:00:59``, as :func:`moment`."""
    return str(format_datetime(at, sense("date", "y-MM-dd HH:mm:ss"), locale=language().code))


def day(of: date) -> str:
    """``2026-12-07``."""
    return str(format_date(of, sense("date", "y-MM-dd"), locale=language().code))
