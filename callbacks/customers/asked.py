"""Whom an address of the tab Customers asks for: by an id, the number of an order, or a product."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callbacks.shared.address import ids_in
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.serving.customers.bought import Product, product_named, products_like
from services.serving.customers.near_ids import writable
from services.serving.customers.orders import numbered
from services.serving.customers.returns import returned_all

if TYPE_CHECKING:
    from services.serving.customers.orders import Numbered
    from services.serving.release.loaded import Loaded


@dataclass(frozen=True)
class Asked:
    """What an address asks for.

    Attributes
    ----------
    ids : list of str
        Each may hold several that were pasted.
    order : str
        The order to be opened; empty for none.
    sharing : Numbered or None
        The orders and returns that have the number that was typed, where these are several.
    came_from : str
        Address of the list that the reader came from; empty for none.
    products : sequence of Product
        Whose buyers are asked for: the one that the address names, or those that what was typed may mean.
    refused : str
        Why there is no such product; empty where there is, or none is named.
    """

    ids: list[str]
    order: str = ""
    sharing: Numbered | None = None
    came_from: str = ""
    products: Sequence[Product] = ()
    refused: str = ""

    @property
    def looked_up(self) -> list[str]:
        """The ids that are looked up as such: none where a shared number or a product was typed."""
        return [] if self.sharing or self.products else self.ids


def asked_in(release: Loaded, search: str | None) -> Asked:
    """Read an address; the number of one order stands for its customer and that order.

    Ids go before numbers, and these before products: what is some customer's id is taken for nothing else.
    """
    query, ids = query_of(search), ids_in(search)
    order, came_from = (query.get(name, [""])[-1].strip() for name in ("order", "list"))
    bought = query.get("bought", [""])[-1]
    if not ids and bought.strip():
        return _of_product(release, bought)
    typed = writable(ids[0]) if len(ids) == 1 else ""
    if not typed or release.row_of(typed) is not None or returned_all(release, typed):
        return Asked(ids, order, came_from=came_from)
    if _are_ids(release, typed):
        return Asked(ids, order, came_from=came_from)
    shared = numbered(release, typed)
    if len(shared.found) == 1:
        (only,) = shared.found
        return Asked([release.id_of(only.row)], order or only.invoice, came_from=came_from)
    if shared.found:
        return Asked(ids, order, shared, came_from)
    return Asked(ids, order, products=products_like(release, typed))


def _are_ids(release: Loaded, typed: str) -> bool:
    """Say whether what was typed is several ids: some are there, and what is not has a digit."""
    pieces = re.split(r"[\s,;]+", typed.strip(" \t\r\n,;"))
    known = [release.row_of(piece) is not None for piece in pieces]
    digits = (any(map(str.isdigit, piece)) for piece in pieces)
    return any(known) and all(map(any, zip(known, digits, strict=True)))


def _of_product(release: Loaded, name: str) -> Asked:
    try:
        return Asked([], products=[product_named(release, name)])
    except Refusal as refused:
        return Asked([], refused=str(refused))
