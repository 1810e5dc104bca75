"""Words of product descriptions that a group of customers buys more than others do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.training.lines.baskets import Baskets

MOST_WORDS = 6
LEAST_PRODUCTS = 3  # with the word: fewer say a product, not a taste
LEAST_CUSTOMERS = 5
LEAST_RATIO = 1.2
_WORD = re.compile(r"[^\W\d_]{3,}")
_PLAIN = frozenset(
    (
        "and",
        "assorted",
        "for",
        "from",
        "large",
        "mini",
        "pack",
        "piece",
        "pieces",
        "set",
        "small",
        "the",
        "with",
    )
)


def words_of(description: str) -> list[str]:
    """Return the words of a product's description that say something of it, ascending."""
    return sorted(set(_WORD.findall(description.lower())) - _PLAIN)


def distinctive_words(
    baskets: Baskets, group_of: pd.Series, k: int, names: Mapping[str, str]
) -> list[list[dict[str, Any]]]:
    """Return for each group the words that stand out among what it buys.

    Parameters
    ----------
    baskets : Baskets
    group_of : Series of int, indexed by customer id
        Below zero for customers of no group; they count among all.
    k : int
    names : mapping of str to str
        Item to its description; items without one have no words.

    Returns
    -------
    list of list of dict
        ``word``, ``customers`` of the group who bought it, ``ratio``: the share of the group's items with the
        word over the share of all. ``MOST_WORDS`` at most, of ``LEAST_RATIO``, ``LEAST_PRODUCTS`` and
        ``LEAST_CUSTOMERS`` and more; first those that chance explains least (Dunning's log-likelihood, 1993).
    """
    items_of = defaultdict(list)
    for item, product in enumerate(baskets.items):
        for word in words_of(names.get(product, "")):
            items_of[word].append(item)
    words = sorted(word for word, items in items_of.items() if len(items) >= LEAST_PRODUCTS)
    if not words:
        return [[] for _ in range(k)]
    matrix = sparse.csr_array(baskets.matrix, dtype=np.int32)
    owner = group_of.reindex(baskets.customers).to_numpy(np.intp)
    bought = np.stack([matrix[owner == label].sum(axis=0) for label in range(k)]).astype(np.float64)
    everything = matrix.sum(axis=0).astype(np.float64)

    def with_words(counts: npt.NDArray) -> npt.NDArray:
        return np.stack([counts[..., items_of[word]].sum(axis=-1) for word in words], axis=-1)

    own, overall = with_words(bought), with_words(everything)
    found = []
    for label in range(k):
        total, all_items = bought[label].sum(), everything.sum()
        ratio = own[label] / max(total, 1) / np.maximum(overall / all_items, 1e-12)
        keyness = _keyness(own[label], total, overall - own[label], all_items - total)
        ranked = np.lexsort((np.arange(len(words)), -keyness))
        said: list[dict[str, Any]] = []
        mine = matrix[owner == label]
        people = baskets.customers[owner == label]
        for place in ranked[ratio[ranked] >= LEAST_RATIO]:
            holders = mine[:, items_of[words[place]]].sum(axis=1) > 0
            customers = len(set(people[holders]))
            if customers >= LEAST_CUSTOMERS:
                said.append(
                    {"word": words[place], "customers": customers, "ratio": float(ratio[place])},
                )
            if len(said) == MOST_WORDS or keyness[place] <= 0:
                break
        found.append(said)
    return found


def _keyness(own: npt.NDArray, total: float, others: npt.NDArray, rest: float) -> npt.NDArray:
    """Return the log-likelihood that a word's rate differs between a group's items and all others'."""
    rate = (own + others) / max(total + rest, 1)

    def part(observed: npt.NDArray, size: float) -> npt.NDArray:
        expected = np.maximum(size * rate, 1e-12)
        return np.where(observed > 0, observed * np.log(np.maximum(observed, 1e-12) / expected), 0.0)

    return 2 * (part(own, total) + part(others, rest))
