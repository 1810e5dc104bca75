"""Sentences of a bundle that is being built: what was bought together is the past, not a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import words
from layouts.baskets.rules import names
from layouts.parts.cards import Content

if TYPE_CHECKING:
    from services.core.rules.bundle import BreakEven, TakeUp
    from services.serving.rules.builder import Told

EMPTY = "Pick 2 to 5 products to see what they cost together and how often they were bought together."
PICK = (
    "Add products by name or code, take those in the basket above, or open a rule’s details and press “Build "
    "a bundle of these”."
)
NOTE = (
    "All orders count, whatever the filters. Usual price: the median unit price of the product’s lines. "
    "A price by discount is rounded to 0.01. Intervals: 95\u00a0%, Wilson, as if each order were decided "
    "by itself. Break-even: one bundle an order, orders are won in proportion to how many lack each "
    "product, and nothing else changes."
)


def finding(told: Told) -> Content:
    """Say how often the products were bought together."""
    held = f"{words.count(told.together, 'order')} in the past held "
    return [held, names([member.name for member in told.members]), " together."]


def taken_off(told: Told) -> str:
    """Say what the bundle's price takes off the usual one, and the share asked where it is another."""
    if told.terms is None:
        return ""
    off = words.share(told.terms.discount, 1)
    asked = off if told.discount is None else words.share(told.discount, 1)
    rounded = "" if asked == off else f" ({asked} before rounding to 0.01)"
    return f"{words.money(told.terms.saved)} less, {off} off{rounded}"


def between(share: TakeUp) -> str:
    """Say a share's interval."""
    return f"95\u00a0% interval {words.share(share.low, 1)} to {words.share(share.high, 1)}"


def sentences(told: Told) -> list[Content]:
    """Say what the figures mean."""
    share, of = words.share(told.take_up.share, 1), words.count(told.take_up.of, "order")
    said: list[Content] = [
        f"Of the {of} with all products or all but one, {share} held all ({between(told.take_up)}). That is "
        "the past: it does not promise what a bundle will sell, and the data does not say whether these "
        "products were ever sold together at a discount."
    ]
    return [*said, *_price(told), *_profit(told)]


def _price(told: Told) -> list[Content]:
    if told.usual is None:
        unknown = [member.name for member in told.members if member.price is None]
        return [["No usual price is known for ", names(unknown), ", so no price together is shown."]]
    if not told.usual:
        return ["At usual prices these products cost nothing, so nothing can be taken off."]
    if told.terms is None:
        return ["Set a price or a discount to see what the bundle gives away."]
    if not told.terms.saved:
        return ["At the usual price nothing is given away, so nothing has to be made up for."]
    if told.in_sales is None:
        return ["No order was one product short, so the past does not say who could be won."]
    return [_break_even("In sales, before costs:", told.together, told.in_sales)]


def _profit(told: Told) -> list[Content]:
    unknown = [member.name for member in told.members if member.margin is None]
    if unknown:
        margin, known = ("margin", "is") if len(unknown) == 1 else ("margins", "are")
        why = f"Margins are not in the data. No profit is shown, as the {margin} of "
        return [[why, names(unknown), f" {known} not known."]]
    if told.profit is None or told.usual_profit is None:
        return []
    earned = "earns" if told.profit >= 0 else "loses"
    said: list[Content] = [
        f"At the margins given, a bundle {earned} {words.money(abs(told.profit))}; at usual prices its "
        f"products {'earn' if told.usual_profit >= 0 else 'lose'} {words.money(abs(told.usual_profit))}."
    ]
    if told.in_profit is not None and told.in_profit.given:
        said.append(_break_even("In profit, at the margins given:", told.together, told.in_profit))
    return said


def _break_even(called: str, together: int, even: BreakEven) -> str:
    orders = words.count(together, "order")
    many = words.count(even.short, "such order")
    given = (
        f"{called} the bundle price takes {words.money(even.given)} off the {orders} that held all products "
        "anyway. With the bundle, an order that was one product short would bring, on average,"
    )
    if even.needed is None:
        less = f"{words.money(-even.gained)} less" if even.gained < 0 else "no more"
        return f"{given} {less}: such orders cannot pay for it."
    given = f"{given} {words.money(even.gained)} more"
    if even.share is None:
        return f"{given}: even all {many} would not pay for it."
    now = together / (together + even.short)
    return (
        f"{given}: {words.number(even.needed)} of {many} must take it, so the "
        f"take-up must rise from {words.share(now, 1)} to {words.share(even.share, 1)}."
    )
