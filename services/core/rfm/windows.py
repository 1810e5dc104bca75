"""Stretches of days that end with what is known: of equal length, so that they can be compared."""

from __future__ import annotations

from datetime import datetime, timedelta

DAYS, ACTIVE_DAYS = 30, 90
YEAR = timedelta(days=365)


def end_of(as_of: datetime, last: datetime) -> datetime:
    """Return the moment before which the last window ends.

    Parameters
    ----------
    as_of : datetime
        What recency is counted to; a day after the last purchase unless somebody chose it.
    last : datetime
        The last purchase.

    Notes
    -----
    That day after the last purchase holds no trade, so a window up to ``as_of`` would be a day shorter than
    the one before it.
    """
    return last + timedelta(seconds=1) if as_of - last == timedelta(days=1) else as_of
