"""The filters of the tab Baskets: what is set, what can be added, what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.components import alert, button, chip, field, filter_bar, icon
from layouts.components.attributes import attributes
from layouts.ids import Baskets

if TYPE_CHECKING:
    from services.serving.rules import RuleFilters

FIELDS = ("item", "min_support", "min_confidence", "min_lift")
NAMES = {
    "scope": "Group",
    "item": "Product",
    "items": "Product",
    "min_support": "Support",
    "min_confidence": "Confidence",
    "min_lift": "Lift",
}


def filters() -> html.Div:
    """Return the bar: chips that are set, then those that can be added, each with its own field."""
    hints: dict[str, Any] = {"min_support": html.Span(id=Baskets.SUPPORT_HINT), "min_lift": "1: as by chance"}
    adders = [_adder("scope", "Segment or cluster", [_group()])]
    for name in FIELDS:
        entry = dbc.Input(
            id=Baskets.field(name),
            type="text",
            autocomplete="off",
            maxLength=200,
            **(
                {"list": Baskets.PRODUCT_OPTIONS, "placeholder": "Name or code"}
                if name == "item"
                else {"inputMode": "decimal"}
            ),
        )
        label = "Product with" if name == "item" else f"{NAMES[name]} at least"
        unit = "%" if name in ("min_support", "min_confidence") else ""
        parts = [
            field(label, entry, hint=hints.get(name), error_id=Baskets.error(name), unit=unit),
            button("Apply", Baskets.apply(name), kind="primary", small=True),
        ]
        adders.append(_adder(name, NAMES[name], parts))
    bar = filter_bar([html.Span(id=Baskets.CHIPS, className="sd-set"), *adders], html.Span(id=Baskets.FOUND))
    return html.Div([bar, html.Datalist(id=Baskets.PRODUCT_OPTIONS)])


def _group() -> html.Div:
    return field(
        "Invoices of",
        dbc.Select(id=Baskets.GROUP, options=[{"label": "All customers", "value": "all"}], value="all"),
    )


def _adder(name: str, label: str, parts: Sequence[Component]) -> html.Details:
    return html.Details(
        [
            html.Summary([icon("plus"), html.Span(label)], className="sd-chip"),
            html.Div(list(parts), className="sd-pop"),
        ],
        className=f"sd-add sd-add-{name}",
    )


def chips(given: RuleFilters, scope: str, items: Sequence[str], leads: Mapping[str, str]) -> list[Component]:
    """Return the chips of the filters that are set; pressing one removes it.

    Parameters
    ----------
    given : RuleFilters
    scope : str
        What the group is called.
    items : sequence of str
        What the asked products are called, in the order of ``given.items``.
    leads : mapping of str to str
        The query without each filter (by its name, products by ``item:<place>``), without all, and with the
        redundant rules shown or not.
    """
    shown: list[Component] = []
    if "scope" in given.active:
        kind = given.scope.partition(":")[0].capitalize()
        shown.append(going(chip(kind, scope), leads["scope"], "sd-set-scope"))
    for place, name in enumerate(items):
        shown.append(going(chip("Product", name), leads[f"item:{place}"], "sd-set-item"))
    for name in ("min_support", "min_confidence", "min_lift"):
        if (value := getattr(given, name)) is not None:
            shown.append(going(chip(NAMES[name], bound(name, value)), leads[name], f"sd-set-{name}"))
    redundant = chip("Redundant rules", "shown") if given.unpruned else chip("Redundant rules")
    shown.append(going(redundant, leads["unpruned"], "sd-set-unpruned"))
    if len(shown) > 2:
        clear = html.Button("Clear all", type="button", className="sd-link")
        shown.append(going(clear, leads["all"], "sd-clear"))
    return shown


def going(part: Component, query: str, kind: str = "") -> html.Span:
    """Make a button lead to another view: ``assets/baskets.js`` writes the query into the address."""
    return html.Span(part, className=f"sd-going {kind}".strip(), **attributes(data_search=query))


def bound(name: str, value: float) -> str:
    """Return ``at least 1.5 %`` or ``at least 3``, with the decimals the value has."""
    scaled, unit = (value, "") if name == "min_lift" else (value * 100, "\u00a0%")
    decimals = next((places for places in range(4) if round(scaled, places) == round(scaled, 6)), 4)
    return f"at least {words.number(scaled, decimals)}{unit}"


def group_options(scopes: Sequence[dict[str, Any]], letters: dict[str, str]) -> list[dict[str, str]]:
    """Return the groups whose rules can be asked for.

    Parameters
    ----------
    scopes : sequence of dict
        ``overview.rule_scopes``.
    letters : dict of str to str
        Id of a cluster to its letter.
    """
    return [{"label": scope_name(scope, letters), "value": scope["id"]} for scope in scopes]


def scope_name(scope: dict[str, Any], letters: dict[str, str]) -> str:
    """Return ``A · Big spenders`` for a cluster, the name alone for a segment."""
    kind, _, group = scope["id"].partition(":")
    return f"{letters.get(group, '?')} · {scope['name']}" if kind == "cluster" else scope["name"]


def found(rules: int, sets: int) -> list[Component | str]:
    """Return ``934 rules from 353 product sets``."""
    noun = "rule" if rules == 1 else "rules"
    return [html.B(words.number(rules)), f" {noun} from {words.count(sets, 'product set')}"]


def notes(sentences: Sequence[str]) -> list[Component]:
    """Return what of the address was left out, or what the group's rules leave out."""
    return [alert("Note.", sentence, "info") for sentence in sentences]
