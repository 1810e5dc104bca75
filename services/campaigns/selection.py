"""The customers of a page's view, as the page's own address names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
import numpy.typing as npt

from services.serving.customer_list import rows_of
from services.serving.filters import Filters, read_filters
from services.serving.loaded import Loaded
from services.serving.movement_view import KEYS, Answer, answer
from services.site.audiences import Source

#: In an address: whose view is to be saved.
SAVE = "save"
_LONGEST = 64


@dataclass(frozen=True)
class Selection:
    """The customers of a view.

    Attributes
    ----------
    source : {"segments", "movement"}
    query : str
        What makes the view, as its page writes it.
    rows : ndarray of int
        Their rows in the release, ascending.
    filters : Filters
        Of Segments; without any for Movement.
    containing : str
        Part of an id, on Segments.
    found : Answer or None
        Of Movement.
    """

    source: Source
    query: str
    rows: npt.NDArray[np.intp]
    filters: Filters
    containing: str
    found: Answer | None


def selected(release: Loaded, query: Mapping[str, Sequence[str]]) -> Selection:
    """Return the customers of the view that an address describes.

    Parameters
    ----------
    release : Loaded
    query : mapping
        Keys to values, as ``urllib.parse.parse_qs`` gives them.

    Raises
    ------
    Refusal
        If it is a flow, and the release knows one moment only.
    """
    if query.get(SAVE, [""])[-1] == "movement":
        found = answer(release, query)
        asked = {key: query[key][-1] for key in KEYS if key in query}
        asked |= {"from": found.asked.start.key, "to": found.asked.end.key}
        return Selection("movement", urlencode(asked), np.flatnonzero(found.fits), Filters(), "", found)
    filters = read_filters(query, release).filters
    containing = query.get("containing", [""])[-1][:_LONGEST]
    parts = [filters.to_query(), urlencode({"containing": containing}) if containing else ""]
    rows = np.sort(rows_of(release, filters, "", containing)).astype(np.intp)
    return Selection("segments", "&".join(filter(None, parts)), rows, filters, containing, None)
