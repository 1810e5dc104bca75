"""What finding rules needs besides the columns of a release: made once a release, then shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from services.releases.overview.ledger import RuleScope
from services.serving.release.loaded import Loaded
from services.serving.release.once import once
from services.serving.rules.names import ProductNames, compared, labelled

ALL = "all"
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class RuleIndex(ProductNames):
    """Names, slices and sets of one release's rules.

    Attributes
    ----------
    scopes : dict of str to (RuleScope, slice)
        Id of a scope to its entry in ``overview.rule_scopes`` and its rows in ``rules/``.
    itemsets : dict of str to slice
        Id of a scope to its rows in ``itemsets/``.
    sets : ndarray of int, shape (n_rules,)
        Number of the set of products that a rule is made of; equal for rules of the same products.
    places : dict of str to int
        Code to place in ``overview.items``.
    name_rank : ndarray of int, shape (n_items + 1,)
        Position of each item's name in alphabetical order; the last entry is that of no item.
    """

    scopes: dict[str, tuple[RuleScope, slice]]
    itemsets: dict[str, slice]
    sets: Rows
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


@once
def rule_index(release: Loaded) -> RuleIndex:
    """Return a release's index."""
    items, entries = release.overview.items, release.overview.rule_scopes
    named = [(item.product, item.description) for item in items]
    texts = compared(named)
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
        labels=labelled(named),
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
