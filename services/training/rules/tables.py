"""Mined sets and rules of all scopes as the columns of a release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.side_by_side import side_by_side
from services.training.lines.baskets import Baskets
from services.training.rules.frequent import least_count
from services.training.rules.held_back import held_back
from services.training.rules.itemset_budget import MOST_SETS
from services.training.rules.mining import (
    MAX_ITEMS,
    MAX_ITEMS_OF_GROUP,
    MIN_SUPPORT,
    PAIR_BUDGET_OF_CUSTOMERS,
    Mined,
    mine,
)
from services.training.rules.scope_baskets import Scope, ScopeBaskets, baskets_of

SIDES = ("antecedents", "consequents")
Columns = dict[str, npt.NDArray]


@dataclass(frozen=True)
class RuleTables:
    """What goes into ``rules/``, ``itemsets/`` and the overview."""

    rules: Columns
    itemsets: Columns
    scopes: list[dict[str, Any]]
    items: list[dict[str, str]]
    later: dict[str, Any] | None = None


def mine_scopes(
    baskets: Baskets,
    scopes: Iterable[Scope],
    descriptions: Mapping[str, str],
    moments: npt.NDArray[np.datetime64] | None = None,
    support: float | None = None,
) -> RuleTables:
    """Mine each scope's baskets and lay the results out as columns.

    Parameters
    ----------
    baskets : Baskets
    scopes : iterable of Scope
        The whole base first.
    descriptions : mapping
        Item label to the name shown.
    moments : ndarray of datetime64, shape (n_baskets,), optional
        When each basket was bought; without them nothing is held back.
    support : float, optional
        The support to mine at, passed by ``check_support``; the usual one without it.
    """
    later = None if moments is None else held_back(moments)

    def mined(placed: tuple[int, Scope]) -> tuple[dict[str, Any], Columns, Columns]:
        place, scope = placed
        chosen = baskets_of(scope, baskets, moments, later.first if later else None)
        found = mine(chosen, **_thresholds(scope, support))
        # as arrays at once: sets of Python take ten times the memory
        return (
            _scope_entry(scope, found, chosen),
            _rule_columns(found.rules, place),
            _itemset_columns(found.itemsets, place),
        )

    entries, rules, itemsets = zip(*side_by_side(mined, enumerate(scopes)), strict=True)
    stacked, sets = _stacked(rules), _stacked(itemsets)
    named = (sets["items"], stacked["antecedents"], stacked["consequents"])
    used = np.unique(np.concatenate([side.ravel() for side in named]))
    used = used[used >= 0]
    several = sets["items"][:, 1] >= 0
    sets = {name: column[several] for name, column in sets.items()}
    return RuleTables(
        rules=stacked | {side: _numbered(stacked[side], used) for side in SIDES},
        itemsets=sets | {"items": _numbered(sets["items"], used)},
        scopes=list(entries),
        items=[
            {"product": item, "description": descriptions.get(item, item).strip()}
            for item in (baskets.items[column] for column in used)
        ],
        later=later.entry() if later else None,
    )


def _thresholds(scope: Scope, support: float | None) -> dict[str, Any]:
    """Say how a scope is mined; where a support is asked for, everybody's pairs have passed the check."""
    whole = scope.id == "all"
    wanted: dict[str, Any] = {
        "min_support": MIN_SUPPORT if support is None else support,
        "max_items": MAX_ITEMS if whole else MAX_ITEMS_OF_GROUP,
    }
    if scope.baskets_of == "customers":
        wanted["pair_budget"] = PAIR_BUDGET_OF_CUSTOMERS
    elif whole and support is not None:
        wanted |= {"pair_budget": MOST_SETS, "set_budget": MOST_SETS}
    return wanted


def _scope_entry(scope: Scope, found: Mined, chosen: ScopeBaskets) -> dict[str, Any]:
    first, last = (None, None) if scope.days is None else map(str, scope.days)
    return {
        "id": scope.id,
        "name": scope.name,
        "group": scope.group,
        "baskets_of": scope.baskets_of,
        "from": first,
        "to": last,
        "baskets": found.baskets,
        "earlier_baskets": chosen.before.shape[0],
        "later_baskets": chosen.after.shape[0],
        "products": found.products,
        "itemsets": len(found.itemsets),
        "rules": len(found.rules),
        "min_support": found.min_support,
        "min_count": least_count(found.min_support, found.baskets),
        "note": found.note,
    }


def _rule_columns(rules: pd.DataFrame, scope: int) -> Columns:
    """Give one scope's rules, strongest confidence first, items still as columns of the baskets."""
    sides = {side: _padded(rules[side], MAX_ITEMS - 1) for side in SIDES}
    order = np.lexsort(
        (
            *(sides["consequents"].T[::-1]),
            *(sides["antecedents"].T[::-1]),
            -rules["count"].to_numpy(np.int64),
            -rules["lift"].to_numpy(np.float64),
            -rules["confidence"].to_numpy(np.float64),
        )
    )
    columns: Columns = {"scope": np.full(len(rules), scope, np.int16)}
    columns |= {side: values[order] for side, values in sides.items()}
    return columns | {name: rules[name].to_numpy()[order] for name in rules.columns.drop(list(SIDES))}


def _itemset_columns(sets: pd.DataFrame, scope: int) -> Columns:
    items = _padded(sets["items"], MAX_ITEMS)
    count = sets["count"].to_numpy(np.int32)
    order = np.lexsort((*(items.T[::-1]), -count.astype(np.int64)))
    return {
        "scope": np.full(len(sets), scope, np.int16),
        "items": items[order],
        "count": count[order],
        "support": sets["support"].to_numpy(np.float64)[order],
    }


def _stacked(tables: Sequence[Columns]) -> Columns:
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}


def _padded(sets: Iterable[frozenset[int]], width: int) -> npt.NDArray[np.int32]:
    rows = [sorted(items) for items in sets]
    return np.array([row + [-1] * (width - len(row)) for row in rows], dtype=np.int32).reshape(-1, width)


def _numbered(columns: npt.NDArray[np.int32], used: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Turn columns of the baskets into positions among the used ones; −1 stays."""
    return np.where(columns < 0, -1, np.searchsorted(used, columns)).astype(np.int32)
