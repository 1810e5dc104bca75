"""Which cells of cohorts are left out: those of under five people, and what would give them away."""

from __future__ import annotations

import numpy as np

from services.core.cohorts.matrix import Flags, Matrix
from services.core.cohorts.periods import Whole

LEAST = 5


def hidden(found: Matrix) -> Flags:
    """Say which cells are left out, shape (cohorts, cohorts); the first of a row stands for its cohort.

    Notes
    -----
    Left out are cells of fewer than ``LEAST`` people, none included, and the whole row of a cohort of fewer.
    How many customers there are, and how many of them ordered in a month, other pages say. So what is left
    out of the cohorts together, and of each calendar period together, is of nobody or of ``LEAST`` people or
    more: else the smallest that is shown goes, too.
    """
    count, people = len(found.sizes), found.people
    there = found.there()
    rows = found.sizes < LEAST
    while 0 < found.sizes[rows].sum() < LEAST and not rows.all():
        rows[_smallest(found.sizes, ~rows)] = True
    out = there & ((people < LEAST) | rows[:, None])
    cohort = np.arange(count)
    for period in range(count):
        at = cohort[: period + 1], period - cohort[: period + 1]
        while 0 < people[at][out[at]].sum() < LEAST and not out[at].all():
            row = _smallest(people[at], ~out[at])
            if row == period:  # its first cell is the cohort
                out[row] = there[row]
            out[row, period - row] = True
    return out


def without_cumulative(out: Flags) -> Flags:
    """Say which sums up to a cell are left out: from the first cell of a row that is.

    A sum less the one before is the cell itself.
    """
    found: Flags = np.logical_or.accumulate(out, axis=1)
    return found


def _smallest(values: Whole, among: Flags) -> int:
    return int(np.flatnonzero(among)[values[among].argmin()])
