"""What one customer bought: its orders, and the products it ordered most often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from services.serving.release.loaded import Loaded


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


def favourites(release: Loaded, row: int) -> list[Favourite]:
    """Return the products a customer ordered most often, at most 12."""
    asked = (
        "SELECT f.product, coalesce(p.description, f.product) AS description, f.orders, f.pieces, f.amount "
        "FROM favourites AS f LEFT JOIN products AS p ON p.product = f.product "
        "WHERE f.customer = ? ORDER BY f.place"
    )
    return [Favourite(**dict(each)) for each in release.lookup().execute(asked, (row,))]
