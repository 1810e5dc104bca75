"""Files in a ledger, without the reading that comes before."""

from __future__ import annotations

from datetime import UTC, date, datetime

from services.site.ledger import Entry, Ledger
from services.site.ledger.entries import id_of


def keep(ledger: Ledger, name: str, text: str, month: int = 5, **training: object) -> Entry:
    """Keep a file with the orders of a month of 2024, as if it had been added and this said of trainings."""
    with ledger.changing():
        draft = ledger.draft_of([text.encode()])
        entry = Entry(
            id=id_of(draft.digest),
            name=name,
            digests=(draft.digest,),
            size=draft.bytes,
            rows=text.count("\n") - 1,
            first_day=date(2024, month, 1),
            last_day=date(2024, month, 28),
            added_at=datetime(2024, month + 1, 1, 9, tzinfo=UTC),
            added_by="ana",
            reading={},
            training=training,
        )
        ledger.keep([(draft, entry)])
    return entry
