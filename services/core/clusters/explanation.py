"""Clusters in words: a shallow tree over raw R, F, M, each cluster's leaves as ranges, and how true they are.

A tree's own cut points lie halfway between two customers; here each becomes the roundest number that parts
the same customers, and the ranges, not the tree, say which cluster they predict.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from services.core.clusters.evidence import sample_rows
from services.core.features import Points
from services.core.vocabulary import AXES

if TYPE_CHECKING:
    from sklearn.tree import DecisionTreeClassifier

SAMPLE = 10_000  # customers that trees are grown on
FAITHFUL = 0.9  # the smallest tree that is this faithful is taken
UNSEEN_SHARE = 0.3
_COARSEST, _FINEST = 6, -4  # powers of ten that cut points are rounded to

Labels = npt.NDArray[np.integer]


@dataclass(frozen=True)
class Box:
    """A range of recency, frequency and monetary value, in that order.

    Attributes
    ----------
    over, up_to : tuple of 3 floats
        A value is over the one and up to the other; infinite where there is no bound.
    """

    over: tuple[float, float, float] = (-math.inf,) * 3
    up_to: tuple[float, float, float] = (math.inf,) * 3

    def holds(self, raw: Points) -> npt.NDArray[np.bool_]:
        """Return which customers, shape (n, 3) raw, are inside."""
        inside = (raw > np.asarray(self.over)) & (raw <= np.asarray(self.up_to))
        held: npt.NDArray[np.bool_] = np.all(inside, axis=1)
        return held


@dataclass(frozen=True)
class Rule:
    """What is said of one cluster.

    Attributes
    ----------
    boxes : tuple of Box
        A customer in any of them is said to be in the cluster; empty where no short rule names the cluster.
    customers : int
        In a box.
    right : int
        Of them in the cluster.
    """

    boxes: tuple[Box, ...]
    customers: int
    right: int


@dataclass(frozen=True)
class Explanation:
    """Rules for all clusters.

    Attributes
    ----------
    rules : list of Rule
        By label.
    fidelity : float
        Share of all customers whose rule names their cluster, 0–1.
    """

    rules: list[Rule]
    fidelity: float


def explain(raw: Points, labels: Labels, k: int, *, seed: int) -> Explanation:
    """Find short rules in raw units that tell the clusters apart.

    Parameters
    ----------
    raw : ndarray, shape (n, 3)
        Recency, frequency, monetary.
    labels : ndarray of int, shape (n,)
    k : int
        Number of clusters.
    seed : int

    Returns
    -------
    Explanation
        From the tree of fewest leaves, ``k`` to twice as many, that names every cluster and is faithful for
        ``FAITHFUL`` of the customers; the most faithful tree where none is.
    """
    from sklearn.tree import DecisionTreeClassifier

    rows = sample_rows(len(raw), seed, SAMPLE)
    best: Explanation | None = None
    for leaves in range(max(2, k), 2 * k + 1):
        tree = DecisionTreeClassifier(max_leaf_nodes=leaves, random_state=seed).fit(raw[rows], labels[rows])
        found = _explanation(_boxes(tree, raw), raw, labels, k)
        if best is None or found.fidelity > best.fidelity:
            best = found
        if best is found and found.fidelity >= FAITHFUL and all(rule.boxes for rule in found.rules):
            break
    assert best is not None
    return best


def predicted(rules: list[Rule], raw: Points) -> npt.NDArray[np.int16]:
    """Return the cluster whose rule holds for each customer; the boxes of a tree leave nobody out."""
    found = np.full(len(raw), -1, dtype=np.int16)
    for label, rule in enumerate(rules):
        for box in rule.boxes:
            found[box.holds(raw)] = label
    return found


def _explanation(boxes: list[tuple[int, Box]], raw: Points, labels: Labels, k: int) -> Explanation:
    rules = []
    for label in range(k):
        own = tuple(_joined([box for of, box in boxes if of == label]))
        inside = np.logical_or.reduce([np.zeros(len(raw), dtype=bool), *(box.holds(raw) for box in own)])
        rules.append(Rule(own, int(inside.sum()), int((labels[inside] == label).sum())))
    return Explanation(rules, sum(rule.right for rule in rules) / len(raw))


def _boxes(tree: DecisionTreeClassifier, raw: Points) -> list[tuple[int, Box]]:
    """List the leaves of a tree as ranges with their cluster, cut points rounded."""
    nodes = tree.tree_
    found: list[tuple[int, Box]] = []

    def walk(node: int, box: Box) -> None:
        axis = int(nodes.feature[node])
        if axis < 0:
            found.append((int(tree.classes_[nodes.value[node][0].argmax()]), box))
            return
        cut = _round_cut(raw[:, axis], float(nodes.threshold[node]))
        walk(int(nodes.children_left[node]), replace(box, up_to=_with(box.up_to, axis, cut)))
        walk(int(nodes.children_right[node]), replace(box, over=_with(box.over, axis, cut)))

    walk(0, Box())
    return found


def _with(bounds: tuple[float, float, float], axis: int, value: float) -> tuple[float, float, float]:
    one, two, three = (value if place == axis else bound for place, bound in enumerate(bounds))
    return one, two, three


def _round_cut(values: Points, cut: float) -> float:
    """Return the roundest number that parts the values as ``cut`` does."""
    low, high = float(values[values <= cut].max()), float(values[values > cut].min())
    for power in range(_COARSEST, _FINEST - 1, -1):
        candidate = round(math.ceil(low / 10**power) * 10**power, max(0, -power))
        if low <= candidate < high:
            return float(candidate)
    return low


def _joined(boxes: list[Box]) -> list[Box]:
    """Join ranges that touch along one axis and are equal along the others."""
    joined = list(boxes)
    pair = _touching(joined)
    while pair is not None:
        one, other, axis = pair
        joined = [box for box in joined if box not in (one, other)]
        joined.append(replace(one, up_to=_with(one.up_to, axis, other.up_to[axis])))
        pair = _touching(joined)
    return joined


def _touching(boxes: list[Box]) -> tuple[Box, Box, int] | None:
    for one in boxes:
        for other in boxes:
            for axis in range(len(AXES)):
                same = all(
                    one.over[place] == other.over[place] and one.up_to[place] == other.up_to[place]
                    for place in range(len(AXES))
                    if place != axis
                )
                if same and one.up_to[axis] == other.over[axis]:
                    return one, other, axis
    return None


@dataclass(frozen=True)
class Recovery:
    """How well a classifier finds the cluster of customers that it has not seen.

    Attributes
    ----------
    learned, asked : int
        Customers it was grown on, and others it was asked about.
    right : int
        Of the others, placed in their cluster.
    largest : int
        Of the others, in the largest cluster: what always naming that one would get right.
    """

    learned: int
    asked: int
    right: int
    largest: int


def recover(raw: Points, labels: Labels, *, seed: int) -> Recovery | None:
    """Grow a decision tree on some customers and ask it for the clusters of the others.

    Parameters
    ----------
    raw : ndarray, shape (n, 3)
    labels : ndarray of int, shape (n,)
    seed : int
        Of the split, 70 % to 30 %, at most ``SAMPLE`` customers in all.

    Returns
    -------
    Recovery or None
        None with fewer than ten customers.
    """
    from sklearn.tree import DecisionTreeClassifier

    rows = np.random.default_rng(seed).permutation(sample_rows(len(raw), seed, SAMPLE))
    asked = int(len(rows) * UNSEEN_SHARE)
    if asked < 3:
        return None
    unseen, seen = rows[:asked], rows[asked:]
    tree = DecisionTreeClassifier(random_state=seed).fit(raw[seen], labels[seen])
    right = int((tree.predict(raw[unseen]) == labels[unseen]).sum())
    return Recovery(len(seen), asked, right, int(np.bincount(labels[unseen]).max()))
