"""What one customer bought: its orders, and the products it ordered most often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from services.core.text.customer_ids import MAX_LENGTH
from services.serving.customers.near_ids import writable
from services.serving.release.loaded import Loaded
from services.serving.release.tables import tables

MOST_FOUND = 50
"""Orders and returns with a number that is looked for."""
_WITH_NUMBERS = ("orders", "returns")


class Order(NamedTuple):
    """One order; ``pieces`` is None where the ledger has no quantities. A page makes hundreds of them."""

    invoice: str
    bought_at: datetime
    lines: int
    pieces: float | None
    amount: float


class WithNumber(NamedTuple):
    """An order, or a return that is no order: whose it is, and its number as the release has it."""

    row: int
    invoice: str
    returned: bool


@dataclass(frozen=True)
class Numbered:
    """Orders and returns that have a number.

    Attributes
    ----------
    found : sequence of WithNumber
        50 at most, by customer.
    customers : int
        Who have them, also those that are not in ``found``; 51 stands for more than 50.
    cut : bool
        Whether there are more than ``found``.
    """

    found: Sequence[WithNumber]
    customers: int
    cut: bool


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


def numbered(release: Loaded, typed: str) -> Numbered:
    """Find the orders and returns with a number.

    Parameters
    ----------
    release : Loaded
    typed : str
        In any case; ``7`` also stands for ``7 of 2011-12-09``, as numbers that come back are told apart.
    """
    wanted = writable(typed).strip()
    if not 0 < len(wanted) <= MAX_LENGTH:
        return Numbered([], 0, cut=False)
    # SQLite only knows the case of ASCII
    spelled = list(dict.fromkeys([wanted] if wanted.isascii() else [wanted, wanted.upper(), wanted.lower()]))
    having = _having([table for table in _WITH_NUMBERS if table in tables(release)], len(spelled))
    given = {f"typed{place}": each for place, each in enumerate(spelled)}
    # an order and a return of one customer may have the same number: they are opened together
    asked = f"SELECT DISTINCT customer, invoice, returned FROM ({having}) LIMIT {2 * (MOST_FOUND + 1)}"
    returned: dict[tuple[int, str], bool] = {}
    for row, invoice, back in release.lookup().execute(asked, given):
        returned[row, invoice] = bool(back) and returned.get((row, invoice), True)
    found = [WithNumber(*each, back) for each, back in returned.items()]
    customers = len({each.row for each in found})
    if cut := len(found) > MOST_FOUND:
        counted = f"SELECT count(*) FROM (SELECT DISTINCT customer FROM ({having}) LIMIT {MOST_FOUND + 1})"
        customers = release.lookup().execute(counted, given).fetchone()[0]
    return Numbered(sorted(found[:MOST_FOUND]), customers, cut=cut)


def _having(held: Sequence[str], spelled: int) -> str:
    """Give SQL of the orders and returns that have a number; each part is one search in an index."""
    parts = []
    for table in held:
        rows = f"SELECT customer, invoice, {int(table == 'returns')} AS returned FROM {table} WHERE "
        for typed in (f":typed{place}" for place in range(spelled)):
            parts.append(f"{rows} invoice COLLATE NOCASE = {typed}")
            told_apart = f"invoice COLLATE NOCASE >= {typed} || ' of '"  # “!” is the sign after the blank
            parts.append(f"{rows} {told_apart} AND invoice COLLATE NOCASE < {typed} || ' of!'")
    return " UNION ALL ".join(parts)


def favourites(release: Loaded, row: int) -> list[Favourite]:
    """Return the products a customer ordered most often, at most 12."""
    asked = (
        "SELECT f.product, coalesce(p.description, f.product) AS description, f.orders, f.pieces, f.amount "
        "FROM favourites AS f LEFT JOIN products AS p ON p.product = f.product "
        "WHERE f.customer = ? ORDER BY f.place"
    )
    return [Favourite(**dict(each)) for each in release.lookup().execute(asked, (row,))]
