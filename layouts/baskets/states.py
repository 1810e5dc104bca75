"""What stands in the rules' place when there are none, and a filter in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from layouts import words
from layouts.baskets.filters import HELD, written
from layouts.parts import button, empty
from layouts.parts.filters import going
from services.core.language.messages import _, later, plural

if TYPE_CHECKING:
    from services.serving.rules.find import RuleFilters

_AT_LEAST = {
    "min_support": later("Support at least {value}"),
    "min_confidence": later("Confidence at least {value}"),
    "min_lift": later("Lift at least {value}"),
}
_KINDS = {
    "segment": later("Segment {name}"),
    "cluster": later("Cluster {name}"),
    "period": later("Period {name}"),
}


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
    lead = _lead(len(given.active))
    if not drop:
        return empty(lead, note or _("No products are bought together often enough."))
    label = _("Remove this filter") if not empties else _("Empty the basket")
    without = _("Without “{filter}” there would be {number}.", filter=drop, number=words.number(would))
    return empty(lead, f"{note} {without}".strip(), going(button(label, small=True), query))


def _lead(filters: int) -> str:
    if not filters:
        return _("No rule was found")
    if filters == 1:
        return _("No rule fits this filter")
    if filters == 2:
        return _("No rule fits both filters")
    return plural(
        "No rule fits all {n} filter", "No rule fits all {n} filters", filters, n=words.small(filters)
    )


def said(name: str, given: RuleFilters, scope: str, items: Sequence[str]) -> str:
    """Return a set filter in words, as its chip has it."""
    if name == "scope":
        kind, _colon, group = given.scope.partition("@")[0].partition(":")
        return _KINDS[kind](name=scope) if group else _("A basket is everything a customer bought")
    if name == "held_up":
        return _("Held up {whether}", whether=HELD[given.held_up]())
    if name == "basket":
        return _("Start from the basket")
    if name == "items":
        return _("Product {names}", names=words.listing(items))
    return _AT_LEAST[name](value=written(name, getattr(given, name)))


def refused() -> Component:
    """Return what stands where the rules were when a filter's value was refused."""
    return empty(_("No rules for this value"), _("See the allowed values next to the field."))
