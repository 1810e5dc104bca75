"""Mined sets and rules as the columns of a release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.rules import MEASURES
from services.training.lines.baskets import Baskets
from services.training.mining import MAX_ITEMS, MAX_ITEMS_OF_GROUP, Mined, mine

COUNTS = ("count", "antecedent_count", "consequent_count")
Columns = dict[str, npt.NDArray]


@dataclass(frozen=True)
class Scope:
    """A group whose baskets are mined: everybody, a cluster or a segment."""

    id: str
    name: str
    customers: npt.NDArray[np.object_] | None


@dataclass(frozen=True)
class RuleTables:
    """What goes into ``rules/``, ``itemsets/`` and the overview."""

    rules: Columns
    itemsets: Columns
    scopes: list[dict[str, Any]]
    items: list[dict[str, str]]


def mine_scopes(baskets: Baskets, scopes: Iterable[Scope], descriptions: Mapping[str, str]) -> RuleTables:
    """Mine each scope's baskets and lay the results out as columns.

    Parameters
    ----------
    baskets : Baskets
    scopes : iterable of Scope
        The whole base first.
    descriptions : mapping
        Item label to the name shown.
    """
    mined = [(scope, mine(_chosen(baskets, scope), max_items=_longest(scope))) for scope in scopes]
    used = sorted({item for _, found in mined for items in found.itemsets["items"] for item in items})
    place = {item: index for index, item in enumerate(used)}
    several = [found.itemsets[found.itemsets["items"].map(len) > 1] for _, found in mined]
    return RuleTables(
        rules=_rule_columns([found.rules for _, found in mined], place),
        itemsets=_itemset_columns(several, place),
        scopes=[_scope_entry(scope, found) for scope, found in mined],
        items=[
            {
                "product": baskets.items[item],
                "description": descriptions.get(baskets.items[item], baskets.items[item]).strip(),
            }
            for item in used
        ],
    )


def _chosen(baskets: Baskets, scope: Scope):  # noqa: ANN202 (scipy's own type)
    return baskets.matrix if scope.customers is None else baskets.of(scope.customers).matrix


def _longest(scope: Scope) -> int:
    return MAX_ITEMS if scope.customers is None else MAX_ITEMS_OF_GROUP


def _scope_entry(scope: Scope, found: Mined) -> dict[str, Any]:
    return {
        "id": scope.id,
        "name": scope.name,
        "baskets": found.baskets,
        "products": found.products,
        "itemsets": len(found.itemsets),
        "rules": len(found.rules),
        "min_support": found.min_support,
        "min_count": int(np.ceil(found.min_support * found.baskets - 1e-9)),
        "note": found.note,
    }


def _rule_columns(tables: list[pd.DataFrame], place: Mapping[int, int]) -> Columns:
    rules = _stacked(tables)
    sides = {side: _padded(rules[side], place, MAX_ITEMS - 1) for side in ("antecedents", "consequents")}
    order = np.lexsort(
        (
            *(sides["consequents"].T[::-1]),
            *(sides["antecedents"].T[::-1]),
            -rules["count"].to_numpy(np.int64),
            -rules["lift"].to_numpy(np.float64),
            -rules["confidence"].to_numpy(np.float64),
            rules["scope"].to_numpy(np.int16),
        )
    )
    columns: Columns = {side: values[order] for side, values in sides.items()}
    columns["scope"] = rules["scope"].to_numpy(np.int16)[order]
    columns |= {name: rules[name].to_numpy(np.int32)[order] for name in COUNTS}
    columns |= {name: rules[name].to_numpy(np.float64)[order] for name in MEASURES}
    columns["redundant"] = rules["redundant"].to_numpy(bool)[order]
    return columns


def _itemset_columns(tables: list[pd.DataFrame], place: Mapping[int, int]) -> Columns:
    sets = _stacked(tables)
    items = _padded(sets["items"], place, MAX_ITEMS)
    count = sets["count"].to_numpy(np.int64)
    order = np.lexsort((*(items.T[::-1]), -count, sets["scope"].to_numpy(np.int16)))
    return {
        "scope": sets["scope"].to_numpy(np.int16)[order],
        "items": items[order],
        "count": count.astype(np.int32)[order],
        "support": sets["support"].to_numpy(np.float64)[order],
    }


def _stacked(tables: list[pd.DataFrame]) -> pd.DataFrame:
    numbered = [table.assign(scope=np.int16(index)) for index, table in enumerate(tables)]
    filled = [table for table in numbered if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else numbered[0]


def _padded(sets: Iterable[frozenset[int]], place: Mapping[int, int], width: int) -> npt.NDArray[np.int32]:
    rows = [sorted(place[item] for item in items) for items in sets]
    return np.array([row + [-1] * (width - len(row)) for row in rows], dtype=np.int32).reshape(-1, width)
