"""Rules in the order and the portions that a table asks for."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.rules import MEASURES
from services.serving.loaded import Loaded
from services.serving.rule_index import Rows, rule_index
from services.serving.rules import SIDES

DEFAULT_SORT = (("lift", True),)
SORTABLE = ("count", *MEASURES, *SIDES)
Sort = tuple[tuple[str, bool], ...]


def read_sort(text: str) -> Sort:
    """Read ``-lift,count`` as an address has it; names that no rule has are left out."""
    parts = [part for part in text.split(",") if part.removeprefix("-") in SORTABLE]
    return tuple((part.removeprefix("-"), part.startswith("-")) for part in parts)


def sort_text(sort: Sort) -> str:
    """Write an order as :func:`read_sort` reads it."""
    return ",".join("-" * descending + name for name, descending in sort)


def ordered(release: Loaded, found: Rows, sort: Sort) -> Rows:
    """Return rows sorted by one measure or several.

    Parameters
    ----------
    release : Loaded
    found : ndarray of int
        As ``rules.find`` returns them; ties keep this order.
    sort : tuple of (str, bool)
        Names out of ``SORTABLE``, and whether the largest comes first. Sides sort by their first name.
    """
    index = rule_index(release)
    keys: list[npt.NDArray[Any]] = []
    for name, descending in reversed(sort):
        values = index.columns[name][found]
        key = index.name_rank[values[:, 0]] if name in SIDES else values
        keys.append(-key if descending else key)
    return found[np.lexsort(keys)] if keys else found


def page(release: Loaded, rows: npt.ArrayLike) -> list[dict[str, Any]]:
    """Return rules as a table's rows: sides as lists of names, six decimals, infinite ones None."""
    rows = np.asarray(rows, np.int64)
    columns, items = rule_index(release).columns, release.overview["items"]
    names = {
        side: [[items[place]["description"] for place in held if place >= 0] for held in columns[side][rows]]
        for side in SIDES
    }
    measures = {name: _finite(columns[name][rows]) for name in MEASURES}
    counts = columns["count"][rows].tolist()
    sets = rule_index(release).sets[rows].tolist()
    return [
        {
            "id": str(row),
            "set": sets[place],
            "count": counts[place],
            **{side: names[side][place] for side in SIDES},
            **{name: values[place] for name, values in measures.items()},
        }
        for place, row in enumerate(rows)
    ]


def _finite(values: npt.NDArray[np.float64]) -> list[float | None]:
    rounded: list[float | None] = np.round(values, 6).tolist()
    for place in np.flatnonzero(~np.isfinite(values)).tolist():
        rounded[place] = None
    return rounded
