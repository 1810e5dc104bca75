"""The table of what a customer sent back, and how pieces are counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from layouts import words
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from services.serving.customers.lines import TakenFrom
    from services.serving.customers.returns import Return

_NAMED = 3
_PLACES = 3
"""Decimals of pieces that are not whole."""


def many(number: float) -> str:
    """Say a number of pieces, with up to three decimals where it is not whole."""
    return words.number(number, 0 if float(number).is_integer() else _PLACES)


def returns(
    back: Sequence[Return], taken: Mapping[str, Sequence[TakenFrom]], *, known: bool
) -> dict[str, Any]:
    """Return the table of a customer's returns, the newest first, for the script that writes tables.

    Parameters
    ----------
    back : sequence of services.serving.customers.returns.Return
    taken : mapping of str to sequence of services.serving.customers.lines.TakenFrom
        By invoice, which purchases they belong to.
    known : bool
        Whether the release tells which these are.
    """
    kinds = [
        (_("Return"), "text", False),
        (_("Date"), "dayTime", False),
        (_("What came back"), "text", False),
        (_("Pieces"), "number", True),
        (_("Value"), "money", False),
        (_("Taken off orders"), "money", False),
    ]
    rows = [
        [
            each.invoice,
            each.returned_at.isoformat(),
            came_back(taken.get(each.invoice, ()), matched=known and each.taken is not None),
            each.pieces,
            each.amount,
            each.taken,
        ]
        for each in reversed(back)
    ]
    columns = [dict(zip(("name", "kind", "optional"), each, strict=True)) for each in kinds]
    return {"table": _("Returns"), "columns": columns, "rows": rows}


def came_back(taken: Sequence[TakenFrom], *, matched: bool) -> str:
    """Name the orders and products: ``6 of order 540539: Regency cakestand and 2 more``."""
    if not taken:
        return _("no purchase in the file") if matched else words.NOTHING
    told = []
    for each in taken:
        named, more = each.products[:_NAMED], len(each.products) - _NAMED
        products = ", ".join(named)
        if more > 0:
            products = plural(
                "{products} and {n} more",
                "{products} and {n} more",
                more,
                n=words.number(more),
                products=products,
            )
        told.append(
            _(
                "{pieces} of order {invoice}: {products}",
                pieces=many(each.pieces),
                invoice=each.invoice,
                products=products,
            )
        )
    return "; ".join(told)
