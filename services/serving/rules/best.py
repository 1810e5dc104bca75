"""The best of the rules: strongest of each cluster, most frequent sets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.releases.overview.groups import Cluster
from services.serving.release.loaded import Loaded
from services.serving.rules.find import OF_CUSTOMERS, SIDES, RuleFilters, find
from services.serving.rules.index import Rows, rule_index
from services.serving.rules.sets import counted, strongest

TOP_OF_CLUSTER = 5
TOP_SETS = 10


@dataclass(frozen=True)
class FrequentSet:
    """Products that are bought together often: codes and names, baskets with all of them, their share."""

    products: tuple[tuple[str, str], ...]
    count: int
    support: float


def frequent_sets(release: Loaded, found: Rows, limit: int = TOP_SETS) -> list[FrequentSet]:
    """Return the sets of products of some rules that most baskets hold, most frequent first.

    Parameters
    ----------
    release : Loaded
    found : ndarray of int
        Rows of the rules, as ``rules.find`` returns them.
    limit : int
    """
    index, items = rule_index(release), release.overview.items
    first = found[np.unique(index.sets[found], return_index=True)[1]]
    most = first[np.argsort(-release.rules["count"][first], kind="stable")[:limit]]
    return [
        FrequentSet(
            tuple(
                (items[place].product, items[place].description)
                for place in sorted(np.concatenate([release.rules[side][row] for side in SIDES]).tolist())
                if place >= 0
            ),
            int(release.rules["count"][row]),
            float(release.rules["support"][row]),
        )
        for row in most.tolist()
    ]


@dataclass(frozen=True)
class ClusterRules:
    """A cluster of the overview, how many rules it has, why none, and the rows of the strongest."""

    cluster: Cluster
    rules: int
    note: str
    rows: tuple[int, ...]


def top_of_clusters(
    release: Loaded, *, of_customers: bool = False, limit: int = TOP_OF_CLUSTER
) -> list[ClusterRules]:
    """Return each cluster's rules of highest lift beyond chance, the best of each set of products."""
    index = rule_index(release)
    found = []
    for cluster in release.clusters:
        scope = f"cluster:{cluster.id}" + f"@{OF_CUSTOMERS}" * of_customers
        if scope in index.scopes:
            entry = index.entry(scope)
            rows = find(release, RuleFilters(scope))
            count, best = counted(release, rows).rules, strongest(release, rows, limit)
            found.append(ClusterRules(cluster, count, entry.note, tuple(best.tolist())))
    return found
