"""What the tab Baskets shows for an address: plain functions, values in, components out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import no_update

from callbacks.baskets.cards import letters
from layouts.baskets import figures, states
from layouts.baskets import filters as bar
from layouts.baskets import offers as offering
from layouts.baskets import rules as view
from layouts.baskets.words import basket
from layouts.parts import empty
from layouts.plain import plain
from services.core.language.again import again
from services.core.language.messages import _
from services.serving.rules.address import RuleView, best_to_drop, view_at, widened
from services.serving.rules.find import RuleFilters, find
from services.serving.rules.index import ALL, Rows, rule_index
from services.serving.rules.next_items import next_items
from services.serving.rules.scatter import lift_classes, notable, points, pressed
from services.serving.rules.sets import counted, strongest
from services.serving.rules.table import page

if TYPE_CHECKING:
    from services.releases.overview.ledger import RuleScope
    from services.serving.release.loaded import Loaded


def show(release: Loaded, asked: RuleView, found: Rows, scope: str | None) -> dict[str, Any]:
    """Return what follows all filters, but for the cards of ``callbacks.baskets.cards``.

    Parameters
    ----------
    release : Loaded
    asked : RuleView
    found : ndarray of int
        The rules that fit.
    scope : str or None
        The group whose cards stand on the page; those are sent again only for another one.
    """
    index = rule_index(release)
    entry = index.entry(asked.filters.scope)
    offers = next_items(release, asked.filters.basket, asked.filters.scope)
    held = [release.overview.items[index.places[code]].description for code in asked.filters.basket]
    called = _scope_name(release, asked.filters.scope)
    items = [_item_name(release, text) for text in asked.filters.items]
    shown = {
        "sub": view.sub(entry, entry.group == ALL),
        "chips": bar.chips(asked.filters, called, items, leads(asked)),
        "found": bar.found(counted(release, found)),
        "notes": bar.notes([*asked.notes, *([entry.note] if entry.note and len(found) else [])]),
        "cards_hidden": False,
        "scatter_hidden": not len(found),
        "rules_hidden": not len(found),
        "instead_hidden": bool(len(found)),
        "back_hidden": True,
        "point": [],
        "errors": {name: [] for name in bar.FIELDS},
        "offer": offering.finding(offers, len(held)),
        "offers": offering.offers_list(offers, len(held), basket(entry), _why_no_rules(entry)),
        "basket": offering.basket_chips(held, baskets_without(asked)),
        "held_up": asked.filters.held_up or ALL,
        "details": [],
        "scope": asked.filters.scope if asked.filters.scope != scope else no_update,
    }
    rest = (
        _pictured(release, found, asked.filters.scope)
        if len(found)
        else _nothing(release, asked, called, items)
    )
    return plain(shown | rest)


def _pictured(release: Loaded, found: Rows, scope: str) -> dict[str, Any]:
    drawn = points(release, found, scope)
    classes, whole = lift_classes(drawn), basket(rule_index(release).entry(scope))
    best = page(release, strongest(release, found, 1))
    return {
        "instead": [],
        "figure": figures.scatter(drawn, notable(release, drawn), classes, whole),
        "scatter_finding": view.scatter_finding(classes, whole, drawn.left_out),
        "rules_finding": view.rules_finding(best, whole),
    }


def point(release: Loaded, search: str | None, hovered: Any) -> Any:
    """Say the rule under the pointer; nothing where the picture is not that of the address any more."""
    asked = view_at(release, search).filters
    row = pressed(points(release, find(release, asked), asked.scope), hovered)
    rule = None if row is None else page(release, [row])[0]
    return view.point(rule, basket(rule_index(release).entry(asked.scope)))


def _nothing(release: Loaded, asked: RuleView, called: str, items: list[str]) -> dict[str, Any]:
    helps = best_to_drop(release, asked.filters)
    note = _why_no_rules(rule_index(release).entry(asked.filters.scope))
    if helps is None:
        instead = states.nothing(asked.filters, note)
    else:
        name, would = helps
        query = replace(asked, filters=widened(release, asked.filters, name)).to_query()
        drop = states.said(name, asked.filters, called, items)
        instead = states.nothing(asked.filters, note, drop, would, query, empties=name == "basket")
    return {
        "instead": instead,
        "figure": no_update,
        "scatter_finding": [],
        "rules_finding": [],
    }


def _why_no_rules(entry: RuleScope) -> str:
    """Return why a group has no rules at all; empty when it has some."""
    return "" if entry.rules else entry.note


def leads(asked: RuleView) -> dict[str, str]:
    """Return the queries that the filters' chips lead to: see ``layouts.baskets.filters.chips``."""
    given = asked.filters
    others = {name: given.without(name) for name in given.active}
    others |= {f"item:{place}": given.without_item(place) for place in range(len(given.items))}
    others["of"] = replace(given, scope=given.scope.partition("@")[0])
    others |= {"unpruned": replace(given, unpruned=not given.unpruned), "all": RuleFilters()}
    return {name: replace(asked, filters=other).to_query() for name, other in others.items()}


def baskets_without(asked: RuleView) -> list[str]:
    """Return the queries without each product of the basket."""
    held = asked.filters.basket
    others = (held[:place] + held[place + 1 :] for place in range(len(held)))
    return [replace(asked, filters=replace(asked.filters, basket=rest)).to_query() for rest in others]


OTHERS = (
    "chips", "found", "scatter_hidden", "rules_hidden", "instead", "instead_hidden", "back_hidden", "figure",
    "point", "scatter_finding", "rules_finding", "details", "offer", "offers", "basket", "scope", "held_up",
)  # fmt: skip


def missing(sentence: str) -> dict[str, Any]:
    """Say what the ledger lacks, and nothing else."""
    return dict.fromkeys(OTHERS, no_update) | {
        "errors": dict.fromkeys(bar.FIELDS, no_update),
        "sub": [],
        "notes": [empty(_("No baskets in this data"), again(sentence))],
        "cards_hidden": True,
    }


def _scope_name(release: Loaded, scope: str) -> str:
    return bar.scope_name(rule_index(release).entry(scope), letters(release))


def _item_name(release: Loaded, text: str) -> str:
    place = rule_index(release).places.get(text)
    return text if place is None else release.overview.items[place].description
