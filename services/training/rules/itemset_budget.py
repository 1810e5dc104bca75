"""How many frequent sets a support would make, counted before they are mined: memory stays bounded."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from services.core.refusals import Refusal
from services.training.rules.bits import packed

MOST_SETS = 20_000
_BLOCK = 256
_MOST_PAIRS = 200_000  # kept in memory; the rest are only counted


class Pairs(NamedTuple):
    """Pairs of columns that are frequent together.

    Attributes
    ----------
    total : int
        How many there are.
    first, second, baskets : ndarray of int, shape (n_pairs,)
        Each pair's columns, the lower one first, and the baskets that hold both; not those beyond 200,000.
    """

    total: int
    first: npt.NDArray[np.int64]
    second: npt.NDArray[np.int64]
    baskets: npt.NDArray[np.int64]


def least_count(support: float, baskets: int) -> int:
    """Return the fewest baskets that are a share of ``support``."""
    return math.ceil(support * baskets - 1e-9)


def frequent_columns(baskets: sparse.csr_array, least: int) -> npt.NDArray[np.intp]:
    """Return the columns filled in at least ``least`` rows."""
    return np.flatnonzero(np.asarray(baskets.sum(axis=0)).ravel() >= least)


def frequent_pairs(baskets: sparse.csr_array, least: int) -> Pairs:
    """Find the pairs of columns that at least ``least`` rows hold, a block of columns at a time.

    Parameters
    ----------
    baskets : csr_array of bool, shape (n_baskets, n_columns)
    least : int
    """
    whole = sparse.csc_array(baskets, dtype=np.int32)
    total, kept = 0, []
    for start in range(0, whole.shape[1], _BLOCK):
        met = sparse.coo_array(whole[:, start : start + _BLOCK].T @ whole)
        chosen = (met.data >= least) & (met.col > met.row + start)
        total += int(chosen.sum())
        if total <= _MOST_PAIRS:
            kept.append(np.stack([met.row[chosen] + start, met.col[chosen], met.data[chosen]]))
    found = np.concatenate(kept, axis=1) if kept else np.zeros((3, 0))
    first, second, count = found[:, np.lexsort(found[1::-1])].astype(np.int64)
    return Pairs(total, first, second, count)


def most_possible(columns: int, pairs: Pairs, longest: int) -> int:
    """Return how many sets of two columns and more there can be, from the pairs alone; 4 at most each."""
    if longest < 3 or pairs.total != len(pairs.first):
        return pairs.total
    joined = sparse.coo_array(
        (np.ones(pairs.total, np.int64), (pairs.first, pairs.second)), shape=(columns, columns)
    )
    both_ways = sparse.csr_array(joined + joined.T)
    # For each pair the columns frequent with both: three of such pairs are a triple, six a set of four.
    third = np.asarray((both_ways @ both_ways).multiply(joined).sum(axis=1)).ravel()
    triples = int(third.sum()) // 3
    bound = pairs.total + triples
    if longest < 4:
        return bound
    common = (both_ways @ both_ways).multiply(joined).data.astype(np.int64)
    return bound + int((common * (common - 1) // 2).sum()) // 6


def count_sets(baskets: sparse.csr_array, pairs: Pairs, least: int, longest: int, stop: int) -> int:
    """Count the frequent sets of two columns and more exactly, or until there are more than ``stop``.

    Parameters
    ----------
    baskets : csr_array of bool, shape (n_baskets, n_columns)
        Frequent columns only.
    pairs : Pairs
        Of these columns.
    least : int
        Baskets that a set must be in.
    longest : int
        Most columns of a set.
    stop : int
        More are not counted; pairs are in any case.
    """
    total = pairs.total
    if total > stop or longest < 3:
        return total
    partners = np.split(pairs.second, np.searchsorted(pairs.first, np.arange(1, baskets.shape[1])))
    rows = packed(baskets)
    for one, other in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        # Depth first: the rows that hold a set, the columns that may follow, the last one, the size.
        open_sets = [(rows[one] & rows[other], partners[one], other, 2)]
        while open_sets:
            held, follow, last, size = open_sets.pop()
            candidates = np.intersect1d(follow, partners[last], assume_unique=True)
            if not len(candidates):
                continue
            both = rows[candidates] & held
            frequent = np.flatnonzero(np.bitwise_count(both).sum(axis=1, dtype=np.int64) >= least)
            total += len(frequent)
            if size + 1 < longest:
                open_sets += [(both[at], candidates, int(candidates[at]), size + 1) for at in frequent]
        if total > stop:
            break
    return total


def check_support(baskets: sparse.csr_array, support: float, longest: int) -> None:
    """Refuse a support at which mining would make too many sets.

    Raises
    ------
    Refusal
        Whose ``field`` is ``support``; the sentence says how many sets it would make.
    """
    if not 0 < support <= 1:
        raise Refusal(
            "--support takes a share of baskets over 0, up to 1, such as 0.01.", "support", option="--support"
        )
    least = max(1, least_count(support, baskets.shape[0]))
    chosen = baskets[:, frequent_columns(baskets, least)]
    pairs = frequent_pairs(chosen, least)
    stop = 5 * MOST_SETS
    sets = chosen.shape[1] + count_sets(chosen, pairs, least, longest, stop)
    if sets > MOST_SETS:
        told = f"{sets:,}" if sets <= stop else f"over {sets:,}"
        raise Refusal(
            f"At a support of {support:g} ({least:,} of {baskets.shape[0]:,} baskets) mining would find "
            f"{told} sets of products; at most {MOST_SETS:,} are allowed. Give a higher --support.",
            "support",
            option="--support",
        )
