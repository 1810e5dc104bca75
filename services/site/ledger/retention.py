"""How long files stay in the ledger: LEDGER_MONTHS after the last day they have an order of."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime

from services.site.ledger.entries import Entry
from services.site.ledger.store import Ledger


def oldest(months: int | None) -> date:
    """Return the earliest last day of a file that is kept today; the first day there is without a limit."""
    if months is None:
        return date.min
    today = datetime.now(UTC).date()
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def expire(ledger: Ledger, months: int | None) -> list[Entry]:
    """Remove the files that are older than they are kept, and return them; within ``Ledger.changing``."""
    gone = [entry for entry in ledger.entries() if entry.last_day < oldest(months)]
    for entry in gone:
        ledger.remove(entry)
    return gone
