"""The bundle that is being built on Baskets: from what is typed to the address, and what the card shows."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dash import Output, no_update

from layouts import words
from layouts.baskets import builder as card
from layouts.baskets import builder_words as said
from layouts.ids import Baskets
from layouts.parts import refusal
from services.core.language.messages import _, later, plural
from services.core.refusals import Refusal
from services.serving.rules.address import RuleView, view_at
from services.serving.rules.builder import in_rules, tell, terms_of
from services.serving.rules.builder_address import (
    DISCOUNT,
    FEWEST,
    MOST,
    PRICE,
    BuiltBundle,
    check_discount,
    check_margin,
    check_price,
)
from services.serving.rules.offered import no_orders, offered

if TYPE_CHECKING:
    from services.serving.release.loaded import Loaded

Shown = dict[str, Any]
ERRORS = {
    "product": Output(Baskets.BUILDER_ERROR, "children"),
    "value": Output(Baskets.BUILDER_VALUE_ERROR, "children"),
    "margin": Output(Baskets.BUILDER_MARGIN_ERROR, "children"),
}
TYPED = {
    "product": Output(Baskets.BUILDER_INPUT, "value"),
    "kind": Output(Baskets.BUILDER_KIND, "value"),
    "value": Output(Baskets.BUILDER_VALUE, "value"),
    "margin": Output(Baskets.BUILDER_MARGIN, "value"),
}
BUILDER = {
    "finding": Output(Baskets.BUILDER_FINDING, "children"),
    "chips": Output(Baskets.BUILDER_CHIPS, "children"),
    "start": Output(Baskets.BUILDER_START, "children"),
    "terms_hidden": Output(Baskets.BUILDER_TERMS, "hidden"),
    "options": Output(Baskets.BUILDER_OF, "options"),
    "of": Output(Baskets.BUILDER_OF, "value"),
    "result": Output(Baskets.BUILDER_RESULT, "children"),
    "export": Output(Baskets.EXPORT_BUILDER, "href"),
    "export_hidden": Output(Baskets.EXPORT_BUILDER, "hidden"),
    "errors": ERRORS,
    "typed": TYPED,
}
"""What the card is made of, by name."""
_SHOWN = 60
_TYPE = {
    PRICE: later("Type the price as an amount, such as {example}."),
    DISCOUNT: later("Type the discount as a percentage, such as {example}."),
    "margin": later("Type the margin as a percentage, such as {example}."),
}


def show_builder(release: Loaded, asked: RuleView, pressed: str | None, of: str | None) -> Shown:
    """Return the card for an address.

    Parameters
    ----------
    release : Loaded
    asked : RuleView
    pressed : str or None
        What was pressed; None for the address itself, whose price then stands in the field, and nothing
        that was typed before.
    of : str or None
        The product whose margin stands ready to be typed.
    """
    built, known = asked.bundle, offered(release)
    members = [(code, known.names[known.places[code]]) for code in built.products]
    others = [replace(asked, bundle=built.without(code)).to_query() for code in built.products]
    codes = [code for code, _name in members]
    shown: Shown = {
        "chips": card.chips([name for _code, name in members], others),
        "start": card.start(_from_basket(release, asked)),
        "terms_hidden": not members,
        "options": card.options(members),
        "of": of if of in codes else next(iter(codes), None),
        "errors": {name: [] if pressed is None else no_update for name in ERRORS},
        "typed": dict.fromkeys(TYPED, no_update) | (_typed(built) if pressed is None else {}),
    }
    return shown | _told(release, built)


def _told(release: Loaded, built: BuiltBundle) -> Shown:
    none: Shown = {"export": no_update, "export_hidden": True}
    if not offered(release).orders:
        return none | {"finding": "", "result": card.refused(no_orders(release))}
    if not built.products:
        return none | {"finding": said.EMPTY(), "result": card.nothing(said.PICK())}
    if len(built.products) < FEWEST:
        more = _(
            "A bundle has {fewest} to {most} products.", fewest=words.small(FEWEST), most=words.small(MOST)
        )
        return none | {"finding": _("Add another product."), "result": card.nothing(more)}
    try:
        told = tell(release, built)
    except Refusal as refused:
        return none | {"finding": "", "result": card.refused(str(refused))}
    codes = built.products
    audiences = {}
    if in_rules(release, codes):
        audiences = {code: card.audience(code, [each for each in codes if each != code]) for code in codes}
    return {
        "finding": said.finding(told),
        "result": card.result(told, audiences),
        "export": f"{card.EXPORT}?{built.to_query()}&release={quote(release.id)}",
        "export_hidden": False,
    }


def _from_basket(release: Loaded, asked: RuleView) -> str | None:
    """Return where the products in the basket are the bundle; None where they are none, or there is one."""
    codes = tuple(code for code in asked.filters.basket if code in offered(release).places)
    if asked.bundle.products or not FEWEST <= len(codes) <= MOST:
        return None
    return replace(asked, bundle=BuiltBundle(codes)).to_query()


def _typed(built: BuiltBundle) -> Shown:
    """Return the values of the fields for the bundle in an address."""
    write, price, discount = words.written().write, built.price, built.discount
    if price is not None:
        return {"kind": "price", "value": write(price), "margin": ""}
    if discount is not None:
        return {"kind": "discount", "value": write(round(discount * 100, 9)), "margin": ""}
    return {"value": "", "margin": ""}


def from_set(asked: RuleView, codes: tuple[str, ...]) -> str:
    """Return where the products of a rule are the bundle."""
    return replace(asked, bundle=BuiltBundle(codes)).to_query()


def put_in_bundle(release: Loaded, search: str | None, given: Shown) -> Shown:
    """Take a product into the bundle, or say beside the field why not."""
    asked = view_at(release, search)
    built, known = asked.bundle, offered(release)
    text = (given["product"] or "").strip()
    place = known.only(text)
    if not known.orders:
        return _refused("product", no_orders(release))
    if place is None:
        choose = _("Choose a product from the list, or give its code.")
        if not text:
            return _refused("product", choose)
        asked_for = text[:_SHOWN]
        why = (
            _("“{text}” fits more than one product.", text=asked_for)
            if known.meant(text)
            else _("No order holds a product “{text}”.", text=asked_for)
        )
        return _refused("product", f"{why} {choose}")
    if known.codes[place] in built.products:
        there = _("{product} is in the bundle already. Choose another product.", product=known.names[place])
        return _refused("product", there)
    if len(built.products) >= MOST:
        full = plural(
            "A bundle has up to {n} product. Remove one first.",
            "A bundle has up to {n} products. Remove one first.",
            MOST,
            n=words.small(MOST),
        )
        return _refused("product", full)
    bundle = replace(built, products=(*built.products, known.codes[place]))
    return _to(replace(asked, bundle=bundle), "product", product="")


def set_terms(release: Loaded, search: str | None, given: Shown) -> Shown:
    """Take the price or the discount into the address; an empty field takes it away."""
    asked = view_at(release, search)
    kind, text = given["kind"], (given["value"] or "").strip()
    built = replace(asked.bundle, price=None, discount=None)
    try:
        if text and kind == "price":
            built = replace(built, price=_read(text, PRICE, check_price))
        elif text:
            built = replace(built, discount=_read(text, DISCOUNT, check_discount, "%"))
        known = offered(release)
        if built.products:
            terms_of([known.prices[known.places[code]] for code in built.products], built)
    except Refusal as refused:
        return _refused("value", str(refused), cleared=True)
    return _to(replace(asked, bundle=built), "value")


def set_margin(release: Loaded, search: str | None, given: Shown) -> Shown:
    """Take a product's margin into the address; an empty field makes it not known."""
    asked = view_at(release, search)
    text, code = (given["margin"] or "").strip(), given["of"]
    if code not in asked.bundle.products:
        return _refused("margin", _("Choose a product of the bundle first."))
    try:
        margin = _read(text, "margin", check_margin, "%") if text else None
    except Refusal as refused:
        return _refused("margin", str(refused), cleared=True)
    return _to(replace(asked, bundle=asked.bundle.with_margin(code, margin)), "margin", margin="")


PRESSES: dict[str, Callable[[Loaded, str | None, Shown], Shown]] = {
    Baskets.BUILDER_ADD: put_in_bundle,
    Baskets.BUILDER_INPUT: put_in_bundle,
    Baskets.BUILDER_SET: set_terms,
    Baskets.BUILDER_VALUE: set_terms,
    Baskets.BUILDER_SET_MARGIN: set_margin,
    Baskets.BUILDER_MARGIN: set_margin,
}
"""What each button and field of the card does."""


def _read(text: str, name: str, check: Callable[[float], None], unit: str = "") -> float:
    written = words.written()
    try:
        value = written.read(text, unit) / 100 if unit else written.read(text, *written.money)
    except Refusal:
        value = math.nan
    if not math.isfinite(value):
        raise Refusal(_TYPE[name](example=written.write(12.5)), name)
    value = round(value, 12)
    check(value)
    return value


def _to(asked: RuleView, name: str, **typed: str) -> Shown:
    """Return where a step leads; what was refused in another field stays beside it."""
    return {
        "address": asked.to_query(),
        "builder": {
            "typed": dict.fromkeys(TYPED, no_update) | typed,
            "errors": dict.fromkeys(ERRORS, no_update) | {name: []},
        },
    }


def _refused(name: str, sentence: str, *, cleared: bool = False) -> Shown:
    errors = dict.fromkeys(ERRORS, no_update) | {name: refusal(sentence)}
    old: Shown = {"finding": [], "result": [], "export_hidden": True} if cleared else {}
    return {"address": no_update, "builder": {"errors": errors} | old}
