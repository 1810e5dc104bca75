"""Sentences of a bundle that is being built: what was bought together is the past, not a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.baskets.rules import names
from layouts.parts.cards import Content
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.core.rules.bundle import BreakEven, TakeUp
    from services.serving.rules.builder import Told

EMPTY = later("Pick 2 to 5 products to see what they cost together and how often they were bought together.")
PICK = later(
    "Add products by name or code, take those in the basket above, or open a rule’s details and press “Build "
    "a bundle of these”."
)
NOTE = later(
    "All orders count, whatever the filters. Usual price: the median unit price of the product’s lines. "
    "A price by discount is rounded to 0.01. Intervals: 95\u00a0%, Wilson, as if each order were decided "
    "by itself. Break-even: one bundle an order, orders are won in proportion to how many lack each "
    "product, and nothing else changes."
)
_EARNED = {
    (True, True): later(
        "At the margins given, a bundle earns {profit}; at usual prices its products earn {usual}."
    ),
    (True, False): later(
        "At the margins given, a bundle earns {profit}; at usual prices its products lose {usual}."
    ),
    (False, True): later(
        "At the margins given, a bundle loses {profit}; at usual prices its products earn {usual}."
    ),
    (False, False): later(
        "At the margins given, a bundle loses {profit}; at usual prices its products lose {usual}."
    ),
}
"""By whether the bundle earns money, and whether its products do at usual prices."""


def finding(told: Told) -> Content:
    """Say how often the products were bought together."""
    held = plural(
        "{n} order in the past held {products} together.",
        "{n} orders in the past held {products} together.",
        told.together,
        n=words.number(told.together),
        products=gap("products"),
    )
    return woven(held, products=names([member.name for member in told.members]))


def taken_off(told: Told) -> str:
    """Say what the bundle's price takes off the usual one, and the share asked where it is another."""
    if told.terms is None:
        return ""
    saved, off = words.money(told.terms.saved), words.share(told.terms.discount, 1)
    asked = off if told.discount is None else words.share(told.discount, 1)
    if asked == off:
        return _("{saved} less, {off} off", saved=saved, off=off)
    return _("{saved} less, {off} off ({asked} before rounding to 0.01)", saved=saved, off=off, asked=asked)


def between(share: TakeUp) -> str:
    """Say a share's interval."""
    low, high = words.share(share.low, 1), words.share(share.high, 1)
    return _("95\u00a0% interval {low} to {high}", low=low, high=high)


def sentences(told: Told) -> list[Content]:
    """Say what the figures mean."""
    held = plural(
        "Of the {n} order with all products or all but one, {share} held all ({interval}).",
        "Of the {n} orders with all products or all but one, {share} held all ({interval}).",
        told.take_up.of,
        n=words.number(told.take_up.of),
        share=words.share(told.take_up.share, 1),
        interval=between(told.take_up),
    )
    past = _(
        "That is the past: it does not promise what a bundle will sell, and the data does not say whether "
        "these products were ever sold together at a discount."
    )
    return [f"{held} {past}", *_price(told), *_profit(told)]


def _price(told: Told) -> list[Content]:
    if told.usual is None:
        unknown = [member.name for member in told.members if member.price is None]
        why = _(
            "No usual price is known for {products}, so no price together is shown.", products=gap("products")
        )
        return [woven(why, products=names(unknown))]
    if not told.usual:
        return [_("At usual prices these products cost nothing, so nothing can be taken off.")]
    if told.terms is None:
        return [_("Set a price or a discount to see what the bundle gives away.")]
    if not told.terms.saved:
        return [_("At the usual price nothing is given away, so nothing has to be made up for.")]
    if told.in_sales is None:
        return [_("No order was one product short, so the past does not say who could be won.")]
    given = plural(
        "In sales, before costs: the bundle price takes {money} off the {n} order that held all products "
        "anyway.",
        "In sales, before costs: the bundle price takes {money} off the {n} orders that held all products "
        "anyway.",
        told.together,
        n=words.number(told.together),
        money=words.money(told.in_sales.given),
    )
    return [f"{given} {_won(told.together, told.in_sales)}"]


def _profit(told: Told) -> list[Content]:
    unknown = [member.name for member in told.members if member.margin is None]
    if unknown:
        why = plural(
            "Margins are not in the data. No profit is shown, as the margin of {products} is not known.",
            "Margins are not in the data. No profit is shown, as the margins of {products} are not known.",
            len(unknown),
            products=gap("products"),
        )
        return [woven(why, products=names(unknown))]
    if told.profit is None or told.usual_profit is None:
        return []
    earned = _EARNED[told.profit >= 0, told.usual_profit >= 0]
    profit, usual = words.money(abs(told.profit)), words.money(abs(told.usual_profit))
    said: list[Content] = [earned(profit=profit, usual=usual)]
    if told.in_profit is not None and told.in_profit.given:
        given = plural(
            "In profit, at the margins given: the bundle price takes {money} off the {n} order that held all "
            "products anyway.",
            "In profit, at the margins given: the bundle price takes {money} off the {n} orders that held "
            "all products anyway.",
            told.together,
            n=words.number(told.together),
            money=words.money(told.in_profit.given),
        )
        said.append(f"{given} {_won(told.together, told.in_profit)}")
    return said


def _won(together: int, even: BreakEven) -> str:
    """Say how many orders that were one product short must take the bundle, if they can pay for it."""
    if even.needed is None and even.gained < 0:
        return _(
            "With the bundle, an order that was one product short would bring, on average, {money} less: "
            "such orders cannot pay for it.",
            money=words.money(-even.gained),
        )
    if even.needed is None:
        return _(
            "With the bundle, an order that was one product short would bring, on average, no more: such "
            "orders cannot pay for it."
        )
    more, n = words.money(even.gained), words.number(even.short)
    if even.share is None:
        return plural(
            "With the bundle, an order that was one product short would bring, on average, {money} more: "
            "even all {n} such order would not pay for it.",
            "With the bundle, an order that was one product short would bring, on average, {money} more: "
            "even all {n} such orders would not pay for it.",
            even.short,
            n=n,
            money=more,
        )
    return plural(
        "With the bundle, an order that was one product short would bring, on average, {money} more: "
        "{needed} of {n} such order must take it, so the take-up must rise from {now} to {then}.",
        "With the bundle, an order that was one product short would bring, on average, {money} more: "
        "{needed} of {n} such orders must take it, so the take-up must rise from {now} to {then}.",
        even.short,
        n=n,
        money=more,
        needed=words.number(even.needed),
        now=words.share(together / (together + even.short), 1),
        then=words.share(even.share, 1),
    )
