"""Sets counted on bits: a product is words of bits, a bit a basket; counting is and-ing and adding up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

_AT_ONCE = 64
_BYTES = 8_000_000

Words = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]


def packed(baskets: sparse.csr_array) -> Words:
    """Return each column as bits, shape (n_columns, n_words)."""
    n, columns = baskets.shape
    words = np.zeros((columns, -(-n // 64) * 8), np.uint8)
    by_column = sparse.csc_array(baskets)
    for start in range(0, columns, _AT_ONCE):
        some = by_column[:, start : start + _AT_ONCE].toarray().T
        words[start : start + _AT_ONCE, : -(-n // 8)] = np.packbits(some, axis=1)
    return words.view(np.uint64)


def counts_of(baskets: sparse.csr_array, sets: npt.NDArray[np.integer]) -> Counts:
    """Count the baskets that hold all columns of each set.

    Parameters
    ----------
    baskets : csr_array of bool, shape (n_baskets, n_columns)
    sets : ndarray of int, shape (n_sets, width)
        Columns of each set, −1 padded.

    Returns
    -------
    ndarray of int, shape (n_sets,)
    """
    return counted(*_placed(baskets, sets))


def counted(rows: Words, sets: npt.NDArray[np.integer]) -> Counts:
    """Count the bits that all rows of each set have, shape (n_sets,).

    Parameters
    ----------
    rows : ndarray of uint64, shape (n_rows, n_words)
        As ``packed`` gives them.
    sets : ndarray of int, shape (n_sets, width)
        Rows of each set.
    """
    step = max(1, _BYTES // 8 // max(rows.shape[1], 1))
    found = [np.bitwise_count(some).sum(axis=1, dtype=np.int64) for some in _held(rows, sets, step)]
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def customers_of(
    baskets: sparse.csr_array, owners: npt.NDArray[np.integer], sets: npt.NDArray[np.integer]
) -> tuple[Counts, Counts]:
    """Count the customers who have a basket that holds all columns of each set.

    Parameters
    ----------
    baskets : csr_array of bool, shape (n_baskets, n_columns)
    owners : ndarray of int, shape (n_baskets,)
        The customer's number of each basket.
    sets : ndarray of int, shape (n_sets, width)
        As ``counts_of`` takes them.

    Returns
    -------
    customers, largest : ndarray of int, shape (n_sets,)
        Customers, and the baskets of the one who has most of them.
    """
    n = baskets.shape[0]
    customers, largest = (np.zeros(len(sets), np.int64) for _ in range(2))
    if not n:
        return customers, largest
    order = np.argsort(owners, kind="stable")
    baskets, owners = baskets[order], owners[order]
    first = np.flatnonzero(np.diff(owners, prepend=owners[0] - 1))
    step, start = max(1, _BYTES // n), 0
    for some in _held(*_placed(baskets, sets), step):
        held = np.unpackbits(some.view(np.uint8), axis=1, count=n)
        theirs = np.add.reduceat(held, first, axis=1, dtype=np.int32)
        end = start + len(some)
        customers[start:end] = np.count_nonzero(theirs, axis=1)
        largest[start:end] = theirs.max(axis=1)
        start = end
    return customers, largest


def _placed(
    baskets: sparse.csr_array, sets: npt.NDArray[np.integer]
) -> tuple[Words, npt.NDArray[np.integer]]:
    """Pack the columns that are in a set; give them, and the sets as rows of what is packed."""
    used, place = np.unique(sets, return_inverse=True)
    known = used[used >= 0]
    rows = np.vstack([packed(baskets[:, known]), np.full((1, -(-baskets.shape[0] // 64)), ~np.uint64(0))])
    # the padding of −1 sorts first: it becomes the last row, whose bits are all set
    return rows, place.reshape(sets.shape) - (len(used) - len(known))


def _held(rows: Words, sets: npt.NDArray[np.integer], step: int) -> Iterator[Words]:
    """Give the bits that all rows of each set have, ``step`` sets at a time."""
    for start in range(0, len(sets), step):
        chosen = sets[start : start + step]
        held = rows[chosen[:, 0]]
        for column in range(1, sets.shape[1]):
            held &= rows[chosen[:, column]]
        yield held
