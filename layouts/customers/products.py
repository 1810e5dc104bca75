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
from services.core.language.messages import _, plural

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
    n = words.number(many)
    said = (
        plural("{n} customer bought it and kept it.", "{n} customers bought it and kept it.", many, n=n)
        if matched
        else plural("{n} customer bought it.", "{n} customers bought it.", many, n=n)
    )
    if many > len(found):
        cut = plural(
            "The one who spent most is listed.",
            "The {n} who spent most are listed.",
            len(found),
            n=words.number(len(found)),
        )
        said = f"{said} {cut}"
    save = dcc.Link(
        [icon("plus"), html.Span(_("Save as audience"))],
        href="/audiences?" + urlencode({"save": "product", "bought": product.name}),
        className="sd-btn sd-btn-sm",
    )
    listed = people(found, _("Customers who bought {product}", product=product.description))
    return card(f"{product.description}{code}", said, listed, tools=[save] if many else [], flush=True)


def choice(typed: str, products: Sequence[Product]) -> Component:
    """List the products that may be meant."""
    rows: list[list[Component | str]] = [
        [dcc.Link(each.description, href=f"/customers?{urlencode({'bought': each.name})}"), each.name]
        for each in products
    ]
    return card(
        _("Products with “{typed}”", typed=typed[:60]),
        _(
            "No customer or order matches that. Choose a product to see who bought it; those bought most "
            "often come first."
        ),
        table([_("Product"), _("Code")], rows, _("Products")),
        flush=True,
    )


def none(sentence: str) -> Component:
    """Say why there is no such product."""
    return empty(sentence, art="search")
