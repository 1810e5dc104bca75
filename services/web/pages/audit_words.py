"""What a person saw of the list of customers, as a sentence beside the address that the log holds."""

from __future__ import annotations

from services.core.churn.costs import FIGURES
from services.core.filters import BOUNDS, CHOICES, CONTACTS
from services.core.text.addresses import query_of
from services.site.people.audit import Entry, What
from services.site.tabs import TABS

_PAGES = {tab.path: tab.name for tab in TABS}
_SAID = {
    **{name: f"{choice.label.text.lower()} {{}}" for name, choice in (CHOICES | CONTACTS).items()},
    **{name: of.fits(end, "{}") for name, (of, end) in BOUNDS.items()},
    "containing": "IDs that contain “{}”",
    "from": "from {}",
    "to": "to {}",
    "by": "compared by {}",
    "from_segment": "before in {}",
    "to_segment": "afterwards in {}",
    "cause": "because of {}",
    **{figure.name: f"{figure.label.lower()} {{}}" for figure in FIGURES},
    "band": "risk {} per cent",
    "fifth": "fifth {} of usual spend",
    "every": "cohorts by {}",
    "cell": "the cell {}",
    "product": "product {} in the first order",
    "first": "first order {}",
    "bought": "bought {}",
    "order": "orders and returns with the number {}",
}


def in_words(entry: Entry) -> str:
    """Say what a row about a list tells of; empty for any other row."""
    if entry.what != What.LIST.value:
        return ""
    page, _, query = entry.subject.partition("?")
    narrowed = [
        _SAID[name].format(" or ".join(values)) for name, values in query_of(query).items() if name in _SAID
    ]
    return f"Customers listed on {_PAGES.get(page, page)}: {'; '.join(narrowed) or 'all of them'}"
