"""The details of a row of the table: all rules of its products, and the measures that rarely differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.baskets.filters import HELD, going
from layouts.baskets.rules import names
from layouts.baskets.words import counted
from layouts.parts import Column, button, icon, table
from layouts.parts.attributes import attributes
from layouts.parts.tables import Cell
from layouts.parts.woven import gap, woven
from services.core.language.messages import _, later, plural

_HELD = {1: HELD["yes"], 0: HELD["no"], -1: HELD["unknown"]}
_SURE, _LIKELY = 1e-6, 0.5
_HEADS = {
    "confidence": later("Confidence"),
    "lift": later("Lift"),
    "chance_lift": later("Lift by chance"),
    "finding": later("Beyond chance"),
    "held_up": later("Held up later"),
    "q_value": later("Chance of a fluke"),
    "zhangs_metric": later("Zhang"),
}
_WORDS = {
    "confidence": "confidence",
    "lift": "lift",
    "chance_lift": "chance-lift",
    "finding": "beyond-chance",
    "held_up": "held-up",
    "q_value": "fluke",
    "zhangs_metric": "zhang",
}

Rule = Mapping[str, Any]


def set_details(rules: Sequence[Rule], whole: str, bundle: str) -> list[Component]:
    """Return all rules of one set of products.

    Parameters
    ----------
    rules : sequence of dict
        As the table has them, at least one; surest first.
    whole : str
        ``invoice`` or ``customer``: what a basket is.
    bundle : str
        The query with these products as the bundle that is being built.
    """
    first = rules[0]
    products = [*first["antecedents"], *first["consequents"]]
    close = html.Button(
        icon("close"),
        type="button",
        className="sd-link sd-set-close",
        **attributes(aria_label=_("Close the details"), data_close_details="1"),
    )
    called = woven(_("All rules of {products}", products=gap("products")), products=names(products))
    head = html.Div([html.H3(called, tabIndex="-1"), close], className="sd-set-head")
    heads: list[Column | str] = [_("If the basket has"), _("Then also")]
    heads += [Column(_HEADS[name](), True, term=_WORDS[name]) for name in _measures(first)]
    listed = _("All rules of {products}", products=words.listing(products))
    return [
        head,
        html.P(_bought(first, whole)),
        table(heads, [_row(rule) for rule in rules], listed),
        going(button(_("Build a bundle of these"), small=True), bundle),
        html.P(_meant(first), className="sd-note"),
    ]


def _measures(rule: Rule) -> list[str]:
    """Return what the columns show: not every release knows everything."""
    return [name for name in _HEADS if name in rule]


def _row(rule: Rule) -> list[Cell]:
    cells: list[Cell] = [names(rule["antecedents"], first=True), names(rule["consequents"], first=True)]
    held = _(
        "{confidence} ({count} of {of})",
        confidence=words.share(rule["confidence"]),
        count=words.number(rule["count"]),
        of=words.number(rule["antecedent_count"]),
    )
    cells += [held, words.number(rule["lift"], 1)]
    if "chance_lift" in rule:
        cells += [words.number(rule["chance_lift"], 1), _("yes") if rule["finding"] else _("may be chance")]
    if "held_up" in rule:
        cells.append(_HELD[rule["held_up"]]())
    if "q_value" in rule:
        cells.append(odds(rule["q_value"]))
    return [*cells, words.number(rule["zhangs_metric"], 2)]


def odds(share: float | None) -> str:
    """Write a share of false rules as a bet: ``1 in 200``."""
    if share is None:
        return "–"
    if share < _SURE:
        return _("under 1 in a million")
    if share > _LIKELY:
        return _("likely")
    return _("1 in {number}", number=words.number(float(f"{1 / share:.2g}")))


def _bought(rule: Rule, whole: str) -> str:
    count, n = rule["count"], words.number(rule["count"])
    if whole == "customer":
        return plural(
            "Bought by {n} customer, in one order or several.",
            "Bought by {n} customers, in one order or several.",
            count,
            n=n,
        )
    if "customers" not in rule:
        return plural("Bought together in {n} invoice.", "Bought together in {n} invoices.", count, n=n)
    return _(
        "Bought together in {invoices} by {customers}; the one with most of these invoices has {largest}.",
        invoices=counted(count, "invoice"),
        customers=counted(rule["customers"], "customer"),
        largest=words.number(rule["largest_count"]),
    )


def _meant(rule: Rule) -> str:
    if "customers" in rule:
        return _(
            "Chance of a fluke: Fisher’s exact test compares the customers who ever bought one side with "
            "those who ever bought the other; it is adjusted for the number of rules by the "
            "Benjamini–Hochberg method."
        )
    if "q_value" in rule:
        return _(
            "Chance of a fluke: Fisher’s exact test on baskets, adjusted by the Benjamini–Hochberg method. "
            "This release was made by an earlier version; train again to have customers tested."
        )
    return ""
