"""What a bundle of some products costs, how often it was bought, and what would pay for its discount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.core.language.messages import _, plural
from services.core.refusals import Refusal
from services.core.rules.bundle import BreakEven, TakeUp, Terms, break_even, take_up
from services.serving.release.loaded import Loaded
from services.serving.rules.builder_address import FEWEST, MOST, PRICE, PRODUCT, BuiltBundle
from services.serving.rules.buyers import named_by_rules
from services.serving.rules.find import SIDES
from services.serving.rules.offered import counted, no_orders, offered


@dataclass(frozen=True)
class Member:
    """A product of a bundle.

    Attributes
    ----------
    code, name : str
    price : float or None
        What a piece usually costs: the median of its lines.
    margin : float or None
        Share of the price that is earned; None where nobody gave it.
    orders : int
        Orders that hold it.
    short : int
        Orders that hold all the others and not this one.
    take_up : TakeUp
        Of the orders with all the others, those that hold this one as well.
    """

    code: str
    name: str
    price: float | None
    margin: float | None
    orders: int
    short: int
    take_up: TakeUp


@dataclass(frozen=True)
class Told:
    """What is known of a bundle.

    Attributes
    ----------
    members : tuple of Member
    orders, together, short : int
        Orders that hold any product, all products of the bundle, and all but one.
    take_up : TakeUp
        Of the orders with all or all but one, those with all.
    usual : float or None
        What its products usually cost together; None where a price is not known.
    discount : float or None
        Asked to be taken off, 0–1; None where a price is set, or nothing. What is taken off is in ``terms``.
    terms : Terms or None
        None before a price or a discount is set, or without usual prices.
    in_sales : BreakEven or None
        None without terms, or where no order is one product short.
    profit, usual_profit : float or None
        Earned of one bundle, and of its products at usual prices; None unless all margins are given.
    in_profit : BreakEven or None
    """

    members: tuple[Member, ...]
    orders: int
    together: int
    short: int
    take_up: TakeUp
    usual: float | None
    discount: float | None
    terms: Terms | None
    in_sales: BreakEven | None
    profit: float | None
    usual_profit: float | None
    in_profit: BreakEven | None


def tell(release: Loaded, built: BuiltBundle) -> Told:
    """Work out what is known of a bundle.

    Raises
    ------
    Refusal
        If the release does not know which orders hold a product, the bundle has fewer than two products,
        no order holds all of them, or its price cannot be.
    """
    known = offered(release)
    if not known.orders:
        raise Refusal(no_orders(release), PRODUCT)
    if len(built.products) < FEWEST:
        said = plural(
            "A bundle has {fewest} to {n} product. Add another product.",
            "A bundle has {fewest} to {n} products. Add another product.",
            MOST,
            fewest=FEWEST,
        )
        raise Refusal(said, PRODUCT)
    found = counted(release, built.products)
    if not found.together:
        raise Refusal(_never_together(len(built.products)), PRODUCT)
    places, margins = [known.places[code] for code in built.products], dict(built.margins)
    prices = [known.prices[place] for place in places]
    members = tuple(
        Member(
            code,
            known.names[place],
            known.prices[place],
            margins.get(code),
            orders,
            short,
            take_up(found.together, short),
        )
        for code, place, orders, short in zip(built.products, places, found.each, found.short, strict=True)
    )
    terms = terms_of(prices, built)
    usual = _sum(prices)
    earned = [_product(member.price, member.margin) for member in members]
    usual_profit = _sum(earned)
    short = sum(found.short)
    return Told(
        members=members,
        orders=known.orders,
        together=found.together,
        short=short,
        take_up=take_up(found.together, short),
        usual=usual,
        discount=built.discount,
        terms=terms,
        in_sales=_break_even(found.together, found.short, prices, terms),
        profit=None if usual_profit is None or terms is None else usual_profit - terms.saved,
        usual_profit=usual_profit,
        in_profit=_break_even(found.together, found.short, earned, terms),
    )


def terms_of(prices: Sequence[float | None], built: BuiltBundle) -> Terms | None:
    """Return the terms of a bundle; None where no price or discount is set, or a usual price is not known.

    Raises
    ------
    Refusal
        If the price is above what the products usually cost together.
    """
    usual = _sum(prices)
    if not usual or (built.price is None and built.discount is None):
        return None
    if built.price is None:
        return Terms(usual, min(round(usual * (1 - (built.discount or 0.0)), 2), usual))
    if built.price > usual + 0.005:
        raise Refusal(
            _(
                "The bundle would cost more than its products do one by one. Give a price that is not above "
                "their usual prices together."
            ),
            PRICE,
        )
    return Terms(usual, min(built.price, usual))


def in_rules(release: Loaded, codes: Sequence[str]) -> bool:
    """Say whether a rule's audience can be asked for with these products, one of them on its right."""
    return len(codes) - 1 <= release.rules[SIDES[0]].shape[1] and set(codes) <= named_by_rules(release)


def _never_together(products: int) -> str:
    if products == FEWEST:
        return _(
            "No order holds both of these products, so nothing can be said of them together. Remove one, and "
            "choose a product that was bought with the others."
        )
    return plural(
        "No order holds all {n} of these products, so nothing can be said of them together. Remove one, and "
        "choose a product that was bought with the others.",
        "No order holds all {n} of these products, so nothing can be said of them together. Remove one, and "
        "choose a product that was bought with the others.",
        products,
    )


def _sum(parts: Sequence[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return round(sum(known), 6) if len(known) == len(parts) else None


def _product(price: float | None, share: float | None) -> float | None:
    return None if price is None or share is None else price * share


def _break_even(
    together: int, short: Sequence[int], worth: Sequence[float | None], terms: Terms | None
) -> BreakEven | None:
    known = [each for each in worth if each is not None]
    if terms is None or len(known) < len(worth) or not sum(short):
        return None
    return break_even(together, short, known, terms.saved)
