"""Frequent sets and association rules of one group's baskets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.core.language.messages import _, later, plural
from services.training.rules.columns import MIN_CUSTOMERS, no_rules, rules_of
from services.training.rules.frequent import (
    Sets,
    frequent_columns,
    frequent_pairs,
    frequent_sets,
    least_count,
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
_PAIRS = later("Over {n} pairs are frequent; only those in {share}\u00a0% of baskets or more are shown.")
_SETS = later("Over {n} sets are frequent; only those in {share}\u00a0% of baskets or more are shown.")


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
        note = _("Too few baskets for rules: {n}; at least {least} are needed.", n=n, least=MIN_BASKETS)
        return Mined(n, products, min_support, note, _no_itemsets(), no_rules())
    support, note = max(min_support, MIN_COUNT / n), ""
    if support > min_support:
        note = _("Only sets in at least {least} baskets are shown.", least=MIN_COUNT)
    least = least_count(support, n)
    within, sets, by_sets = _within_budget(baskets, least, max_items, pair_budget, set_budget)
    if within > least:
        bound, budget = (_SETS, set_budget) if by_sets else (_PAIRS, pair_budget)
        support, note = within / n, bound(n=f"{budget:,}", share=f"{100 * within / n:.1f}")
    itemsets = pd.concat([_single_items(baskets, within), _several_items(sets, n)], ignore_index=True)
    found_at = max(MIN_COUNT, least_count(support, given.before.shape[0]))
    enough = given.before.shape[0] >= MIN_BASKETS
    derived = rules_of(itemsets, given, found_at if enough else None)
    note = " ".join(filter(None, (note, _left_out(derived.left_out))))
    return Mined(n, products, support, note, itemsets, derived.rules)


def _left_out(sets: int) -> str:
    if not sets:
        return ""
    return plural(
        "{n} product set gives no rules: fewer than {least} customers bought them together, or one customer "
        "accounts for over half of its baskets.",
        "{n} product sets give no rules: fewer than {least} customers bought them together, or one customer "
        "accounts for over half of their baskets.",
        sets,
        n=f"{sets:,}",
        least=MIN_CUSTOMERS,
    )


def _within_budget(
    baskets: sparse.csr_array, least: int, longest: int, most_pairs: int, most_sets: int
) -> tuple[int, Sets, bool]:
    """Return the lowest count that keeps to both budgets, the sets it leaves, and if theirs raised it."""
    pairs = frequent_pairs(baskets, least, most_pairs)
    sets = frequent_sets(baskets, pairs, longest, most_sets)
    by_sets = sets.total > most_sets
    while sets.total > most_sets:
        pairs = pairs.at_least(int(np.sort(pairs.baskets)[len(pairs.baskets) // 4]) + 1)
        sets = frequent_sets(baskets, pairs, longest, most_sets)
    return pairs.least, sets, by_sets


def _single_items(baskets: sparse.csr_array, least: int) -> pd.DataFrame:
    columns = frequent_columns(baskets, least)
    counts = np.asarray(baskets[:, columns].sum(axis=0)).ravel()
    return _table([frozenset([column]) for column in columns.tolist()], counts, baskets.shape[0])


def _several_items(sets: Sets, baskets: int) -> pd.DataFrame:
    named = [frozenset(row[row >= 0].tolist()) for row in sets.items]
    return _table(named, sets.baskets, baskets)


def _table(sets: list[frozenset[int]], counts: npt.NDArray, baskets: int) -> pd.DataFrame:
    items = pd.Series(sets, dtype=object)
    return pd.DataFrame({"items": items, "count": counts.astype(np.int32), "support": counts / baskets})


def _no_itemsets() -> pd.DataFrame:
    return _table([], np.zeros(0), 1)
