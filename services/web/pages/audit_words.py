"""What a person saw of the list of customers, as a sentence beside the address that the log holds."""

from __future__ import annotations

from services.core.text.addresses import query_of
from services.site.people.audit import Entry, What

_PAGES = {"/": "Segments", "/movement": "Movement"}
_SAID = {
    "segment": "segment {}",
    "cluster": "cluster {}",
    "country": "country {}",
    "r_min": "at least {} days since the last order",
    "r_max": "at most {} days since the last order",
    "f_min": "a frequency of at least {}",
    "f_max": "a frequency of at most {}",
    "m_min": "at least {} spent",
    "m_max": "at most {} spent",
    "containing": "ids that contain “{}”",
    "from": "from {}",
    "to": "to {}",
    "by": "compared by {}",
    "from_segment": "before in {}",
    "to_segment": "afterwards in {}",
    "cause": "because of {}",
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
