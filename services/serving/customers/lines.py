"""What a customer's orders hold, line by line, and what each return took back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from services.core.language.messages import _, later
from services.core.refusals import NotFound, Refusal
from services.releases.lines import Packed, unpack
from services.serving.release.loaded import Loaded
from services.serving.release.tables import tables

EARLIER = later(
    "This release was made by an earlier version, which did not keep the lines of orders. Train again to "
    "open orders."
)
_AT_ONCE = 500
_NAMELESS = later("No product named")


class Line(NamedTuple):
    """One line of an order.

    Attributes
    ----------
    product : str
        Its code; empty where the file has none.
    description : str
    quantity : float or None
        What returns have left; None where the file has no quantities.
    price : float
        Of a piece, shop currency; of the line where there is no quantity.
    amount : float
        What returns have left.
    returned : float
        Pieces that were sent back, of all lines of the order with this product: said on the first of them.
    returned_at : datetime or None
        The latest of these returns.
    """

    product: str
    description: str
    quantity: float | None
    price: float
    amount: float
    returned: float
    returned_at: datetime | None


class TakenFrom(NamedTuple):
    """What a return took off one order: its number, the products and how many pieces in all."""

    invoice: str
    products: list[str]
    pieces: float


@dataclass(frozen=True)
class _Item:
    product: str
    description: str
    prices: list[float]


def keeps_lines(release: Loaded) -> bool:
    """Say whether a release has the lines of its orders; those made by earlier versions have not."""
    return "lines" in tables(release)


def lines_of(release: Loaded, row: int, invoice: str) -> list[Line]:
    """Return the lines of one order: those that were sent back first, then as they are worth.

    Parameters
    ----------
    release : Loaded
    row : int
        Whose order it is.
    invoice : str
        Also of an order of which nothing is left.

    Raises
    ------
    NotFound
        If the customer has no such order.
    Refusal
        If the release keeps no lines.
    """
    if not keeps_lines(release):
        raise Refusal(EARLIER(), "order")
    held = _packed(release, row)
    order = held.orders.get(invoice)
    back: dict[int, tuple[float, datetime | None]] = {}
    for each in held.taken:
        if each.invoice == invoice:
            before = back[each.item][0] if each.item in back else 0.0
            back[each.item] = (before + each.pieces, datetime.fromisoformat(each.returned_at))
    if order is None and not back:
        raise NotFound(
            _(
                "Order {invoice} is not among this customer’s orders. Search for it at the top to find whose "
                "it is.",
                invoice=invoice[:64],
            ),
            "order",
        )
    placed = list(zip(*order, strict=True)) if order else []
    known = _items(release, {item for item, _price, _quantity in placed} | back.keys())
    lines = []
    for item, price, quantity in placed:
        one = known[item]
        each_costs = one.prices[price]
        amount = each_costs * (1 if quantity is None else quantity)
        told = back.pop(item, (0.0, None))
        lines.append(Line(one.product, one.description, quantity, each_costs, round(amount, 4), *told))
    # of what went back whole no line is left
    gone = [
        Line(known[item].product, known[item].description, 0, 0.0, 0.0, *told) for item, told in back.items()
    ]
    return sorted([*gone, *lines], key=lambda line: (not line.returned, -line.amount))


def taken_by_return(release: Loaded, row: int) -> dict[str, list[TakenFrom]]:
    """Return what each return of a customer took off which orders, by the return's number."""
    held = _packed(release, row) if keeps_lines(release) else None
    if held is None or not held.taken:
        return {}
    known = _items(release, {each.item for each in held.taken})
    found: dict[str, dict[str, TakenFrom]] = {}
    for each in held.taken:
        orders = found.setdefault(each.document, {})
        before = orders.get(each.invoice, TakenFrom(each.invoice, [], 0.0))
        products = [*before.products, known[each.item].description]
        orders[each.invoice] = TakenFrom(
            each.invoice, list(dict.fromkeys(products)), before.pieces + each.pieces
        )
    return {document: list(orders.values()) for document, orders in found.items()}


def _packed(release: Loaded, row: int) -> Packed:
    found = release.lookup().execute("SELECT held FROM lines WHERE customer = ?", (row,)).fetchone()
    return unpack(found["held"]) if found else Packed({}, [])


def _items(release: Loaded, items: Iterable[int]) -> dict[int, _Item]:
    wanted, found = sorted(items), {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        asked = (
            "SELECT i.item, i.name, i.prices, p.product, p.description FROM line_items AS i "
            f"LEFT JOIN products AS p ON p.product = i.name WHERE i.item IN ({', '.join('?' * len(part))})"
        )
        for each in release.lookup().execute(asked, part):
            name = (each["description"] or each["name"] or _NAMELESS()).strip()
            found[each["item"]] = _Item(each["product"] or "", name, json.loads(each["prices"]))
    return found
