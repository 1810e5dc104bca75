"""The best of the rules: strongest of each cluster, most frequent sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from services.serving.loaded import Loaded
from services.serving.rule_index import ALL, rule_index
from services.serving.rules import RuleFilters, find

TOP_OF_CLUSTER = 5
TOP_SETS = 10


@dataclass(frozen=True)
class FrequentSet:
    """Products that are bought together often: names, baskets with all of them, their share (0–1)."""

    names: tuple[str, ...]
    count: int
    support: float


def frequent_sets(release: Loaded, scope: str = ALL, limit: int = TOP_SETS) -> list[FrequentSet]:
    """Return the sets of two products and more that most baskets hold, most frequent first."""
    entries = release.overview["rule_scopes"]
    place = next((at for at, entry in enumerate(entries) if entry["id"] == scope), len(entries))
    start, stop = np.searchsorted(release.itemsets["scope"], [place, place + 1])
    items = release.overview["items"]
    return [
        FrequentSet(
            tuple(items[item]["description"] for item in release.itemsets["items"][row] if item >= 0),
            int(release.itemsets["count"][row]),
            float(release.itemsets["support"][row]),
        )
        for row in range(int(start), min(int(stop), int(start) + limit))
    ]


@dataclass(frozen=True)
class ClusterRules:
    """A cluster of the overview, how many rules it has, why none, and the rows of the strongest."""

    cluster: dict[str, Any]
    rules: int
    note: str
    rows: tuple[int, ...]


def top_of_clusters(release: Loaded, limit: int = TOP_OF_CLUSTER) -> list[ClusterRules]:
    """Return each cluster's rules of highest lift, one for each set of products: the surer direction."""
    index = rule_index(release)
    found = []
    for cluster in release.clusters:
        scope = f"cluster:{cluster['id']}"
        if scope in index.scopes:
            entry = index.entry(scope)
            rows = find(release, RuleFilters(scope))
            # stable: rules of equal lift stay in order of confidence
            order = rows[np.argsort(-index.columns["lift"][rows], kind="stable")]
            first = np.sort(np.unique(index.sets[order], return_index=True)[1])[:limit]
            found.append(ClusterRules(cluster, len(order), entry["note"], tuple(order[first].tolist())))
    return found
