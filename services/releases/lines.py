"""What orders hold, in ``lookup.sqlite``: one packed text a customer, as a row a line would double a release.

A line names its item by number and its price by its place among the item's prices, both of ``line_items``.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from services.core.language.messages import _
from services.core.refusals import Refusal

MOST_BYTES = 200_000_000
"""Unpacked, of one customer: some millions of lines."""


class PackedOrder(NamedTuple):
    """The lines of one order, each list with one entry a line.

    Attributes
    ----------
    items : sequence of int
        Of ``line_items``; that of lines without a product has no name.
    prices : sequence of int
        Places in the item's prices.
    quantities : sequence of float or None
        What returns have left. None where the line has none, and its price is the worth of the line.
    """

    items: Sequence[int]
    prices: Sequence[int]
    quantities: Sequence[float | None]


class TakenBack(NamedTuple):
    """What one return took of one item off one order; ``returned_at`` in ISO format."""

    returned_at: str
    document: str
    invoice: str
    item: int
    pieces: float
    amount: float


@dataclass(frozen=True)
class Packed:
    """What a customer's orders hold.

    Attributes
    ----------
    orders : mapping of str to PackedOrder
        By invoice, as ``orders`` names it.
    taken : sequence of TakenBack
        Oldest first.
    """

    orders: Mapping[str, PackedOrder]
    taken: Sequence[TakenBack]


def pack(held: Packed) -> bytes:
    """Write what a customer's orders hold."""
    orders = list(held.orders.values())
    # alike beside alike, and steps instead of numbers: two thirds of what the orders take one by one
    parts = [
        list(held.orders),
        [len(order.items) for order in orders],
        [after - before for order in orders for before, after in pairwise([0, *order.items])],
        [price for order in orders for price in order.prices],
        [quantity for order in orders for quantity in order.quantities],
        [*map(list, held.taken)],
    ]
    text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
    return zlib.compress(text.encode(), 9)


def unpack(packed: bytes) -> Packed:
    """Read what :func:`pack` wrote.

    Raises
    ------
    Refusal
        If it is nothing of the kind.
    """
    try:
        text = zlib.decompressobj().decompress(packed, MOST_BYTES)
        invoices, counts, steps, prices, quantities, taken = json.loads(text)
        ends = list(accumulate(counts, initial=0))
        parts = [slice(*each) for each in pairwise(ends)]
        orders = [
            PackedOrder(list(accumulate(steps[part])), prices[part], quantities[part]) for part in parts
        ]
        return Packed(dict(zip(invoices, orders, strict=True)), [TakenBack(*each) for each in taken])
    except (zlib.error, ValueError, TypeError, AttributeError) as error:
        raise Refusal(_("The lines of this customer’s orders cannot be read. Train again.")) from error


def named_in(packed: bytes) -> tuple[set[int], set[tuple[int, int]]]:
    """Return the items that a customer's returns name, and those of the lines with the places of prices.

    Raises
    ------
    Refusal
        If it is nothing that :func:`pack` wrote.
    """
    held = unpack(packed)
    priced = {pair for order in held.orders.values() for pair in zip(order.items, order.prices, strict=True)}
    return {each.item for each in held.taken}, priced


def prices_without(prices: str, places: Collection[int]) -> str:
    """Write an item's prices anew with nothing at some places; the others keep theirs."""
    if not places:
        return prices
    left = [None if place in places else price for place, price in enumerate(json.loads(prices))]
    return json.dumps(left, separators=(",", ":"))


def pack_rows(rows: Sequence[int]) -> bytes:
    """Write rows of customers or of orders, ascending, each once: as the steps between them."""
    steps = [after - before for before, after in pairwise([0, *rows])]
    return zlib.compress(json.dumps(steps, separators=(",", ":")).encode(), 9)


def unpack_rows(packed: bytes) -> list[int]:
    """Read what :func:`pack_rows` wrote.

    Raises
    ------
    Refusal
        If it is nothing of the kind.
    """
    try:
        return list(accumulate(map(int, json.loads(zlib.decompressobj().decompress(packed, MOST_BYTES)))))
    except (zlib.error, ValueError, TypeError) as error:
        raise Refusal(_("Who bought a product, or in which orders, cannot be read. Train again.")) from error


def rows_without(packed: bytes, first: int, many: int = 1) -> bytes | None:
    """Write rows anew without ``many`` from ``first`` on; those behind move up. None where none is left."""
    behind = first + many
    left = [each - many * (each >= behind) for each in unpack_rows(packed) if not first <= each < behind]
    return pack_rows(left) if left else None
