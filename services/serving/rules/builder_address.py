"""The bundle that is being built, as the address of Baskets has it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from services.core.language.messages import _, later, plural
from services.core.refusals import Refusal
from services.core.text.numbers_plain import plain_number, plain_text
from services.serving.release.loaded import Loaded
from services.serving.rules.offered import no_orders, offered

PRODUCT, PRICE, DISCOUNT, MARGIN = "bundle", "bundle_price", "bundle_discount", "bundle_margin"
ONCE = (PRICE, DISCOUNT)
SEVERAL = (PRODUCT, MARGIN)
FEWEST, MOST = 2, 5
"""Products of a bundle."""
_SHOWN = 60
_HIGHEST = 1e9
_LEFT_OUT = {
    PRICE: later("The bundle’s price “{text}” was left out."),
    DISCOUNT: later("The bundle’s discount “{text}” was left out."),
}


@dataclass(frozen=True)
class BuiltBundle:
    """What a bundle is made of, and on which terms.

    Attributes
    ----------
    products : tuple of str
        Codes, each once.
    price : float or None
        Shop currency, above 0.
    discount : float or None
        Share taken off the usual price, 0 to below 1; None beside a price.
    margins : tuple of (str, float)
        Codes, and the share of the usual price that is earned, up to 1; below 0 where it is sold at a loss.
    """

    products: tuple[str, ...] = ()
    price: float | None = None
    discount: float | None = None
    margins: tuple[tuple[str, float], ...] = ()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The bundle as parameters of an address."""
        pairs = [(PRODUCT, code) for code in self.products]
        for name, value in ((PRICE, self.price), (DISCOUNT, self.discount)):
            pairs += [(name, plain_text(value))] if value is not None else []
        return pairs + [(MARGIN, f"{code}:{plain_text(margin)}") for code, margin in self.margins]

    def to_query(self) -> str:
        """Return the bundle as an address's query, without the question mark."""
        return urlencode(self.pairs)

    def without(self, code: str) -> BuiltBundle:
        """Return the bundle without a product, and without a price that was set for all of them."""
        left = tuple(each for each in self.products if each != code)
        margins = tuple(each for each in self.margins if each[0] != code)
        return replace(self, products=left, margins=margins, price=None)

    def with_margin(self, code: str, margin: float | None) -> BuiltBundle:
        """Return the bundle with another margin of a product; None: it is not known."""
        known = dict(self.margins)
        known.pop(code, None)
        if margin is not None:
            known[code] = margin
        ordered = tuple((each, known[each]) for each in self.products if each in known)
        return replace(self, margins=ordered)


NO_BUNDLE = BuiltBundle()


def read_bundle(release: Loaded, query: Mapping[str, Sequence[str]], notes: list[str]) -> BuiltBundle:
    """Read the bundle from an address; what the release cannot answer is left out and noted.

    Parameters
    ----------
    release : Loaded
    query : mapping
        Keys to their values, none blank.
    notes : list of str
        Gets a sentence for each part that was left out.
    """
    if not any(name in query for name in (*ONCE, *SEVERAL)):
        return NO_BUNDLE
    known = offered(release).places
    if not known:
        left_out = _("The bundle was left out.")
        notes.append(f"{left_out} {no_orders(release)}")
        return NO_BUNDLE
    asked = query.get(PRODUCT, ())
    products = tuple(dict.fromkeys(code for code in asked if code in known))
    notes += [
        _(
            "No order of this release holds the product “{product}”, so it was left out of the bundle.",
            product=code[:_SHOWN],
        )
        for code in dict.fromkeys(asked)
        if code not in known
    ]
    if len(set(asked)) < len(asked):
        notes.append(_("The bundle has the same product twice, so it was taken once."))
    if len(products) > MOST:
        notes.append(
            plural(
                "A bundle holds up to {n} product, so only the first {n} is used.",
                "A bundle holds up to {n} products, so only the first {n} are used.",
                MOST,
            )
        )
    built = BuiltBundle(products[:MOST])
    for name, check in ((PRICE, check_price), (DISCOUNT, check_discount)):
        for text in query.get(name, ())[-1:]:
            built = _with(built, name, text, check, notes)
    for text in query.get(MARGIN, ()):
        built = _with_margin(built, text, notes)
    return built


def check_price(value: float) -> None:
    """Refuse what is no price of a bundle, whatever is in it."""
    if not 0 < value <= _HIGHEST:
        raise Refusal(_("A bundle costs more than 0. Give a price above 0, or no price."), PRICE)


def check_discount(value: float) -> None:
    """Refuse what is no discount."""
    if not 0 <= value < 1:
        raise Refusal(_("A discount is from 0 to under 100\u00a0%. Give one of these, or none."), DISCOUNT)


def check_margin(value: float) -> None:
    """Refuse what is no margin of the price."""
    if not -10 <= value <= 1:
        raise Refusal(
            _(
                "A margin is the share of the price that you keep: at most 100\u00a0%, and below 0 where a "
                "product is sold at a loss, down to −1000\u00a0%. Give one of these, or none."
            ),
            MARGIN,
        )


def _number(text: str) -> float:
    try:
        return plain_number(text)
    except Refusal:
        return math.nan


def _with(
    built: BuiltBundle, name: str, text: str, check: Callable[[float], None], notes: list[str]
) -> BuiltBundle:
    called = "price" if name == PRICE else "discount"
    if name == DISCOUNT and built.price is not None:
        notes.append(_("A bundle has a price or a discount, so the discount was left out."))
        return built
    try:
        value = _number(text)
        check(value)
    except Refusal as refused:
        notes.append(f"{_LEFT_OUT[name](text=text[:_SHOWN])} {refused}")
        return built
    return replace(built, **{called: value})  # type: ignore[arg-type]


def _with_margin(built: BuiltBundle, text: str, notes: list[str]) -> BuiltBundle:
    code, _colon, share = text.rpartition(":")
    try:
        if code not in built.products:
            raise Refusal(
                _("It names no product of the bundle. Write the product’s code, a colon and the share.")
            )
        value = _number(share)
        check_margin(value)
    except Refusal as refused:
        left_out = _("The margin “{text}” was left out.", text=text[:_SHOWN])
        notes.append(f"{left_out} {refused}")
        return built
    return built.with_margin(code, value)
