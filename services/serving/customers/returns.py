"""What one customer sent back, and who has sent back everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.core.language.messages import _, plural
from services.core.language.written import day, number
from services.core.text.customer_ids import canonical_id
from services.serving.release.loaded import Loaded
from services.serving.release.tables import tables


@dataclass(frozen=True)
class Return:
    """One return.

    Attributes
    ----------
    invoice : str
    returned_at : datetime
    lines : int
    pieces : float or None
        None where the ledger has no quantities.
    amount : float
        As the file has it, positive.
    taken : float or None
        What of it went off the orders, at the price they were bought at; None where returns are ignored.
    """

    invoice: str
    returned_at: datetime
    lines: int
    pieces: float | None
    amount: float
    taken: float | None


def returns(release: Loaded, row: int) -> list[Return]:
    """Return what a customer sent back, oldest first; none where the release was made before it was kept."""
    if "returns" not in tables(release):
        return []
    asked = (
        "SELECT invoice, returned_at, lines, pieces, amount, taken FROM returns "
        "WHERE customer = ? ORDER BY returned_at, invoice"
    )
    return [
        Return(**{**dict(each), "returned_at": datetime.fromisoformat(each["returned_at"])})
        for each in release.lookup().execute(asked, (row,))
    ]


def are_matched(release: Loaded) -> bool:
    """Say whether returns were taken off the orders; not where the training was to ignore them."""
    return release.overview.glance.returns.matched is not None


def returned_all(release: Loaded, customer: str) -> str | None:
    """Say of a customer without a row that all orders were returned; None where that is not why."""
    wanted = canonical_id(customer)
    if wanted is None or "returned_all" not in tables(release):
        return None
    asked = "SELECT orders, last_return FROM returned_all WHERE customer_id = ?"
    found = release.lookup().execute(asked, (wanted,)).fetchone()
    if found is None:
        return None
    return _(
        "All orders of customer {customer} were returned ({orders}, the last return on {day}), so nothing is "
        "left to count",
        customer=wanted,
        orders=plural("{n} order", "{n} orders", found["orders"], n=number(found["orders"])),
        day=day(datetime.fromisoformat(found["last_return"])),
    )
