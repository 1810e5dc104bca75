"""The list that a reader came from to a customer: who stands before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from services.core.refusals import Refusal
from services.core.text.addresses import query_of
from services.serving.churn.people import answer as at_risk
from services.serving.churn.people import rows_by_loss
from services.serving.lists.by_contacts import ByContacts
from services.serving.lists.filters import read_filters
from services.serving.lists.listing import rows_of, sort_at
from services.serving.release.loaded import Loaded

#: Pages with a list that can be gone through.
PAGES = ("/", "/churn")
_LONGEST = 2_000
_OTHER = frozenset({"save", "audience", "state", "sort", "release"})
"""Parameters that narrow no list, but say something to the page of audiences."""


@dataclass(frozen=True)
class Way:
    """Where a customer stands in a list.

    Attributes
    ----------
    page : {"/", "/churn"}
    address : str
        Of the list, as the browser gave it.
    place : int
        From 1.
    of : int
    before, after : str or None
        Ids of the customers beside this one.
    narrowed : sequence of (str, str)
        What the address narrows the list by, as parameters.
    """

    page: str
    address: str
    place: int
    of: int
    before: str | None
    after: str | None
    narrowed: Sequence[tuple[str, str]] = ()


def way_through(release: Loaded, row: int, address: str, by_contacts: ByContacts | None = None) -> Way | None:
    """Find a customer in the list of an address; None where it is not in it, or there is no such list.

    Parameters
    ----------
    release : Loaded
    row : int
    address : str
        Path and query, such as ``/?segment=champions&sort=recency:asc``.
    by_contacts : ByContacts, optional
        As of ``services.serving.lists.filters.read_filters``.
    """
    page, _, query = address[:_LONGEST].partition("?")
    if page not in PAGES or len(address) > _LONGEST or urlsplit(address).fragment:
        return None
    try:
        rows = _rows(release, page, query, by_contacts)
    except Refusal:
        return None
    found = np.flatnonzero(rows == row)
    if not found.size:
        return None
    place = int(found[0])
    before, after = (
        release.id_of(int(rows[at])) if 0 <= at < len(rows) else None for at in (place - 1, place + 1)
    )
    asked = query_of(query)
    narrowed = [(name, value) for name, values in asked.items() if name not in _OTHER for value in values]
    return Way(page, address, place + 1, len(rows), before, after, narrowed)


def _rows(release: Loaded, page: str, search: str, by_contacts: ByContacts | None) -> npt.NDArray[np.int32]:
    """Return the rows of a list in its order."""
    query = query_of(f"?{search}")
    if page == "/churn":
        return rows_by_loss(release, at_risk(release, query, by_contacts))
    (name, falling), _ = sort_at(query)
    containing = query.get("containing", [""])[-1]
    filters = read_filters(query, release, by_contacts).filters
    return rows_of(release, filters, f"{name}:{'desc' if falling else 'asc'}", containing)
