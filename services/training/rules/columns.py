"""Rules of frequent sets with their measures, their test, and what became of them later."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.rules.chance import LEVEL, Chance, beyond_chance
from services.core.rules.measures import BUYERS, COUNTS, LATER_COUNTS, MEASURES, TESTS, redundant
from services.core.rules.significance import CANNOT_TELL, Counted, Floats, adjusted, fisher, held_up
from services.training.rules.bits import counts_of, customers_of
from services.training.rules.scope_baskets import ScopeBaskets

MIN_CUSTOMERS = 5
MOST_OF_ONE = 0.5
"""Share of a rule's baskets that may be of one customer."""


class Derived(NamedTuple):
    """Rules, and how many sets give none since too few customers, or one above all, bought them."""

    rules: pd.DataFrame
    left_out: int


class Sides(NamedTuple):
    """Row of each rule's items, antecedents and consequents in the table of sets, each shape (n_rules,)."""

    both: npt.NDArray[np.intp]
    left: npt.NDArray[np.intp]
    right: npt.NDArray[np.intp]

    def of(self, values: npt.NDArray, baskets: int) -> Counted:
        """Return what was counted of the sets as counts of the rules, among so many baskets."""
        return Counted(values[self.both], values[self.left], values[self.right], baskets)


_KINDS: dict[str, type] = {
    "antecedents": object,
    "consequents": object,
    **dict.fromkeys((*COUNTS, *BUYERS, *LATER_COUNTS), np.int32),
    **dict.fromkeys((*MEASURES, *TESTS, "chance_lift", "later_confidence"), np.float64),
    "held_up": np.int8,
    **dict.fromkeys(("finding", "redundant"), bool),
}


def rules_of(itemsets: pd.DataFrame, given: ScopeBaskets, found_at: int | None) -> Derived:
    """Derive the rules of frequent sets, at a lift of at least 1.

    Parameters
    ----------
    itemsets : DataFrame, shape (n_sets, 3)
        ``items`` (frozenset of column numbers), ``count``, ``support``, single items included.
    given : ScopeBaskets
        The sets were found in ``whole``.
    found_at : int or None
        In how many of the baskets before the later period a set counts as found there; None where there are
        too few to find anything.

    Returns
    -------
    Derived
        The rules' columns are ``antecedents``, ``consequents`` (frozenset), then those of ``rules/`` in
        docs/architecture.md but ``scope``.

    Notes
    -----
    The q values take all rules for tested that the sets can be split into, those with a lower lift too, but
    not those of sets that are left out.
    """
    from mlxtend.frequent_patterns import association_rules

    # association_rules fails on an empty table of sets.
    if not (itemsets["items"].map(len) > 1).any():
        return Derived(no_rules(), 0)
    n, sets = given.whole.shape[0], _padded(itemsets["items"])
    # An item in every basket makes mlxtend divide by zero on the way to a certainty of 0.
    with np.errstate(divide="ignore", invalid="ignore"):
        rules = association_rules(
            itemsets.rename(columns={"items": "itemsets"})[["support", "itemsets"]],
            num_itemsets=n,
            metric="support",
            min_threshold=0.0,
        )
    counts = itemsets["count"].to_numpy(np.int64)
    customers, largest = customers_of(given.whole, given.owners, sets)
    enough = (customers >= MIN_CUSTOMERS) & (largest <= MOST_OF_ONE * counts)
    sides = _sides(rules, itemsets["items"])
    kept = enough[sides.both]
    sides = Sides(*(side[kept] for side in sides))
    counted = sides.of(counts, n)
    bought = given.of_customers()
    p = fisher(sides.of(counts_of(bought, sets), bought.shape[0]))
    chance = _chance_lift(given, sets, sides)
    size = (sets >= 0).sum(axis=1)
    q, surely = adjusted(p), beyond_chance(counted, chance, size[sides.both], int((size == 1).sum()))
    rules = rules[kept].assign(
        count=counted.both,
        antecedent_count=counted.antecedent,
        consequent_count=counted.consequent,
        customers=customers[sides.both],
        largest_count=largest[sides.both],
        p_value=p,
        q_value=q,
        chance_lift=chance,
        finding=np.maximum(surely, q) <= LEVEL,
        **_later(given, sets, sides, found_at, chance),
    )
    rules = rules[rules["lift"] >= 1].reset_index(drop=True)
    left_out = int((~enough & (size > 1)).sum())
    if rules.empty:
        return Derived(no_rules(), left_out)
    rules["redundant"] = redundant(rules)
    kinds = {name: kind for name, kind in _KINDS.items() if kind is not object}
    return Derived(rules[list(_KINDS)].astype(kinds), left_out)


def no_rules() -> pd.DataFrame:
    """Return a table without rules, its columns of the right kind."""
    return pd.DataFrame({name: np.zeros(0, kind) for name, kind in _KINDS.items()})


def _sides(rules: pd.DataFrame, items: pd.Series) -> Sides:
    """Find each rule's union, antecedents and consequents among the sets: all parts of one are frequent."""
    place = {each: row for row, each in enumerate(items)}
    left, right = rules["antecedents"].to_list(), rules["consequents"].to_list()
    both = [one | other for one, other in zip(left, right, strict=True)]
    return Sides(*(np.array([place[each] for each in side], np.intp) for side in (both, left, right)))


def _padded(items: pd.Series) -> npt.NDArray[np.int64]:
    width = int(items.map(len).max())
    return np.array([sorted(each) + [-1] * (width - len(each)) for each in items], np.int64)


def _chance_lift(given: ScopeBaskets, sets: npt.NDArray[np.int64], sides: Sides) -> Floats:
    """Return the lift that each rule has where chance fills the baskets, shape (n_rules,)."""
    expected = sides.of(Chance(given.whole).expected(sets), given.whole.shape[0])
    return np.nan_to_num(expected.lift)


def _later(
    given: ScopeBaskets, sets: npt.NDArray[np.int64], sides: Sides, found_at: int | None, chance: Floats
) -> dict[str, npt.NDArray]:
    """Count the rules before and after the day, and say which held up."""
    earlier, later = (sides.of(counts_of(part, sets), part.shape[0]) for part in (given.before, given.after))
    found = np.zeros(len(sides.both), bool)
    if found_at is not None:
        found = (earlier.both >= found_at) & (earlier.lift >= 1)
    with np.errstate(invalid="ignore"):
        confidence = later.both / later.antecedent
    held = np.full(len(found), CANNOT_TELL)
    return {
        **dict(zip(LATER_COUNTS, (later.both, later.antecedent, later.consequent), strict=True)),
        "later_confidence": confidence,
        "held_up": held_up(earlier, later, found, chance) if later.baskets else held,
    }
