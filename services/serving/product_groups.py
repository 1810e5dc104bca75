"""Products that are bought together in groups: connected by their strongest pairs."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.serving.loaded import Loaded
from services.serving.rule_index import ALL, rule_index

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
    products : tuple of (str, int)
        Names, and the baskets that hold each, most first.
    pairs : tuple of (int, int, float)
        Positions in ``products``, and the pair's lift.
    lift : float
        The highest of its pairs.
    """

    name: str
    products: tuple[tuple[str, int], ...]
    pairs: tuple[tuple[int, int, float], ...]
    lift: float


@dataclass(frozen=True)
class Groups:
    """The largest groups first; ``least_lift`` is what a pair needs to connect."""

    least_lift: int
    groups: tuple[Group, ...]


def product_groups(release: Loaded, scope: str = ALL) -> Groups:
    """Connect products by pairs, from the highest lift down, until a group would have more than nine.

    Parameters
    ----------
    release : Loaded
    scope : str
        Whose rules are asked.

    Returns
    -------
    Groups
        Of three products and more, 15 at most, largest first, then highest lift.
    """
    index = rule_index(release)
    rows = index.rows(scope)
    columns = {name: column[rows] for name, column in index.columns.items()}
    single = (columns["antecedents"][:, 1] < 0) & (columns["consequents"][:, 1] < 0)
    pairs: dict[tuple[int, int], float] = {}
    held: dict[int, int] = {}
    for row in np.flatnonzero(single):
        ends = int(columns["antecedents"][row][0]), int(columns["consequents"][row][0])
        pairs[min(ends), max(ends)] = float(columns["lift"][row])
        held[ends[0]] = int(columns["antecedent_count"][row])
        held[ends[1]] = int(columns["consequent_count"][row])
    strongest = sorted(((lift, ends) for ends, lift in pairs.items()), key=lambda pair: (-pair[0], pair[1]))
    least = _least_lift(strongest)
    together = _connected([ends for lift, ends in strongest if lift >= least])
    chosen = [members for members in together if len(members) >= _SMALLEST]
    groups = [_group(release, members, pairs, held, least) for members in chosen]
    groups.sort(key=lambda group: (-len(group.products), -group.lift, group.products))
    return Groups(least, tuple(groups[:MOST_GROUPS]))


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
    release: Loaded, members: list[int], pairs: dict[tuple[int, int], float], held: dict[int, int], least: int
) -> Group:
    order = sorted(members, key=lambda item: (-held[item], item))
    names = [release.overview["items"][item]["description"] for item in order]
    inside = {item: place for place, item in enumerate(order)}
    lines = sorted(
        (inside[one], inside[other], lift)
        for (one, other), lift in pairs.items()
        if one in inside and other in inside and lift >= least
    )
    return Group(
        name=shared_words(names),
        products=tuple((name, held[item]) for name, item in zip(names, order, strict=True)),
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
