"""The rules: the picture's legend, and findings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from layouts import palette, words
from layouts.baskets.words import basket, counted
from layouts.parts.attributes import HIDDEN, attributes
from layouts.parts.cards import Content
from layouts.parts.woven import gap, woven
from services.core.language.again import again
from services.core.language.messages import _, plural
from services.core.vocabulary import LIFT_CLASSES

if TYPE_CHECKING:
    from services.releases.overview.ledger import RuleScope
    from services.serving.rules.scatter import LiftClass


def legend() -> html.Div:
    """Return the colours of lift, each with the lift it begins at."""
    parts: list[Component] = [html.Span(_("Lift"))]
    for lowest, colour in zip(LIFT_CLASSES, palette.SEQUENTIAL, strict=True):
        swatch = html.Span(className="sd-swatch", style={"--c": colour}, **HIDDEN)
        parts.append(html.Span([swatch, str(lowest)]))
    return html.Div(parts, className="sd-legend", role="note", **attributes(aria_label=_("Lift from")))


def sub(scope: RuleScope, everybody: bool) -> str:
    """Say which baskets were mined."""
    whole, n = basket(scope), words.number(scope.products)
    baskets = counted(scope.baskets, whole)
    products = plural("{n} product", "{n} products", scope.products, n=n)
    mined = _("{baskets}, {products}.", baskets=baskets, products=products)
    if scope.first_day:
        mined = _(
            "{baskets} from {first} to {last}, {products}.",
            baskets=baskets,
            first=words.date(scope.first_day),
            last=words.date(scope.last_day),
            products=products,
        )
    meant = (
        _("A basket is an invoice; purchases only, duplicates removed.")
        if whole == "invoice"
        else _("A basket is everything a customer bought; purchases only, duplicates removed.")
    )
    return f"{mined} {meant}" if everybody else f"{again(scope.name)}: {mined} {meant}"


def scatter_finding(classes: Sequence[LiftClass], whole: str, left_out: int = 0) -> str:
    """Say how often the strong rules occur.

    Parameters
    ----------
    classes : sequence of LiftClass
        Those that hold a rule, weakest first.
    whole : str
        ``invoice`` or ``customer``.
    left_out : int
        Rules that are too many to be drawn.
    """
    said = _strong(classes, whole, left_out)
    if not left_out:
        return said
    rest = plural(
        "Not shown: {n} rule with the lowest lift.",
        "Not shown: {n} rules with the lowest lift.",
        left_out,
        n=words.number(left_out),
    )
    return f"{said} {rest}"


def _strong(classes: Sequence[LiftClass], whole: str, left_out: int) -> str:
    rules = sum(each.rules for each in classes)
    if len(classes) < 2:
        lowest, below, n = classes[0].lowest, classes[0].below, words.number(rules)
        if not below:
            return plural(
                "{n} rule with a lift of {least} or more.",
                "{n} rules with a lift of {least} or more.",
                rules,
                n=n,
                least=lowest,
            )
        return plural(
            "{n} rule with a lift from {least} to under {below}.",
            "{n} rules with a lift from {least} to under {below}.",
            rules,
            n=n,
            least=lowest,
            below=below,
        )
    rules += left_out
    strong = [classes[-1]]
    for each in reversed(classes[1:-1]):
        if sum(one.rules for one in strong) >= max(5, rules // 50):
            break
        strong.append(each)
    least, most = strong[-1].lowest, max(each.support for each in strong)
    if most < 0.75 * max(each.support for each in classes):
        above = words.share(math.floor(most * 1000 + 1e-9) / 1000 + 0.001, 1)
        if whole == "customer":
            return _(
                "Strong rules are rare: none with a lift of {least} or more reaches {share} of customers.",
                least=least,
                share=above,
            )
        return _(
            "Strong rules are rare: none with a lift of {least} or more reaches {share} of invoices.",
            least=least,
            share=above,
        )
    count = sum(each.rules for each in strong)
    n, of, share = words.number(count), words.number(rules), words.share(most, 1)
    if whole == "customer":
        return plural(
            "{n} rule of {rules} has a lift of {least} or more, in up to {share} of customers.",
            "{n} rules of {rules} have a lift of {least} or more, in up to {share} of customers.",
            count,
            n=n,
            rules=of,
            least=least,
            share=share,
        )
    return plural(
        "{n} rule of {rules} has a lift of {least} or more, in up to {share} of invoices.",
        "{n} rules of {rules} have a lift of {least} or more, in up to {share} of invoices.",
        count,
        n=n,
        rules=of,
        least=least,
        share=share,
    )


def rules_finding(strongest: Sequence[dict[str, Any]], whole: str) -> Content:
    """Say the rule of highest lift beyond chance, a row of the table, in a sentence; or that none is."""
    if not strongest:
        if whole == "customer":
            return _("No rule is clearly stronger than chance in such customers.")
        return _("No rule is clearly stronger than chance in such invoices.")
    best = strongest[0]
    said = _finding(best, whole)
    if best.get("held_up") == 1:
        held = _("It held up later.")
        said = f"{said} {held}"
    elif best.get("held_up") == 0:
        held = _("It did not hold up later.")
        said = f"{said} {held}"
    return woven(said, products=names(best["antecedents"], first=True), also=names(best["consequents"]))


def _finding(best: dict[str, Any], whole: str) -> str:
    given, share, lift = (
        len(best["antecedents"]),
        words.share(best["confidence"]),
        words.number(best["lift"], 1),
    )
    if "chance_lift" not in best:
        if whole == "customer":
            return plural(
                "{products}: {share} of its customers also bought {also}, {lift} times as often as all "
                "customers.",
                "{products}: {share} of their customers also bought {also}, {lift} times as often as all "
                "customers.",
                given,
                products=gap("products"),
                share=share,
                also=gap("also"),
                lift=lift,
            )
        return plural(
            "{products}: {share} of its invoices also hold {also}, {lift} times as often as all invoices.",
            "{products}: {share} of their invoices also hold {also}, {lift} times as often as all invoices.",
            given,
            products=gap("products"),
            share=share,
            also=gap("also"),
            lift=lift,
        )
    chance = words.number(best["chance_lift"], 1)
    if whole == "customer":
        return plural(
            "{products}: {share} of its customers also bought {also}, {lift} times as often as all customers "
            "(by chance: {chance} times).",
            "{products}: {share} of their customers also bought {also}, {lift} times as often as all "
            "customers (by chance: {chance} times).",
            given,
            products=gap("products"),
            share=share,
            also=gap("also"),
            lift=lift,
            chance=chance,
        )
    return plural(
        "{products}: {share} of its invoices also hold {also}, {lift} times as often as all invoices (by "
        "chance: {chance} times).",
        "{products}: {share} of their invoices also hold {also}, {lift} times as often as all invoices (by "
        "chance: {chance} times).",
        given,
        products=gap("products"),
        share=share,
        also=gap("also"),
        lift=lift,
        chance=chance,
    )


def point(rule: dict[str, Any] | None, whole: str) -> Content:
    """Say the rule under the pointer; ``rule`` is a row of the table."""
    if rule is None:
        return ""
    of, n, count = (
        rule["antecedent_count"],
        words.number(rule["antecedent_count"]),
        words.number(rule["count"]),
    )
    confidence, support = words.share(rule["confidence"]), words.share(rule["support"], 2)
    counts = (
        plural("{count} of {n} customer", "{count} of {n} customers", of, n=n, count=count)
        if whole == "customer"
        else plural("{count} of {n} invoice", "{count} of {n} invoices", of, n=n, count=count)
    )
    said = _(
        "With {products}, also {also}: confidence {confidence} ({counts}), support {support}. Press the "
        "point for all rules of these products.",
        products=gap("products"),
        also=gap("also"),
        confidence=confidence,
        counts=counts,
        support=support,
    )
    return woven(said, products=names(rule["antecedents"]), also=names(rule["consequents"]))


def names(products: Sequence[str], *, first: bool = False) -> html.Span:
    """Return products within a sentence; the style sheet lowers their capitals but the ``first``."""
    return product_text(words.listing(products), first=first)


def product_text(text: str, *, first: bool = False) -> html.Span:
    """Return text made of products' names."""
    return html.Span(text, className="sd-prod-in sd-prod-first" if first else "sd-prod-in")
