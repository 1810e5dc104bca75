"""Rules as points of a picture: support against confidence, by class of lift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.serving.loaded import Loaded
from services.serving.product_groups import shared_words
from services.serving.rule_index import Rows, rule_index
from services.serving.rules import SIDES

LIFT_CLASSES = (1, 3, 6, 10, 16, 24, 40)


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
    rows: Rows


@dataclass(frozen=True)
class PointNames:
    """The products of points.

    Attributes
    ----------
    antecedents, consequents : ndarray of int, shape (n, <=3)
        As positions in ``names``; 0 where there is none, no wider than the longest.
    names : list of str
        Each product once, after an empty one.
    notable : list of (int, str)
        The points of the highest lift and the highest support, and the words their products share.
    """

    antecedents: Rows
    consequents: Rows
    names: list[str]
    notable: list[tuple[int, str]]


@dataclass(frozen=True)
class LiftClass:
    """The rules of one class of lift: its bounds, how many, and the highest support and confidence."""

    lowest: int
    below: int | None
    rules: int
    support: float
    confidence: float


def points(release: Loaded, found: Rows) -> Points:
    """Return rules as points.

    Parameters
    ----------
    release : Loaded
    found : ndarray of int
        As ``rules.find`` returns them.
    """
    columns = rule_index(release).columns
    rows = found[np.argsort(columns["lift"][found], kind="stable")]
    classes = np.searchsorted(LIFT_CLASSES, columns["lift"][rows], side="right") - 1
    return Points(
        columns["support"][rows].astype(np.float32),
        columns["confidence"][rows].astype(np.float32),
        np.clip(classes, 0, None).astype(np.uint8),
        rows,
    )


def point_names(release: Loaded, drawn: Points) -> PointNames:
    """Return the products of points, each name once: a picture of thousands of rules stays small."""
    columns, items = rule_index(release).columns, release.overview["items"]
    sides = [columns[side][drawn.rows] for side in SIDES]
    used = np.unique(np.concatenate([[-1], *(side.ravel() for side in sides)]))
    numbers = [np.searchsorted(used, side) for side in sides]
    antecedents, consequents = (side[:, : int((side > 0).sum(axis=1).max())] for side in numbers)
    names = ["", *(items[place]["description"] for place in used.tolist() if place >= 0)]
    frequent = int(np.lexsort((drawn.confidence, drawn.support))[-1])
    notable = []
    for point in dict.fromkeys((len(drawn.rows) - 1, frequent)):
        held = [*antecedents[point].tolist(), *consequents[point].tolist()]
        notable.append((point, shared_words([names[number] for number in held if number])))
    return PointNames(antecedents, consequents, names, notable)


def lift_classes(drawn: Points) -> list[LiftClass]:
    """Return the classes that hold a rule, weakest first."""
    found = []
    for place, lowest in enumerate(LIFT_CLASSES):
        members = drawn.classes == place
        if members.any():
            below = LIFT_CLASSES[place + 1] if place + 1 < len(LIFT_CLASSES) else None
            support, confidence = float(drawn.support[members].max()), float(drawn.confidence[members].max())
            found.append(LiftClass(lowest, below, int(members.sum()), support, confidence))
    return found
