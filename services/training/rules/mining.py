"""Frequent sets and association rules of one group's baskets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.training.rules.columns import MIN_CUSTOMERS, no_rules, rules_of
from services.training.rules.itemset_budget import (
    Pairs,
    count_sets,
    frequent_columns,
    frequent_pairs,
    least_count,
    most_possible,
)
from services.training.rules.scope_baskets import ScopeBaskets

MIN_SUPPORT = 0.01
MIN_BASKETS = 100
MIN_COUNT = 10
MAX_ITEMS = 4  # of the whole base
MAX_ITEMS_OF_GROUP = 3
PAIR_BUDGET = 5_000
SET_BUDGET = 3_000
PAIR_BUDGET_OF_CUSTOMERS = 1_000  # what somebody ever bought makes many more pairs than an invoice


@dataclass(frozen=True)
class Mined:
    """What one group's baskets gave.

    Attributes
    ----------
    baskets, products : int
        Baskets of the group, and products among them.
    min_support : float
        The support mined at, raised where the group is small or its pairs too many.
    note : str
        What was cut and why; empty when nothing was.
    itemsets : DataFrame
        ``items`` (frozenset of column numbers), ``count``, ``support``; single items included.
    rules : DataFrame
        As ``columns.rules_of`` gives them.
    """

    baskets: int
    products: int
    min_support: float
    note: str
    itemsets: pd.DataFrame
    rules: pd.DataFrame


def mine(
    given: ScopeBaskets,
    *,
    min_support: float = MIN_SUPPORT,
    max_items: int = MAX_ITEMS,
    pair_budget: int = PAIR_BUDGET,
    set_budget: int = SET_BUDGET,
) -> Mined:
    """Find the sets bought together and the rules among them, at a lift of at least 1.

    Parameters
    ----------
    given : ScopeBaskets
    min_support : float
        Share of baskets a set must be in, 0–1.
    max_items : int
        Longest set looked for.
    pair_budget, set_budget : int
        Frequent pairs and frequent sets at most.

    Notes
    -----
    Small groups: at least 100 baskets, a count of at least 10, and the budgets of pairs and sets, which
    raise the support; what was cut is said in ``note``.
    """
    baskets = given.whole
    n = baskets.shape[0]
    products = int((np.asarray(baskets.sum(axis=0)).ravel() > 0).sum())
    if n < MIN_BASKETS:
        note = f"Too few baskets for rules: {n}; at least {MIN_BASKETS} are needed."
        return Mined(n, products, min_support, note, _no_itemsets(), no_rules())
    support, note = max(min_support, MIN_COUNT / n), ""
    if support > min_support:
        note = f"Only sets in at least {MIN_COUNT} baskets are shown."
    least = least_count(support, n)
    columns = frequent_columns(baskets, least)
    within, pairs, why = _within_budget(baskets[:, columns], least, max_items, pair_budget, set_budget)
    if within > least:
        support, note = (
            within / n,
            f"{why}; only those in {100 * within / n:.1f}\u00a0% of baskets or more are shown.",
        )
    paired = columns[np.union1d(pairs.first, pairs.second)]
    itemsets = pd.concat(
        [_single_items(baskets, within), _itemsets(baskets, paired, within, max_items)], ignore_index=True
    )
    found_at = max(MIN_COUNT, least_count(support, given.before.shape[0]))
    enough = given.before.shape[0] >= MIN_BASKETS
    derived = rules_of(itemsets, given, found_at if enough else None)
    note = " ".join(filter(None, (note, _left_out(derived.left_out))))
    return Mined(n, products, support, note, itemsets, derived.rules)


def _left_out(sets: int) -> str:
    if not sets:
        return ""
    some, give = ("1 product set gives", "its") if sets == 1 else (f"{sets:,} product sets give", "their")
    return (
        f"{some} no rules: fewer than {MIN_CUSTOMERS} customers bought them together, or one customer "
        f"accounts for over half of {give} baskets."
    )


def _within_budget(
    baskets: sparse.csr_array, least: int, longest: int, most_pairs: int, most_sets: int
) -> tuple[int, Pairs, str]:
    """Return the lowest count that keeps to both budgets, the pairs it leaves, and which budget raised it."""
    pairs, why = frequent_pairs(baskets, least), ""
    if pairs.total > most_pairs:
        # Of very many pairs none are kept in memory: a higher count leaves fewer.
        while pairs.total > len(pairs.baskets):
            least *= 2
            pairs = frequent_pairs(baskets, least)
        if pairs.total > most_pairs:
            least = int(np.sort(pairs.baskets)[::-1][most_pairs]) + 1
        pairs, why = _at_least(pairs, least), f"Over {most_pairs:,} pairs are frequent"
    while _sets(baskets, pairs, least, longest, most_sets) > most_sets:
        least = int(np.sort(pairs.baskets)[len(pairs.baskets) // 4]) + 1
        pairs, why = _at_least(pairs, least), f"Over {most_sets:,} sets are frequent"
    return least, pairs, why


def _at_least(pairs: Pairs, least: int) -> Pairs:
    kept = pairs.baskets >= least
    return Pairs(int(kept.sum()), *(column[kept] for column in pairs[1:]))


def _sets(baskets: sparse.csr_array, pairs: Pairs, least: int, longest: int, most: int) -> int:
    """Return how many sets there are, or a number within ``most`` that they cannot exceed."""
    bound = most_possible(baskets.shape[1], pairs, longest)
    return bound if bound <= most else count_sets(baskets, pairs, least, longest, most)


def _single_items(baskets: sparse.csr_array, least: int) -> pd.DataFrame:
    counts = np.asarray(baskets.sum(axis=0)).ravel()
    columns = np.flatnonzero(counts >= least)
    return _table([frozenset([column]) for column in columns.tolist()], counts[columns], baskets.shape[0])


def _itemsets(
    baskets: sparse.csr_array, columns: npt.NDArray[np.intp], least: int, max_items: int
) -> pd.DataFrame:
    """Mine the sets of two items and more; ``columns`` are those that a frequent pair holds."""
    from mlxtend.frequent_patterns import hmine

    chosen = baskets[:, columns]
    # Baskets with fewer than two of these items hold no set: the dense frame is a fraction of all baskets.
    chosen = chosen[np.diff(chosen.indptr) > 1]
    if not len(columns) or max_items < 2:
        return _no_itemsets()
    # hmine on a dense boolean frame: the fastest of mlxtend's miners here (decision 24). It rounds the
    # support up to a count; half a basket less keeps the count what it is.
    share = (least - 0.5) / chosen.shape[0]
    found = hmine(pd.DataFrame(chosen.toarray()), min_support=share, max_len=max_items)
    several = found[found["itemsets"].map(len) > 1]
    sets = [frozenset(columns[list(items)].tolist()) for items in several["itemsets"]]
    counts = np.rint(several["support"].to_numpy(np.float64) * chosen.shape[0])
    return _table(sets, counts, baskets.shape[0])


def _table(sets: list[frozenset[int]], counts: npt.NDArray, baskets: int) -> pd.DataFrame:
    items = pd.Series(sets, dtype=object)
    return pd.DataFrame({"items": items, "count": counts.astype(np.int32), "support": counts / baskets})


def _no_itemsets() -> pd.DataFrame:
    return _table([], np.zeros(0), 1)
