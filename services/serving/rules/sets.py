"""Rules by the set of products that they are made of: how many there are, and the best of each set."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from services.serving.release.loaded import Loaded
from services.serving.rules.find import RuleFilters, find, judged
from services.serving.rules.index import Rows, rule_index


class RuleCount(NamedTuple):
    """How many rules there are, and how many sets of products they are made of."""

    rules: int
    sets: int


def counted(release: Loaded, found: Rows) -> RuleCount:
    """Count some rules, as every page, command and answer that names a number of them does."""
    return RuleCount(len(found), rule_index(release).count_sets(found))


def counted_of(release: Loaded, filters: RuleFilters) -> RuleCount:
    """Count the rules that fit, by default those of everybody's invoices; none where there are no baskets."""
    if release.overview.baskets_missing:
        return RuleCount(0, 0)
    return counted(release, find(release, filters))


def findings(release: Loaded, found: Rows) -> Rows:
    """Return those of some rules that are beyond chance; all where a release does not know."""
    return found[release.rules["finding"][found]] if judged(release) else found


def best_of_sets(release: Loaded, found: Rows) -> Rows:
    """Return of some rules the best of each set, in the order in which they are given.

    Parameters
    ----------
    release : Loaded
    found : ndarray of int
        Rows of one scope's rules, as ``rules.find`` returns them.

    Notes
    -----
    A finding goes before what is none, then the higher lift, then the higher confidence: both ways of a pair
    have one lift, so the surer way stands for it.
    """
    columns, sets = release.rules, rule_index(release).sets[found]
    # of one set the lift falls as this product grows, and no rounding parts equal ones
    product = columns["antecedent_count"][found].astype(np.int64) * columns["consequent_count"][found]
    finding = columns["finding"][found] if judged(release) else np.zeros(len(found), bool)
    order = np.lexsort((-columns["confidence"][found], product, ~finding, sets))
    first = np.unique(sets[order], return_index=True)[1]
    return found[np.sort(order[first])]


def strongest(release: Loaded, found: Rows, limit: int) -> Rows:
    """Return of some rules those of the highest lift that are beyond chance, the best of each set."""
    best = best_of_sets(release, findings(release, found))
    # stable: rules of equal lift stay in order of confidence
    return best[np.argsort(-release.rules["lift"][best], kind="stable")[:limit]]


def of_one_set(release: Loaded, row: int) -> Rows:
    """Return all rules of the products that the rule in ``row`` names, redundant ones, too, of its scope.

    Strongest confidence first; none where there is no such row.
    """
    index, scopes = rule_index(release), release.rules["scope"]
    if not 0 <= row < len(scopes):
        return np.zeros(0, np.int64)
    first, end = np.searchsorted(scopes, [scopes[row], scopes[row] + 1]).tolist()
    return np.flatnonzero(index.sets[first:end] == index.sets[row]) + first
