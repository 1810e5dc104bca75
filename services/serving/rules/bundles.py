"""Bundles: products that sell together, what they cost at list prices, and who buys them most."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.releases.overview.groups import Cluster
from services.serving.release.loaded import Loaded
from services.serving.release.once import once
from services.serving.rules.find import SIDES, RuleFilters
from services.serving.rules.index import ALL, Rows, rule_index

MOST_BUNDLES = 10


@dataclass(frozen=True)
class Favourite:
    """The cluster in whose baskets a bundle has the largest share, and that share beside all baskets'.

    Attributes
    ----------
    cluster : Cluster
        Its entry in the overview.
    count, baskets : int
        Baskets of the cluster with the bundle, and all of them.
    everywhere : float or None
        Share of everybody's baskets, 0–1; None where it is below what was mined.
    """

    cluster: Cluster
    count: int
    baskets: int
    everywhere: float | None


@dataclass(frozen=True)
class Bundle:
    """Products that sell together.

    Attributes
    ----------
    products : tuple of (str, str)
        Codes and names.
    count : int
        Baskets that hold all of them.
    share : float
        Of the baskets asked for, 0–1.
    price : float or None
        Sum of the products' median prices; None where one is not known.
    favourite : Favourite or None
        None where it cannot be told, since too few baskets of a cluster hold the bundle to be counted.
    """

    products: tuple[tuple[str, str], ...]
    count: int
    share: float
    price: float | None
    favourite: Favourite | None


def bundles(release: Loaded, found: Rows, filters: RuleFilters, limit: int = MOST_BUNDLES) -> list[Bundle]:
    """Return the bundles among some rules, first those that one in each of their baskets is worth most.

    Parameters
    ----------
    release : Loaded
    found : ndarray of int
        Rows of the rules, as ``rules.find`` returns them for ``filters``.
    filters : RuleFilters
    limit : int

    Notes
    -----
    A product stands in one bundle only, the one worth most, so a set and its parts are never both listed
    unless the products they share are asked for. Codes that are no product are in none. Where prices are not
    known, most baskets come first.
    """
    index, (prices, sold) = rule_index(release), _products(release)
    first = found[np.unique(index.sets[found], return_index=True)[1]]
    both = np.sort(np.hstack([release.rules[side][first] for side in SIDES]), axis=1)
    fine = sold[both].all(axis=1)
    both, counts = both[fine], release.rules["count"][first[fine]]
    totals = np.where(both < 0, 0.0, prices[both]).sum(axis=1)
    order = np.lexsort((*both.T[::-1], -counts, -np.nan_to_num(totals) * counts))
    chosen = _distinct(both, order, _asked(release, filters), limit)
    sets = [tuple(item for item in both[place].tolist() if item >= 0) for place in chosen]
    baskets = index.entry(filters.scope).baskets
    favourites = _favourites(release, sets, filters.scope.partition("@")[2])
    return [
        Bundle(
            products=tuple(_named(release, items)),
            count=int(counts[place]),
            share=int(counts[place]) / baskets,
            price=None if math.isnan(totals[place]) else round(float(totals[place]), 4),
            favourite=favourite,
        )
        for place, items, favourite in zip(chosen, sets, favourites, strict=True)
    ]


def _distinct(both: Rows, order: Rows, asked: set[int], limit: int) -> list[int]:
    """Walk through sets in their order and keep those that share no product with one before."""
    taken: set[int] = set()
    free = asked | {-1}
    chosen = []
    for place, items in zip(order.tolist(), both[order].tolist(), strict=True):
        if taken.isdisjoint(items):
            chosen.append(place)
            taken.update(item for item in items if item not in free)
            if len(chosen) == limit:
                break
    return chosen


def _asked(release: Loaded, filters: RuleFilters) -> set[int]:
    meant = [rule_index(release).meant(text) for text in filters.items]
    return {places[0] for places in meant if len(places) == 1}


def _named(release: Loaded, items: Iterable[int]) -> Iterator[tuple[str, str]]:
    for place in items:
        item = release.overview.items[place]
        yield item.product, item.description


def _favourites(release: Loaded, sets: list[tuple[int, ...]], of: str) -> list[Favourite | None]:
    """Find the cluster with the largest share of each set; one that was not counted is below its support."""
    index = rule_index(release)
    suffix = f"@{of}" if of else ""
    names = [(cluster, f"cluster:{cluster.id}{suffix}") for cluster in release.clusters]
    mined = [
        (cluster, index.entry(name), _counts(release, name, sets))
        for cluster, name in names
        if name in index.scopes
    ]
    everybody = ALL + suffix
    whole = _counts(release, everybody, sets)
    found: list[Favourite | None] = []
    for place in range(len(sets)):
        known = [
            (counts[place] / entry.baskets, number)
            for number, (_, entry, counts) in enumerate(mined)
            if counts[place]
        ]
        # with too few baskets to be mined, any share is possible
        bounds = [
            entry.min_support if entry.itemsets else 1.0 for _, entry, counts in mined if not counts[place]
        ]
        best = max(known, key=lambda share: share[0], default=None)
        if best is None or best[0] < max(bounds, default=0.0):
            found.append(None)
            continue
        cluster, entry, counts = mined[best[1]]
        share = whole[place] / index.entry(everybody).baskets if whole[place] else None
        found.append(Favourite(cluster, counts[place], entry.baskets, share))
    return found


def _counts(release: Loaded, scope: str, sets: list[tuple[int, ...]]) -> list[int]:
    """Return how many baskets of a scope hold each set; 0 where it is not among its frequent sets."""
    rows = rule_index(release).set_rows(scope)
    held = release.itemsets["items"][rows]
    wanted = np.array([[*items, *[-1] * (held.shape[1] - len(items))] for items in sets], held.dtype)
    if not len(held) or not len(wanted):
        return [0] * len(sets)
    same = (held[:, None, :] == wanted[None]).all(axis=2)
    counts = release.itemsets["count"][rows][same.argmax(axis=0)]
    return np.where(same.any(axis=0), counts, 0).tolist()


Products = tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]


@once
def _products(release: Loaded) -> Products:
    """Return the items' median prices, and which are sold; a last entry stands for no item."""
    places = rule_index(release).places
    prices, sold = np.full(len(places) + 1, np.nan), np.ones(len(places) + 1, dtype=bool)
    for code, price, is_sold in release.lookup().execute("SELECT product, price, sold FROM products"):
        if code in places:
            prices[places[code]] = np.nan if price is None else price
            sold[places[code]] = bool(is_sold)
    return prices, sold
