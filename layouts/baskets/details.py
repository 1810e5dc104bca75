"""The details of a row of the table: all rules of its products, and the measures that rarely differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.baskets.filters import going
from layouts.baskets.rules import names
from layouts.parts import Column, button, icon, table
from layouts.parts.attributes import attributes
from layouts.parts.tables import Cell

_HELD = {1: "yes", 0: "no", -1: "cannot tell"}
_SURE, _LIKELY = 1e-6, 0.5
_HEADS = {
    "confidence": "Confidence",
    "lift": "Lift",
    "chance_lift": "Lift by chance",
    "finding": "Beyond chance",
    "held_up": "Held up later",
    "q_value": "Chance of a fluke",
    "zhangs_metric": "Zhang",
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
        **attributes(aria_label="Close the details", data_close_details="1"),
    )
    head = html.Div(
        [html.H3(["All rules of ", names(products)], tabIndex="-1"), close], className="sd-set-head"
    )
    heads: list[Column | str] = ["If the basket has", "Then also"]
    heads += [Column(_HEADS[name], True, term=_WORDS[name]) for name in _measures(first)]
    return [
        head,
        html.P(_bought(first, whole)),
        table(heads, [_row(rule) for rule in rules], f"All rules of {words.listing(products)}"),
        going(button("Build a bundle of these", small=True), bundle),
        html.P(_meant(first), className="sd-note"),
    ]


def _measures(rule: Rule) -> list[str]:
    """Return what the columns show: not every release knows everything."""
    return [name for name in _HEADS if name in rule]


def _row(rule: Rule) -> list[Cell]:
    cells: list[Cell] = [names(rule["antecedents"], first=True), names(rule["consequents"], first=True)]
    counts = f"{words.number(rule['count'])} of {words.number(rule['antecedent_count'])}"
    cells += [f"{words.share(rule['confidence'])} ({counts})", words.number(rule["lift"], 1)]
    if "chance_lift" in rule:
        cells += [words.number(rule["chance_lift"], 1), "yes" if rule["finding"] else "may be chance"]
    if "held_up" in rule:
        cells.append(_HELD[rule["held_up"]])
    if "q_value" in rule:
        cells.append(odds(rule["q_value"]))
    return [*cells, words.number(rule["zhangs_metric"], 2)]


def odds(share: float | None) -> str:
    """Write a share of false rules as a bet: ``1 in 200``."""
    if share is None:
        return "–"
    if share < _SURE:
        return "under 1 in a million"
    return "likely" if share > _LIKELY else f"1 in {words.number(float(f'{1 / share:.2g}'))}"


def _bought(rule: Rule, whole: str) -> str:
    together = f"Bought together in {words.count(rule['count'], 'invoice')}"
    if whole == "customer":
        return f"Bought by {words.count(rule['count'], 'customer')}, in one order or several."
    if "customers" not in rule:
        return f"{together}."
    return (
        f"{together} by {words.count(rule['customers'], 'customer')}; "
        f"the one with most of these invoices has {words.number(rule['largest_count'])}."
    )


def _meant(rule: Rule) -> str:
    parts = []
    if "customers" in rule:
        parts.append(
            "Chance of a fluke: Fisher’s exact test compares the customers who ever bought one side with "
            "those who ever bought the other; it is adjusted for the number of rules by the "
            "Benjamini–Hochberg method."
        )
    elif "q_value" in rule:
        parts.append(
            "Chance of a fluke: Fisher’s exact test on baskets, adjusted by the Benjamini–Hochberg method. "
            "This release was made by an earlier version; train again to have customers tested."
        )
    return " ".join(parts)
