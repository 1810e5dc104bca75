"""The Baskets view: its address read and written, and what would help where no rule fits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from services.core.language.messages import _, later, plural
from services.core.parameters import odd_on_page, with_values
from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.core.text.numbers_plain import plain_number
from services.serving.release.loaded import Loaded
from services.serving.rules import builder_address as builder
from services.serving.rules.builder_address import NO_BUNDLE, BuiltBundle, read_bundle
from services.serving.rules.find import KINDS, OF_CUSTOMERS, RuleFilters, check, find
from services.serving.rules.index import ALL, rule_index
from services.serving.rules.table import read_sort

MOST_ITEMS = 12
_RULES = ("baskets", "min_support", "min_confidence", "min_lift", "held_up", "unpruned")
ONCE = (*_RULES, *builder.ONCE, "sort", "release")
"""Parameters of the tab's address that take one value."""
SEVERAL = (*KINDS, "item", "basket", *builder.SEVERAL)
"""Those that may be repeated; of several groups the first is shown, with a note."""
_SHOWN = 60
_CHECKED = {
    "min_support": later("The minimum support “{text}” was left out."),
    "min_confidence": later("The minimum confidence “{text}” was left out."),
    "min_lift": later("The minimum lift “{text}” was left out."),
    "held_up": later("“Held up: {text}” was left out."),
}
_NO_RULES = {
    "cluster": later("There are no rules for a cluster “{group}”, so it was left out."),
    "segment": later("There are no rules for a segment “{group}”, so it was left out."),
    "period": later("There are no rules for a period “{group}”, so it was left out."),
}


@dataclass(frozen=True)
class RuleView:
    """What the address of the tab says.

    Attributes
    ----------
    filters : RuleFilters
    notes : tuple of str
        A sentence for each part of the address that was left out.
    release : str
        The release the address asks for; empty for the active one.
    sort : str
        The order of the list, as :func:`services.serving.rules.table.read_sort` reads it.
    bundle : BuiltBundle
        The bundle that is being built, whatever the filters.
    """

    filters: RuleFilters
    notes: tuple[str, ...] = ()
    release: str = ""
    sort: str = ""
    bundle: BuiltBundle = NO_BUNDLE

    def to_query(self) -> str:
        """Return the view as an address's query with its question mark; empty for the whole."""
        more = [("release", self.release)] * bool(self.release)
        parts = (self.filters.to_query(), self.bundle.to_query(), urlencode(more))
        query = "&".join(part for part in parts if part)
        return f"?{query}" if query else ""


def read_view(release: Loaded, query: Mapping[str, Sequence[str]]) -> RuleView:
    """Read the view from an address; what the release cannot answer is left out and noted.

    Parameters
    ----------
    release : Loaded
    query : mapping
        Keys to their values, as ``services.core.text.addresses`` reads them; blank ones are noted.
    """
    notes = [each.noted for each in odd_on_page(query, ONCE, SEVERAL)]
    query = with_values(query)
    filters = RuleFilters(
        scope=_scope(release, query, notes),
        items=_texts(query.get("item", ()), notes),
        unpruned=_unpruned(query, notes),
    )
    for name, left_out in _CHECKED.items():
        for text in query.get(name, ())[-1:]:
            value = text if name == "held_up" else _number(text)
            narrowed = replace(filters, **{name: value})  # type: ignore[arg-type]
            filters = _checked(release, filters, narrowed, left_out(text=text[:_SHOWN]), notes)
    filters = replace(filters, basket=_basket(release, query, notes))
    sort = _sort(query, notes)
    bundle = read_bundle(release, query, notes)
    return RuleView(filters, tuple(notes), query.get("release", ("",))[-1][:_SHOWN], sort, bundle)


def view_at(release: Loaded, search: str | None) -> RuleView:
    """Read the view from an address's query as a browser has it, with its question mark."""
    return read_view(release, query_of(search, blanks=True))


def best_to_drop(release: Loaded, filters: RuleFilters) -> tuple[str, int] | None:
    """Return the one filter without which most rules fit, and how many; None where none helps."""
    counted = [(len(find(release, widened(release, filters, name))), name) for name in filters.active]
    found, name = max(counted, default=(0, ""))
    return (name, found) if found else None


def widened(release: Loaded, filters: RuleFilters, name: str) -> RuleFilters:
    """Return filters without one; another group may have been mined at a higher support than asked for."""
    wider = filters.without(name)
    try:
        check(release, wider)
    except Refusal:
        return replace(wider, min_support=None)
    return wider


def _scope(release: Loaded, query: Mapping[str, Sequence[str]], notes: list[str]) -> str:
    known = rule_index(release).scopes
    named = [f"{kind}:{group}" for kind in KINDS for group in query.get(kind, ())]
    fitting = [scope for scope in dict.fromkeys(named) if scope in known]
    for scope in named:
        if scope not in known:
            kind, _colon, group = scope.partition(":")
            notes.append(_NO_RULES[kind](group=group[:_SHOWN]))
    if len(fitting) > 1:
        notes.append(
            _(
                "Rules are shown for one group at a time; these are the rules of {group}.",
                group=known[fitting[0]][0].name,
            )
        )
    scope = fitting[0] if fitting else ALL
    of = query.get("baskets", ("invoices",))[-1]
    if of not in ("invoices", OF_CUSTOMERS):
        notes.append(
            _(
                "A basket is an invoice, or everything a customer bought: “{text}” was left out.",
                text=of[:_SHOWN],
            )
        )
    if of != OF_CUSTOMERS:
        return scope
    by_customers = f"{scope}@{OF_CUSTOMERS}"
    if by_customers not in known:
        notes.append(_none_by_customers(known[scope][0].name if scope != ALL and scope in known else ""))
        return scope
    return by_customers


def _none_by_customers(group: str) -> str:
    if not group:
        return _("This release has no rules on everything a customer bought, so a basket is an invoice.")
    return _(
        "This release has no rules of {group} on everything a customer bought, so a basket is an invoice.",
        group=group,
    )


def _sort(query: Mapping[str, Sequence[str]], notes: list[str]) -> str:
    text = query.get("sort", ("",))[-1]
    try:
        read_sort(text)
    except Refusal as refused:
        kept = _("The list keeps its usual order.")
        notes.append(f"{refused} {kept}")
        return ""
    return text


def _unpruned(query: Mapping[str, Sequence[str]], notes: list[str]) -> bool:
    text = query.get("unpruned", ("0",))[-1]
    if text not in ("0", "1"):
        notes.append(
            _("Redundant rules are shown with unpruned=1: “{text}” was left out.", text=text[:_SHOWN])
        )
    return text == "1"


def _number(text: str) -> float:
    try:
        return plain_number(text)
    except Refusal:
        return math.nan


def _checked(
    release: Loaded, filters: RuleFilters, narrowed: RuleFilters, left_out: str, notes: list[str]
) -> RuleFilters:
    """Return the narrowed filters where the release can answer them, else those before and a note."""
    try:
        if release.overview.baskets_missing is None:
            check(release, narrowed)
    except Refusal as refusal:
        notes.append(f"{left_out} {refusal}")
        return filters
    return narrowed


def _texts(values: Sequence[str], notes: list[str]) -> tuple[str, ...]:
    texts = tuple(dict.fromkeys(text.strip() for text in values if text.strip()))
    if len(texts) > MOST_ITEMS:
        notes.append(
            plural(
                "Only the first product of the address is used.",
                "Only the first {n} products of the address are used.",
                MOST_ITEMS,
            )
        )
    return tuple(text[:200] for text in texts[:MOST_ITEMS])


def _basket(release: Loaded, query: Mapping[str, Sequence[str]], notes: list[str]) -> tuple[str, ...]:
    places = rule_index(release).places
    asked = list(dict.fromkeys(query.get("basket", ())))
    notes += [
        _(
            "No rule of this release contains the product “{product}”, so it was left out of the basket.",
            product=code[:_SHOWN],
        )
        for code in asked
        if code not in places
    ]
    known = [code for code in asked if code in places]
    if len(known) > MOST_ITEMS:
        notes.append(
            plural(
                "Only the first product of the basket is used.",
                "Only the first {n} products of the basket are used.",
                MOST_ITEMS,
            )
        )
    return tuple(known[:MOST_ITEMS])
