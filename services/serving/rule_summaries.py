"""The best of the rules: strongest of each cluster, most frequent sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from services.serving.loaded import Loaded
from services.serving.rule_index import ALL, rule_index

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
    """A cluster of the overview, its entry in ``rule_scopes``, and the rows of its strongest rules."""

    cluster: dict[str, Any]
    scope: dict[str, Any]
    rows: tuple[int, ...]


def top_of_clusters(release: Loaded, limit: int = TOP_OF_CLUSTER) -> list[ClusterRules]:
    """Return each cluster's rules of highest lift, one for each set of products: the surer direction."""
    index = rule_index(release)
    found = []
    for cluster in release.clusters:
        scope = f"cluster:{cluster['id']}"
        if scope in index.scopes:
            entry, rows = index.scopes[scope]
            # stable: rules of equal lift stay in order of confidence
            order = np.argsort(-index.columns["lift"][rows], kind="stable") + rows.start
            first = np.sort(np.unique(index.sets[order], return_index=True)[1])[:limit]
            found.append(ClusterRules(cluster, entry, tuple(order[first].tolist())))
    return found
