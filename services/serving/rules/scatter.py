"""Rules as points of a picture: support against confidence, by class of lift."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.vocabulary import LIFT_CLASSES
from services.serving.release.loaded import Loaded
from services.serving.rules.find import LIFT_DIGITS, SIDES
from services.serving.rules.groups import shared_words
from services.serving.rules.index import Rows, rule_index

MOST_POINTS = 3_000  # more cannot be told apart, and would weigh more than the rest of the page


@dataclass(frozen=True)
class Points:
    """Rules as points, the weakest first so that strong ones lie on top.

    Attributes
    ----------
    counts : ndarray of int, shape (n,)
        Baskets that hold all products of the rule.
    baskets : int
        What a count is a share of.
    confidence : ndarray of float, shape (n,)
        Share, 0–1.
    classes : ndarray of int, shape (n,)
        Position of the rule's lift in ``LIFT_CLASSES``.
    rows : ndarray of int, shape (n,)
        Rows of the rules.
    left_out : int
        Rules of the lowest lift that are too many to be drawn.
    """

    counts: npt.NDArray[np.int32]
    baskets: int
    confidence: npt.NDArray[np.float64]
    classes: npt.NDArray[np.uint8]
    rows: Rows
    left_out: int


@dataclass(frozen=True)
class LiftClass:
    """The rules of one class of lift: its bounds, how many, and the highest support and confidence."""

    lowest: int
    below: int | None
    rules: int
    support: float
    confidence: float


def points(release: Loaded, found: Rows, scope: str) -> Points:
    """Return the rules of a scope as points, those of the highest lift where they are too many.

    Parameters
    ----------
    release : Loaded
    found : ndarray of int
        As ``rules.find`` returns them.
    scope : str
    """
    columns = release.rules
    rows = found[np.argsort(columns["lift"][found], kind="stable")][-MOST_POINTS:]
    classes = np.searchsorted(LIFT_CLASSES, np.round(columns["lift"][rows], LIFT_DIGITS), side="right") - 1
    return Points(
        columns["count"][rows],
        rule_index(release).entry(scope).baskets,
        columns["confidence"][rows],
        np.clip(classes, 0, None).astype(np.uint8),
        rows,
        len(found) - len(rows),
    )


def notable(release: Loaded, drawn: Points) -> list[tuple[int, str]]:
    """Return the points of the highest lift and the highest support, and the words their products share."""
    columns, items = release.rules, release.overview.items
    frequent = int(np.lexsort((drawn.confidence, drawn.counts))[-1])
    found = []
    for point in dict.fromkeys((len(drawn.rows) - 1, frequent)):
        held = np.concatenate([columns[side][drawn.rows[point]] for side in SIDES])
        found.append((point, shared_words([items[place].description for place in held if place >= 0])))
    return found


def pressed(drawn: Points, event: Any) -> int | None:
    """Return the row of the rule whose point a picture's event names, or None where it is none of these.

    Parameters
    ----------
    drawn : Points
    event : object
        ``clickData`` or ``hoverData`` of the graph; it may be that of a picture drawn before.
    """
    try:
        point = event["points"][0]
        place, count = int(point["pointNumber"]), int(point["x"])
    except (IndexError, KeyError, OverflowError, TypeError, ValueError):
        return None
    fits = 0 <= place < len(drawn.rows) and int(drawn.counts[place]) == count
    return int(drawn.rows[place]) if fits else None


def lift_classes(drawn: Points) -> list[LiftClass]:
    """Return the classes that hold a rule, weakest first."""
    found = []
    for place, lowest in enumerate(LIFT_CLASSES):
        members = drawn.classes == place
        if members.any():
            below = LIFT_CLASSES[place + 1] if place + 1 < len(LIFT_CLASSES) else None
            support = int(drawn.counts[members].max()) / drawn.baskets
            confidence = float(drawn.confidence[members].max())
            found.append(LiftClass(lowest, below, int(members.sum()), support, confidence))
    return found
