"""A difference of mean spend: one permutation test gives the verdict and the interval, so that they agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.campaigns.holdout import CONFIDENCE

DRAWS = 9_999
FEWEST_DRAWS = 999
_MOST_CELLS = 200_000_000
_BLOCK = 2_000_000
_PARTS = round(2 / (1 - CONFIDENCE))
#: One buyer in so many counts as no more than the next.
CUT = 20
_TINY = 1e-12

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Shifts:
    """Differences of means, treated less holdout, one for each comparison.

    Attributes
    ----------
    difference, low, high : ndarray of float, shape (n_comparisons,)
        The estimate and its 95 % interval, in the unit of what was spent.
    """

    difference: Floats
    low: Floats
    high: Floats


def counted(spent: Floats) -> tuple[Floats, Floats]:
    """Cut the largest sums, so that a few customers do not decide for all.

    Parameters
    ----------
    spent : ndarray of float, shape (n_customers, n_comparisons)

    Returns
    -------
    ndarray of float, shape (n_customers, n_comparisons)
        What counts: at most the cut.
    ndarray of float, shape (n_comparisons,)
        The cut: what the first buyer spent who is not among the largest twentieth; the largest sum where
        there are fewer than twenty buyers.

    Notes
    -----
    Winsorised at the 95 % point of buyers in both groups together, so that who was held out has no say in it
    (Tukey and McLaughlin, *Sankhyā* A 25, 1963, 331–352). Of all customers it would be nothing where few buy.
    """
    place = np.count_nonzero(spent > 0, axis=0) // CUT
    cut = np.take_along_axis(-np.sort(-spent, axis=0), place[None, :], axis=0)[0]
    return np.minimum(spent, cut), cut


def draws_for(customers: int) -> int:
    """Return how many permutations are drawn: 9,999, from 20,000 customers on fewer, to end in seconds."""
    return min(DRAWS, max(FEWEST_DRAWS, _MOST_CELLS // max(customers, 1) // 1000 * 1000 - 1))


def shifts(
    spent: Floats,
    held: npt.NDArray[np.bool_],
    share: float,
    draws: int,
    seed: int,
    before: Floats | None = None,
) -> Shifts:
    """Compare the treated with the holdout as if the holdout had been drawn otherwise.

    Parameters
    ----------
    spent : ndarray of float, shape (n_customers, n_comparisons)
    held : ndarray of bool, shape (n_customers, n_comparisons)
        Who was held out; in each comparison at least one, and not everybody.
    share : float
        With which each customer was drawn for the holdout, independently of the others.
    draws : int
        Holdouts to draw; one more than a multiple of 40 less two loses nothing to rounding (799, 9,999).
    seed : int
    before : ndarray of float, shape (n_customers, n_comparisons), optional
        Spend before the start, whose square root is then allowed for.

    Notes
    -----
    Under the hypothesis that every treated customer spent δ more because of the campaign, ``spent`` less δ
    is what they would have spent anyway, whoever was held out. T is the sum of the treated's deviations from
    the mean over √(m n), the mean difference in units of its spread, for groups of m and n. T of a drawn
    holdout is linear in δ, and so is T as observed; a draw is the more extreme one on one side of the δ at
    which both are equal. Sorted, these δ are the test for every δ at once: the interval holds those that are
    rejected on neither side at 2.5 %, and excludes 0 exactly where the test of no effect rejects (Ernst,
    *Statistical Science* 19, 2004, 676–685; p with one added, Phipson and Smyth 2010).

    With ``before``, deviations are those from a regression on it, in which nobody's group has a say (Freedman
    and Lane 1983); the estimate is then that of analysis of covariance, known as CUPED.
    """
    customers, comparisons = spent.shape
    both: Floats = np.hstack([spent - spent.mean(axis=0), held.mean(axis=0) - held])
    if before is not None:
        known = np.sqrt(np.maximum(before, 0.0))
        known -= known.mean(axis=0)
        known = np.hstack([known, known])
        slope = (known * both).sum(axis=0) / np.maximum((known**2).sum(axis=0), _TINY)
        both -= known * slope
    out = np.hstack([held, held])
    observed = -(out * both).sum(axis=0) / _scale(np.count_nonzero(out, axis=0), customers)
    crossings = np.empty((draws, comparisons))
    single = both.astype(np.float32)  # twice as fast, and right to a millionth
    random = np.random.default_rng(seed)
    rows = max(1, _BLOCK // customers)
    for start in range(0, draws, rows):
        drawn = random.random((min(rows, draws - start), customers), dtype=np.float32) < share
        scale = _scale(np.count_nonzero(drawn, axis=1), customers)
        apart = observed + (drawn.astype(np.float32) @ single) / scale[:, None]
        steps = np.maximum(apart[:, comparisons:], _TINY)
        crossings[start : start + len(drawn)] = apart[:, :comparisons] / steps
    least = (draws + 1) // _PARTS
    crossings.partition((least - 1, draws - least), axis=0)
    estimate = observed[:comparisons] / np.maximum(observed[comparisons:], _TINY)
    return Shifts(estimate, crossings[least - 1], crossings[draws - least])


def _scale(held: npt.NDArray[np.intp], customers: int) -> Floats:
    scale: Floats = np.sqrt(np.maximum(held * (customers - held), 1).astype(np.float64))
    return scale
