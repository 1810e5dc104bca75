"""Two releases side by side: what is in each, who would be in another segment, which rules come and go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from services.core.drift import Drifted
from services.core.language.messages import _
from services.releases.manifest import Rows
from services.serving.release.expected import Total, expected_spend
from services.serving.release.loaded import Loaded
from services.serving.releases.foreseen import Foreseen, foreseen
from services.serving.rules.find import RuleFilters, find
from services.serving.rules.sets import counted_of

MOVES = 10
"""How many moves are listed, those of most customers."""
RULES = 10
"""How many sets of products are listed, gained and lost each, those of most customers."""


@dataclass(frozen=True)
class Side:
    """One of two releases.

    Attributes
    ----------
    id : str
    made_at, data_to : datetime
        UTC; the shop's local time.
    preset, source : str
        Its name; the file.
    rows : Rows
        Of its files.
    customers : int
    revenue : float
        Shop currency.
    after_returns : bool
        Whether returns are taken off it.
    k : int
    silhouette : float or None
    rules, sets : int
        Rules of everybody's orders, and the sets of products that they are made of.
    expected : Total or None
        What its customers are expected to spend; None where it does not say.
    foreseen : Foreseen
        What its predictions were worth.
    recall : float or None
        Share of later purchases that the release's default recommendations found, 0–1; None where untested.
    """

    id: str
    made_at: datetime
    data_to: datetime
    preset: str
    source: str
    rows: Rows
    customers: int
    revenue: float
    after_returns: bool
    k: int
    silhouette: float | None
    rules: int
    sets: int
    expected: Total | None
    foreseen: Foreseen
    recall: float | None


@dataclass(frozen=True)
class Sized:
    """A segment in both; a count is None where the release has no such segment."""

    name: str
    here: int | None
    there: int | None


@dataclass(frozen=True)
class Move:
    """Customers who are in the segment ``source`` of the one and in ``target`` of the other."""

    source: str
    target: str
    customers: int


@dataclass(frozen=True)
class Comparison:
    """What another release would change.

    Attributes
    ----------
    here, there : Side
        The active release; the other.
    segments : list of Sized
        In the order of the active release, then those that only the other has.
    new, gone, both : int
        Customers of the other release alone, of the active one alone, of both.
    moved : int or None
        Those of both whose segment differs; None where the presets differ, and so what segments mean.
    moves : list of Move
        Of most customers first, ``MOVES`` at most.
    causes : dict of str to int or None
        Why they moved, where the other release was compared with the active one when it was trained.
    drift : Drifted
        The other release beside the active one.
    gained, lost : list of str
        Sets of products that rules of one of them alone are made of, ``RULES`` at most.
    gained_sets, lost_sets : int
        How many there are.
    """

    here: Side
    there: Side
    segments: list[Sized]
    new: int
    gone: int
    both: int
    moved: int | None
    moves: list[Move]
    causes: Mapping[str, int] | None
    drift: Drifted
    gained: list[str]
    lost: list[str]
    gained_sets: int
    lost_sets: int


def compare(here: Loaded, there: Loaded, drift: Drifted) -> Comparison:
    """Compare the active release with another.

    Parameters
    ----------
    here, there : Loaded
        The active one; the other.
    drift : Drifted
        From the one to the other.
    """
    mine, theirs = _in_both(here, there)
    same = here.preset.name == there.preset.name
    moves = _moves(here, there, mine, theirs) if same else {}
    since = there.overview.since
    known = same and since is not None and since.release == here.id
    gained, lost = (_products_apart(one, other) for one, other in ((there, here), (here, there)))
    return Comparison(
        here=side_of(here),
        there=side_of(there),
        segments=_sizes(here, there),
        new=there.count - len(theirs),
        gone=here.count - len(mine),
        both=len(mine),
        moved=sum(moves.values()) if same else None,
        moves=[Move(*pair, count) for pair, count in Counter(moves).most_common(MOVES)],
        causes=since.segment.causes if known and since else None,
        drift=drift,
        gained=gained[:RULES],
        lost=lost[:RULES],
        gained_sets=len(gained),
        lost_sets=len(lost),
    )


def side_of(release: Loaded) -> Side:
    """Return the figures of one release."""
    manifest, rules = release.manifest, counted_of(release, RuleFilters())
    tested = manifest.metrics.get("recommendations")
    return Side(
        id=release.id,
        made_at=manifest.made_at,
        data_to=manifest.data_to,
        preset=release.preset.name,
        source=manifest.source.name,
        rows=manifest.rows,
        customers=release.count,
        revenue=float(np.sum(release.customers["monetary"])),
        after_returns=release.overview.glance.returns.matched is not None,
        k=manifest.k,
        silhouette=manifest.silhouette,
        rules=rules.rules,
        sets=rules.sets,
        expected=expected_spend(release),
        foreseen=foreseen(release),
        recall=tested["new"][tested["default"]]["recall"] if tested else None,
    )


def _sizes(here: Loaded, there: Loaded) -> list[Sized]:
    ours = {each.id: each for each in here.segments}
    others = {each.id: each for each in there.segments}
    return [
        Sized(
            (others.get(id_) or ours[id_]).name,
            ours[id_].customers if id_ in ours else None,
            others[id_].customers if id_ in others else None,
        )
        for id_ in [*ours, *(id_ for id_ in others if id_ not in ours)]
    ]


def _in_both(here: Loaded, there: Loaded) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the rows, in each, of the customers of both."""
    _values, mine, theirs = np.intersect1d(
        np.asarray(here.customers["customer_id"]),
        np.asarray(there.customers["customer_id"]),
        assume_unique=True,
        return_indices=True,
    )
    return mine, theirs


def _moves(
    here: Loaded, there: Loaded, mine: npt.NDArray[np.intp], theirs: npt.NDArray[np.intp]
) -> dict[tuple[str, str], int]:
    """Count those of both who change the segment, by the names of both."""
    before = np.asarray(here.customers["segment"])[mine].astype(np.intp)
    after = np.asarray(there.customers["segment"])[theirs].astype(np.intp)
    width = len(there.segments) + 1  # the last is of no segment
    counts = np.bincount(
        np.where(before < 0, len(here.segments), before) * width + np.where(after < 0, width - 1, after),
        minlength=(len(here.segments) + 1) * width,
    )
    ids, other_ids = ([*(each.id for each in release.segments), ""] for release in (here, there))
    names, other_names = (
        [*(each.name for each in release.segments), _("no segment")] for release in (here, there)
    )
    return {
        (names[place // width], other_names[place % width]): int(counts[place])
        for place in np.flatnonzero(counts).tolist()
        if ids[place // width] != other_ids[place % width]
    }


def _products_apart(one: Loaded, other: Loaded) -> list[str]:
    """Name the sets of products of one release's rules that no rule of the other is made of."""
    known, sets = _sets(other), _sets(one)
    apart = sorted((count, products) for products, count in sets.items() if products not in known)
    names = {item.product: item.description or item.product for item in one.overview.items}
    return [" + ".join(names[product] for product in products) for _count, products in reversed(apart)]


def _sets(release: Loaded) -> dict[tuple[str, ...], int]:
    """Return the products of each set that rules of everybody's orders are made of, with its baskets."""
    if release.overview.baskets_missing:
        return {}
    found = find(release, RuleFilters())
    items = np.hstack([release.rules["antecedents"][found], release.rules["consequents"][found]])
    products = [item.product for item in release.overview.items]
    return {
        tuple(sorted(products[place] for place in row if place >= 0)): count
        for row, count in zip(items.tolist(), release.rules["count"][found].tolist(), strict=True)
    }
