"""Which columns, pairs and larger sets are in enough baskets, counted on bits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from services.training.rules.bits import Counts, Words, counted, packed

_BLOCK = 256

Items = npt.NDArray[np.integer]


class Pairs(NamedTuple):
    """Pairs of columns that are frequent together.

    Attributes
    ----------
    least : int
        The baskets that each of them is in at least, raised where there were too many.
    columns : ndarray of int, shape (n_pairs, 2)
        The lower column first; the pairs in the order of their columns.
    baskets : ndarray of int, shape (n_pairs,)
        Baskets that hold both.
    """

    least: int
    columns: npt.NDArray[np.int64]
    baskets: Counts

    def at_least(self, least: int) -> Pairs:
        """Return those that are in so many baskets."""
        kept = self.baskets >= least
        return Pairs(least, self.columns[kept], self.baskets[kept])


class Sets(NamedTuple):
    """Sets of columns that are frequent together.

    Attributes
    ----------
    total : int
        How many there are; where it was stopped, more than were allowed.
    items : ndarray of int, shape (n_sets, longest)
        Columns of each, ascending, −1 padded behind; the sets in the order of their columns. None where it
        was stopped.
    baskets : ndarray of int, shape (n_sets,)
        The baskets that hold all of them.
    """

    total: int
    items: Items
    baskets: Counts


def least_count(support: float, baskets: int) -> int:
    """Return the fewest baskets that are a share of ``support``."""
    return math.ceil(support * baskets - 1e-9)


def frequent_columns(baskets: sparse.csr_array, least: int) -> npt.NDArray[np.intp]:
    """Return the columns filled in at least ``least`` rows."""
    return np.flatnonzero(np.asarray(baskets.sum(axis=0)).ravel() >= least)


def frequent_pairs(baskets: sparse.csr_array, least: int, most: int) -> Pairs:
    """Find the pairs of columns that at least ``least`` rows hold, or more where that leaves over ``most``.

    Parameters
    ----------
    baskets : csr_array of bool, shape (n_baskets, n_columns)
    least : int
    most : int
        Pairs at most. Where there are more, ``least`` becomes the lowest number that leaves no more.

    Notes
    -----
    A pair is in no more baskets than its rarer column. So columns are taken by how many baskets they are in,
    a block at a time, and no further than to where rarer ones could change nothing.
    """
    popular = np.asarray(baskets.sum(axis=0)).ravel()
    order = np.argsort(-popular, kind="stable")
    order = order[popular[order] >= least]
    whole = sparse.csc_array(baskets[:, order], dtype=np.int32)
    columns, counts = np.zeros((0, 2), np.int64), np.zeros(0, np.int64)
    for start in range(0, len(order), _BLOCK):
        if popular[order[start]] < least:
            break
        stop = min(start + _BLOCK, len(order))
        met = sparse.coo_array(whole[:, start:stop].T @ whole[:, :stop])
        chosen = (met.data >= least) & (met.col < met.row + start)
        found = np.column_stack([order[met.row[chosen] + start], order[met.col[chosen]]])
        columns, counts = np.vstack([columns, found]), np.concatenate([counts, met.data[chosen]])
        if len(counts) > most:
            least = int(np.partition(counts, -most - 1)[-most - 1]) + 1
            kept = counts >= least
            columns, counts = columns[kept], counts[kept]
    columns = np.sort(columns, axis=1)
    placed = np.lexsort(columns.T[::-1])
    return Pairs(least, columns[placed], counts[placed])


def frequent_sets(baskets: sparse.csr_array, pairs: Pairs, longest: int, stop: int) -> Sets:
    """Find the frequent sets of two columns and more, or that there are more than ``stop`` of them.

    Parameters
    ----------
    baskets : csr_array of bool, shape (n_baskets, n_columns)
    pairs : Pairs
        All the pairs of these columns that are in as many baskets as a set has to be.
    longest : int
        Most columns of a set, at least two.
    stop : int
        More sets are not looked for.
    """
    total = len(pairs.baskets)
    none = Sets(total, np.zeros((0, longest), np.int64), np.zeros(0, np.int64))
    if total > stop or not total:
        return none
    used, place = np.unique(pairs.columns, return_inverse=True)
    couples = place.reshape(-1, 2)
    found: list[tuple[Items, Counts]] = [(couples, pairs.baskets)]
    if longest > 2:
        ones = np.ones(total, np.int8)
        partners = sparse.csr_array((ones, (couples[:, 0], couples[:, 1])), shape=(len(used), len(used)))
        rows = packed(baskets[:, used])
        for items, count in _grown(rows, partners, couples, (partners, couples[:, 0]), pairs.least, longest):
            total += len(items)
            if total > stop:
                return none._replace(total=total)
            found.append((items, count))
    items = np.vstack([_widened(used[some], longest) for some, _ in found])
    order = np.lexsort(items.T[::-1])
    return Sets(total, items[order], np.concatenate([count for _, count in found])[order])


def _grown(
    rows: Words,
    partners: sparse.csr_array,
    sets: Items,
    follow: tuple[sparse.csr_array, Items],
    least: int,
    longest: int,
) -> Iterator[tuple[Items, Counts]]:
    """Give the frequent sets that begin with one of ``sets``, a block of them at a time.

    ``follow`` marks which columns may come next as far as a set without its last column says, and names the
    row of each set in that; ``partners`` says it of the last one. Rows are looked up for a block alone: a
    column that goes with all others has a long row, and many sets begin with it.
    """
    marked, rows_of = follow
    for start in range(0, len(sets), _BLOCK):
        some = sets[start : start + _BLOCK]
        open_to = sparse.coo_array(marked[rows_of[start : start + _BLOCK]].multiply(partners[some[:, -1]]))
        longer = np.column_stack([some[open_to.row], open_to.col])
        count = counted(rows, longer)
        frequent = count >= least
        longer, place = longer[frequent], open_to.row[frequent]
        yield longer, count[frequent]
        if len(longer) and longer.shape[1] < longest:
            ones = np.ones(len(place), np.int8)
            further = sparse.csr_array((ones, (place, longer[:, -1])), shape=open_to.shape)
            yield from _grown(rows, partners, longer, (further, place), least, longest)


def _widened(items: Items, width: int) -> Items:
    return np.pad(items, ((0, 0), (0, width - items.shape[1])), constant_values=-1)
