"""From scores to lists: the best of those allowed, and the reason of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from services.core.recommending.history import History
from services.core.recommending.methods import Scorer, Scores

ROWS_AT_ONCE = 512
_STEPS = 100_000  # scores that differ by less than one of these steps are equal


@dataclass(frozen=True)
class Ranked:
    """The best products of some customers.

    Attributes
    ----------
    products : ndarray of int, shape (m, n)
        Columns of the history, best first, −1 where there is none.
    scores : ndarray of float32, shape (m, n)
        0 where there is none.
    """

    products: npt.NDArray[np.intp]
    scores: Scores


def best(scores: Scores, allowed: npt.NDArray[np.bool_], n: int) -> Ranked:
    """Pick the best products of each row, ties to the lower column; a score of 0 or less is no reason.

    Parameters
    ----------
    scores : ndarray of float32, shape (m, p)
    allowed : ndarray of bool, shape (m, p)
    n : int
        Length of the lists.
    """
    (rows, products), short = scores.shape, min(n, scores.shape[1])
    listed, given = np.full((rows, n), -1), np.zeros((rows, n), np.float32)
    if not short:
        return Ranked(listed, given)
    open_to = np.where(allowed, scores, np.float32(0))
    # Only what reaches the last place can be listed; exact steps and ties are settled among these alone.
    last_place = np.partition(open_to, products - short, axis=1)[:, products - short].astype(np.float64)
    least = np.maximum(np.rint(last_place * _STEPS), 1)
    row, column = np.nonzero(open_to >= ((least - 0.75) / _STEPS).astype(np.float32)[:, np.newaxis])
    steps = np.rint(scores[row, column].astype(np.float64) * _STEPS).astype(np.int64)
    order = np.lexsort((column, -steps, row))
    row, column, steps = row[order], column[order], steps[order]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    kept = (place < short) & (steps > 0)
    row, column, place = row[kept], column[kept], place[kept]
    listed[row, place] = column
    given[row, place] = scores[row, column]
    return Ranked(listed, given)


def rank(
    history: History, scorer: Scorer, rows: npt.NDArray[np.intp], n: int, *, repeat: bool = False
) -> Ranked:
    """List the best products on sale for customers: those they never bought, or those they did.

    Parameters
    ----------
    history : History
    scorer : Scorer
    rows : ndarray of int, shape (m,)
    n : int
    repeat : bool
        Products bought before instead of new ones.
    """
    parts = []
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = rows[start : start + ROWS_AT_ONCE]
        own = history.orders[part].toarray() > 0
        parts.append(best(scorer(part), (own if repeat else ~own) & history.on_sale, n))
    if not parts:
        return Ranked(np.empty((0, n), np.intp), np.empty((0, n), np.float32))
    return Ranked(
        np.concatenate([part.products for part in parts]), np.concatenate([part.scores for part in parts])
    )


def partners(
    bought: sparse.csr_array, relation: Scores, products: npt.NDArray[np.intp]
) -> npt.NDArray[np.intp]:
    """Name for each product offered the one bought that speaks most for it.

    Parameters
    ----------
    bought : csr_array, shape (m, p)
    relation : ndarray, shape (p, p)
        From a product bought to one offered.
    products : ndarray of int, shape (m, n)
        Offered, −1 for none.

    Returns
    -------
    ndarray of int, shape (m, n)
        −1 where nothing is offered.
    """
    found = np.full(products.shape, -1)
    for row, offered in enumerate(products):
        own = bought.indices[bought.indptr[row] : bought.indptr[row + 1]]
        if len(own):
            found[row] = own[relation[np.ix_(own, offered)].argmax(axis=0)]
    found[products < 0] = -1
    return found
