"""The filters of the tab Baskets: what is set, what can be added, what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from layouts import words
from layouts.ids import Baskets
from layouts.parts import alert, button, chip, field, filter_bar, icon
from layouts.parts.filters import going
from layouts.parts.woven import gap, woven
from services.core.language.again import again
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.releases.overview.ledger import RuleScope
    from services.serving.rules.find import RuleFilters
    from services.serving.rules.sets import RuleCount

BASKETS = {"all": later("One invoice"), "customers": later("Everything a customer bought")}
FIELDS = ("item", "min_support", "min_confidence", "min_lift")
HELD_UP = {"yes": later("Yes"), "no": later("No"), "unknown": later("Cannot tell")}
HELD = {"yes": later("yes"), "no": later("no"), "unknown": later("cannot tell")}
"""Whether rules held up, within a sentence and as a value."""
NAMES = {
    "item": later("Product"),
    "min_support": later("Support"),
    "min_confidence": later("Confidence"),
    "min_lift": later("Lift"),
}
_LABELS = {
    "item": later("Product with"),
    "min_support": later("Support at least"),
    "min_confidence": later("Confidence at least"),
    "min_lift": later("Lift at least"),
}
_KINDS = {"segment": later("Segment"), "cluster": later("Cluster"), "period": later("Period")}


def filters() -> html.Div:
    """Return the bar: chips that are set, then those that can be added, each with its own field."""
    hints: dict[str, Any] = {
        "min_support": html.Span(id=Baskets.SUPPORT_HINT),
        "min_lift": _("1: as often as overall"),
    }
    adders = [
        _adder("scope", _("Segment or cluster"), _choice(_("Baskets of"), Baskets.GROUP, _("All customers"))),
        _adder("period", _("Period"), _choice(_("Baskets from"), Baskets.PERIOD, _("All time")), "period"),
    ]
    select = dbc.Select(id=Baskets.BASKETS_OF, options=_named(BASKETS), value="all")
    adders.append(_adder("of", _("What a basket is"), [field(_("A basket is"), select)], "of"))
    for name in FIELDS:
        entry = dbc.Input(
            id=Baskets.field(name),
            type="text",
            autocomplete="off",
            maxLength=200,
            **(
                {"list": Baskets.PRODUCT_OPTIONS, "placeholder": _("Name or code")}
                if name == "item"
                else {"inputMode": "decimal"}
            ),
        )
        unit = "%" if name in ("min_support", "min_confidence") else ""
        parts = [
            field(_LABELS[name](), entry, hint=hints.get(name), error_id=Baskets.error(name), unit=unit),
            button(_("Apply"), Baskets.apply(name), kind="primary", small=True),
        ]
        adders.append(_adder(name, NAMES[name](), parts))
    held_up = [{"label": _("All rules"), "value": "all"}, *_named(HELD_UP)]
    select = dbc.Select(id=Baskets.HELD_UP, options=held_up, value="all")
    adders.append(_adder("held_up", _("Held up"), [field(_("Held up later"), select)], "held-up"))
    bar = filter_bar([html.Span(id=Baskets.CHIPS, className="sd-set"), *adders], html.Span(id=Baskets.FOUND))
    return html.Div([bar, html.Datalist(id=Baskets.PRODUCT_OPTIONS)])


def _choice(label: str, id: str, first: str) -> list[Component]:
    options = [{"label": first, "value": "all"}]
    return [field(label, dbc.Select(id=id, options=options, value="all"))]


def _named(called: Mapping[str, later]) -> list[dict[str, str]]:
    return _options({value: label() for value, label in called.items()})


def _options(named: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for value, label in named.items()]


def _adder(name: str, label: str, parts: Sequence[Component], hideable: str = "") -> html.Details:
    """Offer a filter; one that not every release has gets an id, by which it is hidden."""
    named: dict[str, Any] = {"id": Baskets.adder(hideable)} if hideable else {}
    return html.Details(
        [
            html.Summary([icon("plus"), html.Span(label)], className="sd-chip"),
            html.Div(list(parts), className="sd-pop"),
        ],
        className=f"sd-add sd-add-{name}",
        **named,
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
        The query without each filter (by its name, products by ``item:<place>``, ``of`` for invoices as
        baskets), without all, and with the redundant rules shown or not.
    """
    shown: list[Component] = []
    kind, _colon, group = given.scope.partition("@")[0].partition(":")
    if group:
        added = "period" if kind == "period" else "scope"
        shown.append(going(chip(_KINDS[kind](), scope), leads["scope"], f"sd-set-{added}"))
    if "@" in given.scope:
        shown.append(going(chip(_("Basket"), _("everything a customer bought")), leads["of"], "sd-set-of"))
    for place, name in enumerate(items):
        shown.append(going(chip(_("Product"), name), leads[f"item:{place}"], "sd-set-item"))
    for name in ("min_support", "min_confidence", "min_lift"):
        if (value := getattr(given, name)) is not None:
            at_least = _("at least {value}", value=written(name, value))
            shown.append(going(chip(NAMES[name](), at_least), leads[name], f"sd-set-{name}"))
    if given.held_up:
        shown.append(going(chip(_("Held up"), HELD[given.held_up]()), leads["held_up"], "sd-set-held_up"))
    if given.basket:
        start = chip(_("Start from"), _("the basket"), title=_("Removing this empties the basket"))
        shown.append(going(start, leads["basket"], "sd-set-basket"))
    redundant = chip(_("Redundant rules"), _("shown")) if given.unpruned else chip(_("Redundant rules"))
    shown.append(going(redundant, leads["unpruned"], "sd-set-unpruned"))
    if len(shown) > 2:
        label = _("Clear all and empty the basket") if given.basket else _("Clear all")
        clear = html.Button(label, type="button", className="sd-link")
        shown.append(going(clear, leads["all"], "sd-clear"))
    return shown


def written(name: str, value: float) -> str:
    """Return ``1.5 %`` or ``3``: the least that a filter asks for, with the decimals the value has."""
    scaled, unit = (value, "") if name == "min_lift" else (value * 100, "\u00a0%")
    decimals = next((places for places in range(4) if round(scaled, places) == round(scaled, 6)), 4)
    return f"{words.number(scaled, decimals)}{unit}"


def mined_from(scope: RuleScope) -> str:
    """Return the support that a group's sets reach at least; that nothing was mined where that is so."""
    if not scope.itemsets:
        return _("no sets to choose from")
    return _("mined from {support}", support=written("min_support", scope.min_support))


def group_options(scopes: Sequence[RuleScope], letters: dict[str, str]) -> list[dict[str, str]]:
    """Return the clusters and segments whose rules can be asked for, everybody first.

    Parameters
    ----------
    scopes : sequence of dict
        ``overview.rule_scopes``.
    letters : dict of str to str
        Id of a cluster to its letter.
    """
    return _options(
        {
            scope.id: scope_name(scope, letters)
            for scope in scopes
            if "@" not in scope.id and not scope.id.startswith("period:")
        }
    )


def period_options(scopes: Sequence[RuleScope]) -> list[dict[str, str]]:
    """Return the periods whose rules can be asked for, all time first."""
    periods = {
        scope.id: _(
            "{name}, {first} to {last}",
            name=again(scope.name),
            first=words.date_short(scope.first_day),
            last=words.date_short(scope.last_day),
        )
        for scope in scopes
        if scope.id.startswith("period:") and "@" not in scope.id and scope.first_day and scope.last_day
    }
    return _options({"all": _("All time")} | periods)


def scope_name(scope: RuleScope, letters: dict[str, str]) -> str:
    """Return ``A · Big spenders`` for a cluster, the name alone for others."""
    kind, _colon, group = scope.id.partition("@")[0].partition(":")
    return f"{letters.get(group, '?')} · {scope.name}" if kind == "cluster" else again(scope.name)


def found(count: RuleCount) -> list[Component | str]:
    """Return ``934 rules from 353 product sets``."""
    rules = plural("{n} rule", "{n} rules", count.rules, n=gap("n"))
    sets = plural("{n} product set", "{n} product sets", count.sets, n=words.number(count.sets))
    return woven(_("{rules} from {sets}", rules=rules, sets=sets), n=html.B(words.number(count.rules)))


def notes(sentences: Sequence[str]) -> list[Component]:
    """Return what of the address was left out, or what the group's rules leave out."""
    return [alert(_("Note."), sentence, "info") for sentence in sentences]
