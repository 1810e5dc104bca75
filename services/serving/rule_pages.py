"""Rules in the order and the portions a table asks for, and as points of a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.rules import MEASURES
from services.serving.loaded import Loaded
from services.serving.rule_index import Rows, rule_index
from services.serving.rules import SIDES

DEFAULT_SORT = (("lift", True),)
SORTABLE = ("count", *MEASURES, *SIDES)
LIFT_CLASSES = (1, 3, 6, 10, 16, 24, 40)
Sort = tuple[tuple[str, bool], ...]


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


def page(release: Loaded, rows: Rows) -> list[dict[str, Any]]:
    """Return rules as a table's rows: sides as lists of names, six decimals, infinite ones None."""
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
            "id": int(row),
            "set": sets[place],
            "count": counts[place],
            **{side: names[side][place] for side in SIDES},
            **{name: values[place] for name, values in measures.items()},
        }
        for place, row in enumerate(rows)
    ]


@dataclass(frozen=True)
class Points:
    """Rules as points, the weakest first so that strong ones lie on top.

    Attributes
    ----------
    support, confidence : ndarray of float, shape (n,)
    classes : ndarray of int, shape (n,)
        Position of the rule's lift in ``LIFT_CLASSES``.
    rows : ndarray of int, shape (n,)
        Rows of the rules.
    """

    support: npt.NDArray[np.float32]
    confidence: npt.NDArray[np.float32]
    classes: npt.NDArray[np.uint8]
    rows: npt.NDArray[np.int32]


def points(release: Loaded, found: Rows) -> Points:
    """Return the picture of support against confidence."""
    columns = rule_index(release).columns
    rows = found[np.argsort(columns["lift"][found], kind="stable")]
    classes = np.searchsorted(LIFT_CLASSES, columns["lift"][rows], side="right") - 1
    return Points(
        columns["support"][rows].astype(np.float32),
        columns["confidence"][rows].astype(np.float32),
        np.clip(classes, 0, None).astype(np.uint8),
        rows.astype(np.int32),
    )


@dataclass(frozen=True)
class LiftClass:
    """The rules of one class of lift: its bounds, how many, and how far they reach."""

    lowest: int
    below: int | None
    rules: int
    support: tuple[float, float]
    confidence: tuple[float, float]


def lift_classes(drawn: Points) -> list[LiftClass]:
    """Return the classes that hold a rule, weakest first; ranges are from lowest to highest."""
    found = []
    for place, lowest in enumerate(LIFT_CLASSES):
        members = drawn.classes == place
        if members.any():
            reach = [
                (float(of[members].min()), float(of[members].max()))
                for of in (drawn.support, drawn.confidence)
            ]
            below = LIFT_CLASSES[place + 1] if place + 1 < len(LIFT_CLASSES) else None
            found.append(LiftClass(lowest, below, int(members.sum()), *reach))
    return found


def _finite(values: npt.NDArray[np.float64]) -> list[float | None]:
    return [round(value, 6) if math.isfinite(value) else None for value in values.tolist()]
