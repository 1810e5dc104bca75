"""The rules: the picture's legend, findings, and the states without any."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dash import html
from dash.development.base_component import Component

from layouts import palette, words
from layouts.baskets.filters import HELD_UP, bound
from layouts.baskets.words import basket
from layouts.parts import button, empty
from layouts.parts.attributes import HIDDEN, attributes
from layouts.parts.cards import Content
from layouts.parts.filters import going
from services.core.vocabulary import LIFT_CLASSES

if TYPE_CHECKING:
    from services.releases.overview.ledger import RuleScope
    from services.serving.rules.find import RuleFilters
    from services.serving.rules.scatter import LiftClass


def legend() -> html.Div:
    """Return the colours of lift, each with the lift it begins at."""
    parts: list[Component] = [html.Span("Lift")]
    for lowest, colour in zip(LIFT_CLASSES, palette.SEQUENTIAL, strict=True):
        swatch = html.Span(className="sd-swatch", style={"--c": colour}, **HIDDEN)
        parts.append(html.Span([swatch, str(lowest)]))
    return html.Div(parts, className="sd-legend", role="note", **attributes(aria_label="Lift from"))


def sub(scope: RuleScope, everybody: bool) -> str:
    """Say which baskets were mined."""
    whose = "" if everybody else f"{scope.name}: "
    whole = basket(scope)
    meant = "an invoice" if whole == "invoice" else "everything a customer bought"
    when = f" from {words.date(scope.first_day)} to {words.date(scope.last_day)}" if scope.first_day else ""
    return (
        f"{whose}{words.count(scope.baskets, whole)}{when}, {words.count(scope.products, 'product')}. "
        f"A basket is {meant}; purchases only, duplicates removed."
    )


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
    return f"{said} Not shown: {words.count(left_out, 'rule')} with the lowest lift." if left_out else said


def _strong(classes: Sequence[LiftClass], whole: str, left_out: int) -> str:
    rules = sum(each.rules for each in classes)
    if len(classes) < 2:
        lowest, below = classes[0].lowest, classes[0].below
        lift = f"from {lowest} to under {below}" if below else f"of {lowest} or more"
        return f"{words.count(rules, 'rule')} with a lift {lift}."
    rules += left_out
    strong = [classes[-1]]
    for each in reversed(classes[1:-1]):
        if sum(one.rules for one in strong) >= max(5, rules // 50):
            break
        strong.append(each)
    least, most = strong[-1].lowest, max(each.support for each in strong)
    if most < 0.75 * max(each.support for each in classes):
        above = math.floor(most * 1000 + 1e-9) / 1000 + 0.001
        return (
            f"Strong rules are rare: none with a lift of {least} or more reaches "
            f"{words.share(above, 1)} of {whole}s."
        )
    count = sum(each.rules for each in strong)
    return (
        f"{words.count(count, 'rule')} of {words.number(rules)} {'has' if count == 1 else 'have'} a lift of "
        f"{least} or more, in up to {words.share(most, 1)} of {whole}s."
    )


def rules_finding(strongest: Sequence[dict[str, Any]], whole: str) -> Content:
    """Say the rule of highest lift beyond chance, a row of the table, in a sentence; or that none is."""
    if not strongest:
        return f"No rule is clearly stronger than chance in such {whole}s."
    best = strongest[0]
    several = len(best["antecedents"]) > 1
    held = {1: " It held up later.", 0: " It did not hold up later."}.get(best.get("held_up", -1), "")
    chance = f" (by chance: {words.number(best['chance_lift'], 1)} times)" if "chance_lift" in best else ""
    also = "also bought" if whole == "customer" else "also hold"
    return [
        names(best["antecedents"], first=True),
        f": {words.share(best['confidence'])} of {'their' if several else 'its'} {whole}s {also} ",
        names(best["consequents"]),
        f", {words.number(best['lift'], 1)} times as often as all {whole}s{chance}.{held}",
    ]


def point(rule: dict[str, Any] | None, whole: str) -> Content:
    """Say the rule under the pointer; ``rule`` is a row of the table."""
    if rule is None:
        return ""
    counts = f"{words.number(rule['count'])} of {words.count(rule['antecedent_count'], whole)}"
    return [
        "With ",
        names(rule["antecedents"]),
        ", also ",
        names(rule["consequents"]),
        f": confidence {words.share(rule['confidence'])} ({counts}), "
        f"support {words.share(rule['support'], 2)}. Press the point for all rules of these products.",
    ]


def names(products: Sequence[str], *, first: bool = False) -> html.Span:
    """Return products within a sentence; the style sheet lowers their capitals but the ``first``."""
    return product_text(words.listing(products), first=first)


def product_text(text: str, *, first: bool = False) -> html.Span:
    """Return text made of products' names."""
    return html.Span(text, className="sd-prod-in sd-prod-first" if first else "sd-prod-in")


def nothing(
    given: RuleFilters, note: str, drop: str = "", would: int = 0, query: str = "", *, empties: bool = False
) -> Component:
    """Say that no rule fits, which filter to drop, and what that would give.

    Parameters
    ----------
    given : RuleFilters
    note : str
        Why a group has no rules at all; empty when it has some.
    drop : str
        The filter to drop in words, such as "Product tea"; empty where none helps.
    would : int
        How many rules there would be without it.
    query : str
        The address without it.
    empties : bool
        Whether the filter to drop is the basket, which is empty then.
    """
    active = len(given.active)
    lead = "No rule was found"
    if active:
        several = "both filters" if active == 2 else f"all {words.small(active)} filters"
        lead = f"No rule fits {'this filter' if active == 1 else several}"
    if not drop:
        return empty(lead, note or "No products are bought together often enough.")
    label = "Remove this filter" if not empties else "Empty the basket"
    action = going(button(label, small=True), query)
    return empty(lead, f"{note} Without “{drop}” there would be {words.number(would)}.".strip(), action)


def said(name: str, given: RuleFilters, scope: str, items: Sequence[str]) -> str:
    """Return a set filter in words, as its chip has it."""
    if name == "scope":
        kind, _, group = given.scope.partition("@")[0].partition(":")
        return f"{kind.capitalize()} {scope}" if group else "A basket is everything a customer bought"
    if name == "held_up":
        return f"Held up {HELD_UP[given.held_up].lower()}"
    if name == "basket":
        return "Start from the basket"
    if name == "items":
        return f"Product {' and '.join(items)}"
    return f"{name.removeprefix('min_').capitalize()} {bound(name, getattr(given, name))}"


def refused() -> Component:
    """Return what stands where the rules were when a filter's value was refused."""
    return empty("No rules for this value", "See the allowed values next to the field.")
