"""What a person saw of the list of customers, as a sentence beside the address that the log holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from services.core.churn.costs import FIGURES
from services.core.filters import BOUNDS, CHOICES, CONTACTS
from services.core.language.messages import _, later
from services.core.text.addresses import query_of
from services.site.people.audit import Entry, What
from services.site.tabs import TABS

_PAGES = {tab.path: tab.named for tab in TABS}
_SAID: dict[str, later] = {
    "containing": later("IDs that contain “{value}”"),
    "from": later("from {value}"),
    "to": later("to {value}"),
    "by": later("compared by {value}"),
    "from_segment": later("before in {value}"),
    "to_segment": later("afterwards in {value}"),
    "cause": later("because of {value}"),
    "band": later("risk {value} per cent"),
    "fifth": later("fifth {value} of usual spend"),
    "every": later("cohorts by {value}"),
    "cell": later("the cell {value}"),
    "product": later("product {value} in the first order"),
    "first": later("first order {value}"),
    "bought": later("bought {value}"),
    "order": later("orders and returns with the number {value}"),
}
_LABELS = {name: of.label for name, of in (CHOICES | CONTACTS).items()} | {
    of.name: of.label for of in FIGURES
}


def in_words(entry: Entry) -> str:
    """Say what a row about a list tells of; empty for any other row."""
    if entry.what != What.LIST.value:
        return ""
    address, _mark, query = entry.subject.partition("?")
    page = _PAGES[address]() if address in _PAGES else address
    narrowed = [said for name, values in query_of(query).items() if (said := _narrowed(name, values))]
    if narrowed:
        return _("Customers listed on {page}: {filters}", page=page, filters="; ".join(narrowed))
    return _("Customers listed on {page}: all of them", page=page)


def _narrowed(name: str, values: Sequence[str]) -> str:
    """Say what a parameter of an address narrows a list to; nothing of one that does not."""
    value = reduce(lambda others, last: _("{others} or {last}", others=others, last=last), values)
    if name in BOUNDS:
        of, end = BOUNDS[name]
        return of.fits(end, value)
    if name in _LABELS:
        return f"{_LABELS[name]().lower()} {value}"
    return _SAID[name](value=value) if name in _SAID else ""
