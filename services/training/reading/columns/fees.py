"""What a shop is left with once a platform has taken its fees is not what its customers paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.training.reading.columns import names as naming
from services.training.reading.columns.schema import Schema

#: Words of what a shop pays a platform, and of what is left to it then.
_FEES = {"fee", "fees", "commission", "gebuhr", "gebuhren", "provision", "frais", "comision", "commissione"}
_LEFT = {"net", "payout", "proceeds", "netto", "neto"}


def add_before_fees(
    names: Sequence[str],
    roles: Mapping[str, int],
    rivals: dict[str, list[int]],
    schema: Schema,
) -> None:
    """Let a sum that may be less by a column of fees stand against those before them.

    Parameters
    ----------
    names : sequence of str
        The header.
    roles : mapping
        Role to position, as the names tell.
    rivals : dict
        Role to further positions, to which the other sums are added.
    schema : Schema
    """
    place = roles.get("amount")
    if place is None or "amount" not in schema.known:
        return
    if not _LEFT & set(naming.words(names[place])):
        return
    if not any(_FEES & set(naming.words(name)) for name in names):
        return
    # the subtotal of an order may be the money of a file with one line an order
    others = [each for role, each in roles.items() if role != "order_subtotal"]
    taken = {*others, *(each for found in rivals.values() for each in found)}
    prices = {roles["price"]} if "price" in roles and "quantity" not in roles else set()
    further = [
        each
        for each, name in enumerate(names)
        if each not in taken and naming.fit(name, schema.known["amount"], "amount")
    ]
    if further or prices:
        rivals["amount"] = sorted({*rivals.get("amount", []), *further, *prices})
