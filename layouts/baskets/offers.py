"""Somebody has these in the basket: what to offer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.baskets.rules import names
from layouts.parts import empty, icon, unseen
from layouts.parts.attributes import HIDDEN
from layouts.parts.cards import Content
from layouts.parts.filters import going

if TYPE_CHECKING:
    from services.serving.rules.next_items import Offer

SHOWN = 5


def basket_chips(products: Sequence[str], without: Sequence[str]) -> list[Component]:
    """Return the products in the basket; pressing one leads to the query ``without`` it."""
    return [
        going(
            html.Button(
                [html.Span(name, className="sd-prod"), unseen(", remove"), icon("close")],
                type="button",
                className="sd-chip sd-chip-on",
            ),
            query,
        )
        for name, query in zip(products, without, strict=True)
    ]


def finding(offers: Sequence[Offer], basket: int) -> Content:
    """Say what to offer first, and how often it is bought with these."""
    if not basket:
        return "Add what is in the basket to see what is bought with it."
    if not offers:
        return "No rule starts with the products in this basket."
    best = offers[0]
    share = words.share(best.confidence)
    offer: list[Component | str] = ["Offer ", names([best.description]), f": {share} of "]
    if best.whole:
        return [
            *offer,
            "baskets with these products hold it too."
            if basket > 1
            else "baskets with this product hold it too.",
        ]
    return [*offer, "baskets with ", names(best.given), " hold it too."]


def offers_list(offers: Sequence[Offer], basket: int, whole: str, no_rules: str = "") -> Component:
    """Return the offers, surest first, each with the counts it rests on.

    Parameters
    ----------
    offers : sequence of Offer
    basket : int
        How many products are in the basket.
    whole : str
        ``invoice`` or ``customer``: what is counted.
    no_rules : str
        Why the group has no rules at all; empty when it has some.
    """
    if not basket:
        return empty("An empty basket", "Add a product by its name or code.", art="search")
    if not offers:
        few = "No other product is bought with these often enough. Remove one of them, or add another."
        return empty("Nothing to offer", no_rules or few)
    return html.Ol(
        [_offer(place, offer, whole) for place, offer in enumerate(offers[:SHOWN], start=1)],
        className="sd-offers",
    )


def _offer(place: int, offer: Offer, whole: str) -> html.Li:
    of = words.number(offer.antecedent_count)
    base: list[Component | str] = (
        [f"{words.number(offer.count)} of {of} such {whole}s"]
        if offer.whole
        else [f"{words.number(offer.count)} of {of} {whole}s with ", names(offer.given)]
    )
    return html.Li(
        [
            html.Span(str(place), className="sd-rank", **HIDDEN),
            html.B(html.Span(offer.description, className="sd-prod")),
            html.B(words.share(offer.confidence), className="sd-num"),
            html.Small(
                [
                    *base,
                    f"; in {words.share(offer.share, 1)} of all, ",
                    f"so {words.number(offer.lift, 1)} times as likely",
                ]
            ),
        ]
    )
