"""Rules in the order and the portions that a table asks for."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.core.rules.measures import MEASURES
from services.serving.release.loaded import Loaded
from services.serving.rules.find import SIDES
from services.serving.rules.index import Rows, rule_index
from services.serving.rules.sets import of_one_set

DEFAULT_SORT = (("lift", True),)
#: What the page writes into its address for a table without any order.
UNSORTED = "none"
SORTABLE = (
    "count", *MEASURES, "p_value", "q_value", "later_confidence", "held_up", "customers", "chance_lift",
    "finding", *SIDES,
)  # fmt: skip
_SENT = (
    "p_value", "q_value", "later_count", "later_antecedent_count", "later_confidence", "held_up", "customers",
    "largest_count", "finding",
)  # fmt: skip
Sort = tuple[tuple[str, bool], ...]


def read_sort(text: str) -> Sort:
    """Read ``-lift,count`` as an address has it; empty and ``none`` are the order in which rules are found.

    Raises
    ------
    Refusal
        For a name that no rule can be sorted by.
    """
    parts = text.split(",") if text not in ("", UNSORTED) else []
    for part in parts:
        if part.removeprefix("-") not in SORTABLE:
            said = _(
                "Rules cannot be sorted by “{order}”: write a column, with a minus before it for the largest "
                "first, such as -lift. The columns are {columns}.",
                order=part[:60],
                columns=", ".join(SORTABLE),
            )
            raise Refusal(said, "sort")
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
        Names out of ``SORTABLE``, and whether the largest comes first. Sides sort by their first name. Those
        that an older release lacks are left out.
    """
    index = rule_index(release)
    keys: list[npt.NDArray[Any]] = []
    for name, descending in reversed(sort):
        if name not in release.rules:
            continue
        values = release.rules[name][found]
        key = index.name_rank[values[:, 0]] if name in SIDES else values
        keys.append(-key.astype(np.float64) if descending else key)
    return found[np.lexsort(keys)] if keys else found


def page(release: Loaded, rows: npt.ArrayLike) -> list[dict[str, Any]]:
    """Return rules as a table's rows: sides as lists of names, eight digits, no number where there is none.

    ``items`` are the codes of both sides in the order of the names, ``alike`` how many rules of the scope
    have the same products, the rule among them. What an older release lacks is left out.
    """
    rows = np.asarray(rows, np.int64)
    columns, items = release.rules, release.overview.items
    sides = {
        side: [[items[place] for place in held if place >= 0] for held in columns[side][rows]]
        for side in SIDES
    }
    values = {name: _finite(columns[name][rows]) for name in MEASURES}
    values |= {name: columns[name][rows].tolist() for name in ("count", "antecedent_count")}
    values |= {name: _sent(columns[name][rows]) for name in _SENT if name in columns}
    values |= {name: _finite(columns[name][rows]) for name in ("chance_lift",) if name in columns}
    return [
        {
            "id": str(row),
            "items": [item.product for side in SIDES for item in sides[side][place]],
            "alike": len(of_one_set(release, int(row))),
            **{side: [item.description for item in sides[side][place]] for side in SIDES},
            **{name: column[place] for name, column in values.items()},
        }
        for place, row in enumerate(rows)
    ]


def _sent(values: npt.NDArray[Any]) -> list[float | None]:
    """Three digits of a probability are enough, whatever its size."""
    if values.dtype.kind in "ib":
        return values.tolist()
    return [None if math.isnan(value) else float(f"{value:.3g}") for value in values.tolist()]


def _finite(values: npt.NDArray[np.float64]) -> list[float | None]:
    rounded: list[float | None] = np.round(values, 8).tolist()
    for place in np.flatnonzero(~np.isfinite(values)).tolist():
        rounded[place] = None
    return rounded
