"""Whom an address of the tab Customers asks for: by an id, the number of an order, or a product."""

from __future__ import annotations

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
    sharing : sequence of (int, str)
        Rows of the customers who have an order of the number that was typed, where several have, with the
        number as the release has it.
    came_from : str
        Address of the list that the reader came from; empty for none.
    products : sequence of Product
        Whose buyers are asked for: the one that the address names, or those that what was typed may mean.
    refused : str
        Why there is no such product; empty where there is, or none is named.
    """

    ids: list[str]
    order: str = ""
    sharing: Sequence[tuple[int, str]] = ()
    came_from: str = ""
    products: Sequence[Product] = ()
    refused: str = ""


def asked_in(release: Loaded, search: str | None) -> Asked:
    """Read an address; the number of one customer's order stands for the customer and that order.

    Ids go before numbers, and these before products: what is some customer's id is taken for nothing else.
    """
    query, ids = query_of(search), ids_in(search)
    order, came_from = (query.get(name, [""])[-1].strip() for name in ("order", "list"))
    if not ids and (bought := query.get("bought", [""])[-1].strip()):
        return _of_product(release, bought)
    typed = writable(ids[0]) if len(ids) == 1 else ""
    if not typed or release.row_of(typed) is not None or returned_all(release, typed):
        return Asked(ids, order, came_from=came_from)
    found = numbered(release, typed)
    rows = {row for row, _ in found}
    if len(rows) == 1:
        return Asked([release.id_of(found[0][0])], order or found[0][1], came_from=came_from)
    if rows:
        return Asked(ids, order, found, came_from)
    return Asked(ids, order, products=products_like(release, typed))


def _of_product(release: Loaded, name: str) -> Asked:
    try:
        return Asked([], products=[product_named(release, name)])
    except Refusal as refused:
        return Asked([], refused=str(refused))
