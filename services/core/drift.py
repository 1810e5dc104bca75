"""Whether one group of values is still like another: the measures that say that a model has aged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Shift = Literal["none", "some", "large"]
PARTS = 10
SOME, LARGE = 0.1, 0.25
"""From which index on a shift counts: Siddiqi, *Credit Risk Scorecards*, 2006."""
CHANCE = 0.99
_NEVER_EMPTY = 0.5  # customers added to each part, so that an empty one has a logarithm


@dataclass(frozen=True)
class Drift:
    """How far values of today lie from those before.

    Attributes
    ----------
    psi : float
        Population stability index: Σ (q − p) ln(q/p) over the parts, p the share before and q today.
    ks : float or None
        Largest difference of the two cumulative shares, 0–1; None for groups without an order.
    shift : {"none", "some", "large"}
        ``none`` also where as large an index comes by chance in more than one sample of a hundred.
    """

    psi: float
    ks: float | None
    shift: Shift


def of_values(before: Values, today: Values) -> Drift:
    """Compare two groups of values.

    Parameters
    ----------
    before, today : ndarray, shape (n,), (m,)
        At least one each. Parts end at the tenths of ``before``, fewer where ties make tenths equal; the last
        holds what lies above all values before.

    Notes
    -----
    By chance alone the index times nm/(n + m) is a χ² of one degree of freedom fewer than there are parts:
    Yurdakul, *Statistical Properties of Population Stability Index*, 2018. Without that, small shops would
    always seem to drift.
    """
    from scipy.stats import ks_2samp

    edges = np.unique(np.quantile(before, np.arange(1, PARTS + 1) / PARTS, method="inverted_cdf"))
    counts = [
        np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)
        for values in (before, today)
    ]
    return _drift(counts[0], counts[1], float(ks_2samp(before, today, method="asymp").statistic))


def of_groups(before: npt.NDArray[np.integer], today: npt.NDArray[np.integer]) -> Drift:
    """Compare how many are in each group: counts, shape (k,), of the same groups in the same order."""
    held = (before > 0) | (today > 0)
    return _drift(before[held], today[held], None)


def _drift(before: npt.NDArray[np.integer], today: npt.NDArray[np.integer], ks: float | None) -> Drift:
    from scipy.stats import chi2

    p, q = ((each + _NEVER_EMPTY) / (each + _NEVER_EMPTY).sum() for each in (before, today))
    psi = float(((q - p) * np.log(q / p)).sum())
    by_chance = float(chi2.ppf(CHANCE, max(len(before) - 1, 1))) * (1 / before.sum() + 1 / today.sum())
    if psi < max(SOME, by_chance):
        return Drift(psi, ks, "none")
    return Drift(psi, ks, "large" if psi >= LARGE else "some")
