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
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, plural

if TYPE_CHECKING:
    from services.serving.rules.next_items import Offer

SHOWN = 5


def basket_chips(products: Sequence[str], without: Sequence[str]) -> list[Component]:
    """Return the products in the basket; pressing one leads to the query ``without`` it."""
    remove = _("remove")
    return [
        going(
            html.Button(
                [html.Span(name, className="sd-prod"), unseen(f", {remove}"), icon("close")],
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
        return _("Add what is in the basket to see what is bought with it.")
    if not offers:
        return _("No rule starts with the products in this basket.")
    best = offers[0]
    offer, share = names([best.description]), words.share(best.confidence)
    if not best.whole:
        said = _(
            "Offer {product}: {share} of baskets with {given} hold it too.",
            product=gap("product"),
            share=share,
            given=gap("given"),
        )
        return woven(said, product=offer, given=names(best.given))
    if basket > 1:
        said = _(
            "Offer {product}: {share} of baskets with these products hold it too.",
            product=gap("product"),
            share=share,
        )
        return woven(said, product=offer)
    said = _(
        "Offer {product}: {share} of baskets with this product hold it too.",
        product=gap("product"),
        share=share,
    )
    return woven(said, product=offer)


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
        return empty(_("An empty basket"), _("Add a product by its name or code."), art="search")
    if not offers:
        few = _("No other product is bought with these often enough. Remove one of them, or add another.")
        return empty(_("Nothing to offer"), no_rules or few)
    return html.Ol(
        [_offer(place, offer, whole) for place, offer in enumerate(offers[:SHOWN], start=1)],
        className="sd-offers",
    )


def _offer(place: int, offer: Offer, whole: str) -> html.Li:
    return html.Li(
        [
            html.Span(str(place), className="sd-rank", **HIDDEN),
            html.B(html.Span(offer.description, className="sd-prod")),
            html.B(words.share(offer.confidence), className="sd-num"),
            html.Small(woven(_base(offer, whole), given=names(offer.given))),
        ]
    )


def _base(offer: Offer, whole: str) -> str:
    of, n = offer.antecedent_count, words.number(offer.antecedent_count)
    count, share, lift = words.number(offer.count), words.share(offer.share, 1), words.number(offer.lift, 1)
    if offer.whole and whole == "customer":
        return plural(
            "{count} of {n} such customer; in {share} of all, so {lift} times as likely",
            "{count} of {n} such customers; in {share} of all, so {lift} times as likely",
            of,
            n=n,
            count=count,
            share=share,
            lift=lift,
        )
    if offer.whole:
        return plural(
            "{count} of {n} such invoice; in {share} of all, so {lift} times as likely",
            "{count} of {n} such invoices; in {share} of all, so {lift} times as likely",
            of,
            n=n,
            count=count,
            share=share,
            lift=lift,
        )
    if whole == "customer":
        return plural(
            "{count} of {n} customer with {given}; in {share} of all, so {lift} times as likely",
            "{count} of {n} customers with {given}; in {share} of all, so {lift} times as likely",
            of,
            n=n,
            count=count,
            given=gap("given"),
            share=share,
            lift=lift,
        )
    return plural(
        "{count} of {n} invoice with {given}; in {share} of all, so {lift} times as likely",
        "{count} of {n} invoices with {given}; in {share} of all, so {lift} times as likely",
        of,
        n=n,
        count=count,
        given=gap("given"),
        share=share,
        lift=lift,
    )
