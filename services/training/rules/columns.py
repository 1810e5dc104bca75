"""Rules of frequent sets with their measures, their test, and what became of them later."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.core.rules.measures import COUNTS, LATER_COUNTS, MEASURES, TESTS, redundant
from services.core.rules.significance import CANNOT_TELL, Counted, adjusted, fisher, held_up
from services.training.rules.itemset_budget import counts_of


class Split(NamedTuple):
    """Baskets before and after a day, and in how many of those before a set counts as found there.

    ``found_at`` is None where there are too few baskets before to find anything.
    """

    before: sparse.csr_array
    after: sparse.csr_array
    found_at: int | None


class Sides(NamedTuple):
    """Row of each rule's items, antecedents and consequents in the table of sets, each shape (n_rules,)."""

    both: npt.NDArray[np.intp]
    left: npt.NDArray[np.intp]
    right: npt.NDArray[np.intp]


_KINDS: dict[str, type] = {
    "antecedents": object,
    "consequents": object,
    **dict.fromkeys((*COUNTS, *LATER_COUNTS), np.int32),
    **dict.fromkeys((*MEASURES, *TESTS, "later_confidence"), np.float64),
    "held_up": np.int8,
    "redundant": bool,
}


def rules_of(itemsets: pd.DataFrame, n: int, split: Split) -> pd.DataFrame:
    """Derive the rules of frequent sets, at a lift of at least 1.

    Parameters
    ----------
    itemsets : DataFrame, shape (n_sets, 3)
        ``items`` (frozenset of column numbers), ``count``, ``support``, single items included.
    n : int
        Baskets the sets were found in.
    split : Split

    Returns
    -------
    DataFrame, shape (n_rules, 23)
        ``antecedents``, ``consequents`` (frozenset), then the columns of ``rules/`` in
        docs/architecture.md but ``scope``.

    Notes
    -----
    The q values take all rules that the sets can be split into for tested, those with a lower lift too.
    """
    from mlxtend.frequent_patterns import association_rules

    # association_rules fails on an empty table of sets.
    if not (itemsets["items"].map(len) > 1).any():
        return no_rules()
    # An item in every basket makes mlxtend divide by zero on the way to a certainty of 0.
    with np.errstate(divide="ignore", invalid="ignore"):
        rules = association_rules(
            itemsets.rename(columns={"items": "itemsets"})[["support", "itemsets"]],
            num_itemsets=n,
            metric="support",
            min_threshold=0.0,
        )
    sides = _sides(rules, itemsets["items"])
    counted = _counted(itemsets["count"].to_numpy(np.int64), sides, n)
    p = fisher(counted)
    rules = rules.assign(
        count=counted.both,
        antecedent_count=counted.antecedent,
        consequent_count=counted.consequent,
        p_value=p,
        q_value=adjusted(p),
        **_later(itemsets["items"], sides, split),
    )
    rules = rules[rules["lift"] >= 1].reset_index(drop=True)
    if rules.empty:
        return no_rules()
    rules["redundant"] = redundant(rules)
    return rules[list(_KINDS)].astype({name: kind for name, kind in _KINDS.items() if kind is not object})


def no_rules() -> pd.DataFrame:
    """Return a table without rules, its columns of the right kind."""
    return pd.DataFrame({name: np.zeros(0, kind) for name, kind in _KINDS.items()})


def _sides(rules: pd.DataFrame, items: pd.Series) -> Sides:
    """Find each rule's union, antecedents and consequents among the sets: all parts of one are frequent."""
    place = {each: row for row, each in enumerate(items)}
    left, right = rules["antecedents"].to_list(), rules["consequents"].to_list()
    both = [one | other for one, other in zip(left, right, strict=True)]
    return Sides(*(np.array([place[each] for each in side], np.intp) for side in (both, left, right)))


def _counted(counts: npt.NDArray[np.int64], sides: Sides, baskets: int) -> Counted:
    return Counted(counts[sides.both], counts[sides.left], counts[sides.right], baskets)


def _later(items: pd.Series, sides: Sides, split: Split) -> dict[str, npt.NDArray]:
    """Count the rules before and after the day, and say which held up."""
    width = int(items.map(len).max())
    sets = np.array([sorted(each) + [-1] * (width - len(each)) for each in items], np.int64)
    earlier, later = (
        _counted(counts_of(part, sets), sides, part.shape[0]) for part in (split.before, split.after)
    )
    found = np.zeros(len(sides.both), bool)
    if split.found_at is not None:
        found = (earlier.both >= split.found_at) & (earlier.lift >= 1)
    with np.errstate(invalid="ignore"):
        confidence = later.both / later.antecedent
    counts = (later.both, later.antecedent, later.consequent)
    return dict(zip(LATER_COUNTS, counts, strict=True)) | {
        "later_confidence": confidence,
        "held_up": held_up(earlier, later, found) if later.baskets else np.full(len(found), CANNOT_TELL),
    }
