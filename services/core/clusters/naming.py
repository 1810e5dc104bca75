"""Names for clusters, made from what is true of their members: never from the integer K-means gave them.

A name is a few words of :mod:`services.core.clusters.words`. Every one is true of the members, and no other
cluster of the release has the same, by the first word that fits each axis. A weaker word can be true of a
cluster with a stronger one, too: those who order very often are steady as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from services.core.clusters.positions import Position
from services.core.clusters.words import Word, words_of
from services.core.language.messages import later
from services.core.vocabulary import AXES, Axis

Words = Mapping[Axis, Word]
_SAID: tuple[tuple[Axis, ...], ...] = (
    ("frequency",),
    ("frequency", "monetary"),
    ("frequency", "recency"),
    ("monetary", "recency"),
    ("frequency", "monetary", "recency"),
)
# Of the axes, frequency by what it counts.
_ENDS: Mapping[str, tuple[later, later]] = {
    "recency": (later("most recent"), later("longest ago")),
    "orders": (later("fewest orders"), later("most orders")),
    "lines": (later("fewest lines"), later("most lines")),
    "monetary": (later("lowest spend"), later("highest spend")),
}
_BETWEEN: Mapping[str, later] = {
    "recency": later("{rank} of {n} by recency"),
    "orders": later("{rank} of {n} by orders"),
    "lines": later("{rank} of {n} by lines"),
    "monetary": later("{rank} of {n} by spend"),
}
_MEDIAN: Mapping[str, later] = {
    "recency": later("its median recency among the {n} clusters with the same name"),
    "orders": later("its median orders among the {n} clusters with the same name"),
    "lines": later("its median lines among the {n} clusters with the same name"),
    "monetary": later("its median spend among the {n} clusters with the same name"),
}
_GROUP = later("group {n}")
_ALIKE = later("no median sets it apart from similar clusters")


@dataclass(frozen=True)
class Name:
    """A name and what each of its words means.

    Attributes
    ----------
    text : str
    words : tuple of (str, str)
        A word and the sentence that is true of the members, without its full stop.
    """

    text: str
    words: tuple[tuple[str, str], ...]


def names(
    found: Sequence[Position],
    *,
    frequency_is_orders: bool,
    kept: Sequence[str | None] = (),
    elsewhere: Sequence[str] = (),
) -> list[Name]:
    """Name clusters by what is true of their members, each by other words.

    Parameters
    ----------
    found : sequence of Position, length k
    frequency_is_orders : bool
        Only then does a frequency of 1 mean a customer who ordered once.
    kept : sequence of str or None, length k
        Names from before. One stays while every word of it is true of its members, and one of it untrue of
        each other cluster.
    elsewhere : sequence of str
        Other names from before, which are not given to a cluster that can have another.

    Returns
    -------
    list of Name, length k
        All different.
    """
    table = words_of(frequency_is_orders=frequency_is_orders)
    levels = [{axis: _first(table[axis], one) for axis in AXES} for one in found]
    alike = _told_apart(found, levels, "orders" if frequency_is_orders else "lines")
    before = {*elsewhere, *(old for old in kept if old)}
    named: list[Name] = []
    for place, old in enumerate(kept or [None] * len(found)):
        possible = _possible(place, found, levels) or [alike[place]]
        same = [name for name in possible if name.text == old]
        still = same[0] if same else _still(old, place, found, table)
        fresh = [name for name in possible if name.text not in before]
        named.append(still or (fresh or possible)[0])
    return named


def _first(words: Sequence[Word], position: Position) -> Word:
    return next(word for word in words if word.holds(position))


def _possible(place: int, found: Sequence[Position], levels: Sequence[Words]) -> list[Name]:
    """List the names that only this cluster's words make, the most telling first."""
    own = levels[place]
    far = {axis: abs(found[place].place[axis] - 0.5) for axis in AXES}

    def rank(axes: tuple[Axis, ...]) -> tuple[int, int, bool, float]:
        plain = sum(own[axis].plain for axis in axes)
        return plain, abs(len(axes) - 2), "frequency" not in axes, -sum(far[axis] for axis in axes)

    unique = [
        axes
        for axes in _SAID
        if all(
            any(own[axis] is not other[axis] for axis in axes)
            for at, other in enumerate(levels)
            if at != place
        )
    ]
    return [_name([own[axis] for axis in axes]) for axes in sorted(unique, key=rank)]


def _still(
    old: str | None, place: int, found: Sequence[Position], table: Mapping[Axis, Sequence[Word]]
) -> Name | None:
    """Return a name from before if all of it is true of the cluster and not all of it of another one."""
    if old is None:
        return None
    true = {axis: [word for word in table[axis] if word.holds(found[place])] for axis in AXES}
    for axes in _SAID:
        for words in product(*(true[axis] for axis in axes)):
            name = _name(words)
            if name.text == old and not any(
                all(word.holds(other) for word in words) for at, other in enumerate(found) if at != place
            ):
                return name
    return None


def _name(words: Sequence[Word]) -> Name:
    by = {word.axis: word for word in words}
    often, much, last = by.get("frequency"), by.get("monetary"), by.get("recency")
    recent = last is not None and bool(last.before)
    whom = much.before if much else "buyers" if recent else ""
    if often is None:
        text = whom
    elif not whom:
        text = often.text
    elif often.before:
        text = f"{often.before} {whom}"
    else:
        text = f"{whom}, {_lower(often.text)}"
    if recent:
        text = f"recent {_lower(text)}"
    elif last is not None:
        text = f"{text}, {last.text}"
    # as the name has them: "Frequent" before "big spenders", "Frequent buyers" alone
    said = {word.axis: word.before if whom and word.before else word.text for word in words}
    return Name(text[0].upper() + text[1:], tuple((said[word.axis], word.means) for word in words))


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _told_apart(found: Sequence[Position], levels: Sequence[Words], unit: str) -> dict[int, Name]:
    """Name the clusters of which all words are alike by their order along the axis that parts them most."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, words in enumerate(levels):
        groups[tuple(words[axis].text for axis in AXES)].append(place)
    told: dict[int, Name] = {}
    for alike in (group for group in groups.values() if len(group) > 1):
        name = _name([levels[alike[0]][axis] for axis in _SAID[-1]])
        said = _ordered([found[place] for place in alike], unit)
        for place, (word, means) in zip(alike, said, strict=True):
            told[place] = Name(f"{name.text}, {word}", (*name.words, (word, means)))
    return told


def _ordered(alike: Sequence[Position], unit: str) -> list[tuple[str, str]]:
    count = len(alike)

    def spread(axis: Axis) -> tuple[bool, float]:
        places = [position.place[axis] for position in alike]
        return len({position.median[axis] for position in alike}) == count, max(places) - min(places)

    axis = max(AXES, key=spread)
    if not spread(axis)[0]:
        return [(_GROUP(n=place + 1), _ALIKE.text) for place in range(count)]
    by = unit if axis == "frequency" else axis
    low, high = (end.text for end in _ENDS[by])
    between = [_BETWEEN[by](rank=rank, n=count) for rank in range(2, count)]
    said = [""] * count
    ranked = sorted(range(count), key=lambda at: alike[at].median[axis])
    for at, word in zip(ranked, [low, *between, high], strict=True):
        said[at] = word
    return [(word, _MEDIAN[by](n=count)) for word in said]
