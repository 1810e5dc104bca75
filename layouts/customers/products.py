"""The tab Customers where a product was looked for: who bought it, or which products may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import words
from layouts.customers.states import people
from layouts.parts import card, empty, icon, table

if TYPE_CHECKING:
    from services.serving.customers.bought import Product


def buyers(product: Product, found: Sequence[Any], many: int, *, matched: bool) -> Component:
    """List who bought a product.

    Parameters
    ----------
    product : Product
    found : sequence of services.serving.customers.profile.Profile
        Those of them who spent most.
    many : int
        All of them.
    matched : bool
        Whether returns were taken off the orders.
    """
    code = f" ({product.name})" if product.name.strip() != product.description else ""
    said = f"{words.count(many, 'customer')} bought it{' and kept it' if matched else ''}."
    if many > len(found):
        said += f" The {words.number(len(found))} who spent most are listed."
    save = dcc.Link(
        [icon("plus"), html.Span("Save as audience")],
        href="/audiences?" + urlencode({"save": "product", "bought": product.name}),
        className="sd-btn sd-btn-sm",
    )
    listed = people(found, f"Customers who bought {product.description}")
    return card(f"{product.description}{code}", said, listed, tools=[save] if many else [], flush=True)


def choice(typed: str, products: Sequence[Product]) -> Component:
    """List the products that may be meant."""
    rows: list[list[Component | str]] = [
        [dcc.Link(each.description, href=f"/customers?{urlencode({'bought': each.name})}"), each.name]
        for each in products
    ]
    return card(
        f"Products with “{typed[:60]}”",
        "No customer or order matches that. Choose a product to see who bought it; those bought most often "
        "come first.",
        table(["Product", "Code"], rows, "Products"),
        flush=True,
    )


def none(sentence: str) -> Component:
    """Say why there is no such product."""
    return empty(sentence, art="search")
