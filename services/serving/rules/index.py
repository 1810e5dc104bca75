"""What finding rules needs besides the columns of a release: made once a release, then shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from services.releases.overview.ledger import Item, RuleScope
from services.serving.release.loaded import Loaded
from services.serving.release.once import once

ALL = "all"
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RuleIndex:
    """Names, slices and sets of one release's rules.

    Attributes
    ----------
    scopes : dict of str to (RuleScope, slice)
        Id of a scope to its entry in ``overview.rule_scopes`` and its rows in ``rules/``.
    itemsets : dict of str to slice
        Id of a scope to its rows in ``itemsets/``.
    sets : ndarray of int, shape (n_rules,)
        Number of the set of products that a rule is made of; equal for rules of the same products.
    labels : list of str
        What a reader types to mean an item: its name, with the code where the name is not unique.
    texts : list of (str, str)
        Code and name of each item, ready to compare.
    places : dict of str to int
        Code to place in ``overview.items``.
    name_rank : ndarray of int, shape (n_items + 1,)
        Position of each item's name in alphabetical order; the last entry is that of no item.
    """

    scopes: dict[str, tuple[RuleScope, slice]]
    itemsets: dict[str, slice]
    sets: Rows
    labels: list[str]
    texts: list[tuple[str, str]]
    places: dict[str, int]
    name_rank: Rows

    def rows(self, scope: str) -> slice:
        """Return where a scope's rules stand; none for a scope that was not mined."""
        return self.scopes[scope][1] if scope in self.scopes else slice(0, 0)

    def set_rows(self, scope: str) -> slice:
        """Return where a scope's frequent sets stand; none for a scope that was not mined."""
        return self.itemsets.get(scope, slice(0, 0))

    def entry(self, scope: str) -> RuleScope:
        """Return a scope's entry in the overview."""
        return self.scopes[scope][0]

    def count_sets(self, found: Rows) -> int:
        """Return how many sets of products some rules are made of."""
        return len(np.unique(self.sets[found]))

    def meant(self, text: str) -> list[int]:
        """Return the items that a text names: the one of that code, else all whose code or name holds it."""
        wanted = text.strip().casefold()
        exact = [place for place, (code, _) in enumerate(self.texts) if code == wanted]
        return exact or [
            place for place, (code, name) in enumerate(self.texts) if wanted in name or wanted in code
        ]

    def place_of(self, text: str) -> int | None:
        """Return the one item that a reader means by its code or its label, or None."""
        wanted = text.strip().casefold()
        codes, labels = [code for code, _ in self.texts], [label.casefold() for label in self.labels]
        return next((known.index(wanted) for known in (codes, labels) if wanted and wanted in known), None)

    def only(self, text: str) -> int | None:
        """Return the item of that code or label, else the one alone whose code or name holds it, or None."""
        place = self.place_of(text)
        known = self.meant(text) if place is None and text.strip() else ()
        return known[0] if len(known) == 1 else place

    def suggestions(self, text: str, limit: int = 12) -> list[str]:
        """Return labels of items that a typed text may mean, those that begin with it first."""
        wanted = text.strip().casefold()
        if not wanted:
            return []
        fitting = self.meant(wanted)
        fitting.sort(key=lambda place: not any(part.startswith(wanted) for part in self.texts[place]))
        return [self.labels[place] for place in fitting[:limit]]


@once
def rule_index(release: Loaded) -> RuleIndex:
    """Return a release's index."""
    items, entries = release.overview.items, release.overview.rule_scopes
    texts = [(item.product.casefold(), item.description.casefold()) for item in items]
    alphabetical = sorted(range(len(items)), key=lambda place: (texts[place][1], texts[place][0]))
    rank = np.full(len(items) + 1, -1, np.int64)
    rank[alphabetical] = np.arange(len(items))
    return RuleIndex(
        scopes={
            entry.id: (entry, rows)
            for entry, rows in zip(entries, _slices(release.rules["scope"], len(entries)), strict=True)
        },
        itemsets=dict(
            zip(
                (entry.id for entry in entries),
                _slices(release.itemsets["scope"], len(entries)),
                strict=True,
            )
        ),
        sets=_sets(release),
        labels=_labels(items),
        texts=texts,
        places={item.product: place for place, item in enumerate(items)},
        name_rank=rank,
    )


def _slices(scope: npt.NDArray[Any], scopes: int) -> list[slice]:
    bounds = np.searchsorted(scope, np.arange(scopes + 1)).tolist()
    return [slice(bounds[place], bounds[place + 1]) for place in range(scopes)]


def _sets(release: Loaded) -> Rows:
    both = np.sort(np.hstack([release.rules["antecedents"], release.rules["consequents"]]), axis=1)
    # five times as fast as np.unique(axis=0)
    order = np.lexsort(both.T)
    differs = np.any(both[order[1:]] != both[order[:-1]], axis=1)
    sets = np.zeros(len(both), np.int64)
    sets[order[1:]] = np.cumsum(differs)
    return sets


def _labels(items: Sequence[Item]) -> list[str]:
    known = Counter(item.description.casefold() for item in items)
    return [
        item.description
        if known[item.description.casefold()] == 1
        else f"{item.description} ({item.product})"
        for item in items
    ]
