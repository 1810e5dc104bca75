"""What one customer bought: its orders, and the products it ordered most often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from services.core.text.customer_ids import MAX_LENGTH
from services.serving.customers.near_ids import writable
from services.serving.release.loaded import Loaded
from services.serving.release.tables import tables

MOST_FOUND = 50
"""Orders with a number that is looked for."""


class Order(NamedTuple):
    """One order; ``pieces`` is None where the ledger has no quantities. A page makes hundreds of them."""

    invoice: str
    bought_at: datetime
    lines: int
    pieces: float | None
    amount: float


@dataclass(frozen=True)
class Favourite:
    """A product and how often this customer ordered it."""

    product: str
    description: str
    orders: int
    pieces: float | None
    amount: float


def orders(release: Loaded, row: int) -> list[Order]:
    """Return a customer's orders, oldest first."""
    asked = (
        "SELECT invoice, bought_at, lines, pieces, amount FROM orders "
        "WHERE customer = ? ORDER BY bought_at, invoice"
    )
    return [
        Order(invoice, datetime.fromisoformat(bought_at), lines, pieces, amount)
        for invoice, bought_at, lines, pieces, amount in release.lookup().execute(asked, (row,))
    ]


def one_order(release: Loaded, row: int, invoice: str) -> Order | None:
    """Return an order of a customer by its number; None where nothing is left of it."""
    return next((order for order in orders(release, row) if order.invoice == invoice), None)


def numbered(release: Loaded, typed: str) -> list[tuple[int, str]]:
    """Find the orders and returns with a number, as rows of customers and numbers as the release has them.

    Parameters
    ----------
    release : Loaded
    typed : str
        In any case; ``7`` also stands for ``7 of 2011-12-09``, as numbers that come back are told apart.
    """
    wanted = writable(typed).strip()
    if not 0 < len(wanted) <= MAX_LENGTH:
        return []
    fits = "invoice = :typed COLLATE NOCASE OR substr(invoice, 1, length(:typed) + 4) = :typed || ' of '"
    found: dict[tuple[int, str], None] = {}
    for table in ("orders", "returns"):
        if table in tables(release):
            asked = f"SELECT customer, invoice FROM {table} WHERE {fits} LIMIT {MOST_FOUND}"
            rows = release.lookup().execute(asked, {"typed": wanted})
            found |= dict.fromkeys((row["customer"], row["invoice"]) for row in rows)
    return sorted(found)[:MOST_FOUND]


def favourites(release: Loaded, row: int) -> list[Favourite]:
    """Return the products a customer ordered most often, at most 12."""
    asked = (
        "SELECT f.product, coalesce(p.description, f.product) AS description, f.orders, f.pieces, f.amount "
        "FROM favourites AS f LEFT JOIN products AS p ON p.product = f.product "
        "WHERE f.customer = ? ORDER BY f.place"
    )
    return [Favourite(**dict(each)) for each in release.lookup().execute(asked, (row,))]
