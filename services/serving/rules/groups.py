"""Products that are bought together in groups: connected by their strongest pairs."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.serving.release.loaded import Loaded
from services.serving.rules.find import SIDES
from services.serving.rules.index import Rows

LARGEST = 9  # products of a group: more cannot be told apart in a ring
MOST_GROUPS = 15
_SMALLEST = 3
_SHARED = 0.6  # of a group's products hold a word that names it
_NAME_WORDS = 3
_SAY_NOTHING = {"and", "for", "from", "pack", "set", "the", "with"}


@dataclass(frozen=True)
class Group:
    """Products connected by pairs.

    Attributes
    ----------
    name : str
        The words that its products share.
    products : tuple of (str, str, int)
        Codes, names, and the baskets that hold each, most first.
    pairs : tuple of (int, int, float)
        Positions in ``products``, and the pair's lift.
    lift : float
        The highest of its pairs.
    """

    name: str
    products: tuple[tuple[str, str, int], ...]
    pairs: tuple[tuple[int, int, float], ...]
    lift: float


@dataclass(frozen=True)
class Groups:
    """The largest groups first.

    Attributes
    ----------
    least_lift : int
        What a pair needs to connect.
    groups : tuple of Group
    crowded : bool
        Whether there is none because more than ``LARGEST`` products are connected by lifts that are alike.
    """

    least_lift: int
    groups: tuple[Group, ...]
    crowded: bool = False


def product_groups(release: Loaded, found: Rows) -> Groups:
    """Connect products by pairs, from the highest lift down, until a group would have more than nine.

    Parameters
    ----------
    release : Loaded
    found : ndarray of int
        Rows of the rules whose pairs connect, as ``rules.find`` returns them.

    Returns
    -------
    Groups
        Of three products and more, 15 at most, largest first, then highest lift.
    """
    columns = release.rules
    sides = [columns[side][found] for side in SIDES]
    rows = found[(sides[0][:, 1] < 0) & (sides[1][:, 1] < 0)]
    one, other = (columns[side][rows, 0] for side in SIDES)
    held = dict(zip(one.tolist(), columns["antecedent_count"][rows].tolist(), strict=True))
    held |= dict(zip(other.tolist(), columns["consequent_count"][rows].tolist(), strict=True))
    both = zip(np.minimum(one, other).tolist(), np.maximum(one, other).tolist(), strict=True)
    pairs = dict(zip(both, columns["lift"][rows].tolist(), strict=True))
    strongest = sorted(((lift, ends) for ends, lift in pairs.items()), key=lambda pair: (-pair[0], pair[1]))
    least = _least_lift(strongest)
    connecting = [(ends, lift) for lift, ends in strongest if lift >= least]
    inside: dict[int, list[tuple[tuple[int, int], float]]] = {}
    together = _connected([ends for ends, _ in connecting])
    of_item = {item: number for number, members in enumerate(together) for item in members}
    for ends, lift in connecting:
        inside.setdefault(of_item[ends[0]], []).append((ends, lift))
    groups = [
        _group(release, members, inside[number], held)
        for number, members in enumerate(together)
        if len(members) >= _SMALLEST
    ]
    groups.sort(key=lambda group: (-len(group.products), -group.lift, group.products))
    crowded = not groups and any(len(members) > LARGEST for members in _connected(list(pairs)))
    return Groups(least, tuple(groups[:MOST_GROUPS]), crowded)


def _least_lift(strongest: Sequence[tuple[float, tuple[int, int]]]) -> int:
    """Return the lowest whole lift at which no group has more than ``LARGEST`` products."""
    roots: dict[int, int] = {}
    sizes: Counter[int] = Counter()
    for lift, ends in strongest:
        one, other = (_root(roots, end) for end in ends)
        if one == other:
            continue
        size = (sizes[one] or 1) + (sizes[other] or 1)
        if size > LARGEST:
            return math.floor(lift) + 1
        roots[one] = other
        sizes[other] = size
    return 1


def _connected(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    roots: dict[int, int] = {}
    for one, other in pairs:
        first, second = _root(roots, one), _root(roots, other)
        roots[max(first, second)] = min(first, second)
    groups: dict[int, list[int]] = {}
    for item in sorted({item for pair in pairs for item in pair}):
        groups.setdefault(_root(roots, item), []).append(item)
    return list(groups.values())


def _root(roots: dict[int, int], item: int) -> int:
    while roots.get(item, item) != item:
        item = roots[item]
    return item


def _group(
    release: Loaded, members: list[int], pairs: list[tuple[tuple[int, int], float]], held: dict[int, int]
) -> Group:
    order = sorted(members, key=lambda item: (-held[item], item))
    items = [release.overview.items[item] for item in order]
    place = {item: number for number, item in enumerate(order)}
    lines = sorted((place[one], place[other], lift) for (one, other), lift in pairs)
    return Group(
        name=shared_words([item.description for item in items]),
        products=tuple(
            (item.product, item.description, held[number]) for item, number in zip(items, order, strict=True)
        ),
        pairs=tuple(lines),
        lift=max(lift for *_, lift in lines),
    )


def shared_words(names: Sequence[str]) -> str:
    """Return the words that most of several names hold, in the order of the first; else the first name.

    Examples
    --------
    >>> shared_words(["JUMBO BAG PINK POLKADOT", "JUMBO BAG OWLS", "LUNCH BAG RED"])
    'JUMBO BAG'
    """
    words = [re.findall(r"[^\W\d_][\w'’-]{2,}", name) for name in names]
    known = Counter(
        word.casefold() for of_one in words for word in {word.casefold(): word for word in of_one}
    )
    common = [
        word
        for word in dict.fromkeys(words[0] if words else ())
        if known[word.casefold()] >= _SHARED * len(names) and word.casefold() not in _SAY_NOTHING
    ]
    return " ".join(common[:_NAME_WORDS]) or (names[0] if names else "")
