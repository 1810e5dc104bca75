"""Chances by tens of per cent: what became of customers who were given one, and how far chances were off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from services.core.churn.scoring import Flags, Floats, log_odds

BANDS = 10
#: Per cent of the interval of a chance.
LEVEL = 80
_SURE = 1.281552
#: Customers of a band at a day that the share who left is judged by.
ENOUGH = 30


def band_of(chance: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Return the place of each chance's band: 0 from 0 to under 10 %, 9 from 90 to 100 %."""
    place: npt.NDArray[np.int64] = np.floor(np.asarray(chance, np.float64) * BANDS).astype(np.int64)
    return np.clip(place, 0, BANDS - 1)


def bands(chance: Floats, left: Flags) -> list[dict[str, Any]]:
    """Count by band who left.

    Parameters
    ----------
    chance, left : ndarray, shape (n,)
        Of customers at all cuts.

    Returns
    -------
    list of dict
        The fields of ``services.releases.overview.churn.Band``.
    """
    place, found = band_of(chance), []
    for band in range(BANDS):
        inside = place == band
        customers, gone = int(inside.sum()), int(left[inside].sum())
        between = binomtest(gone, customers).proportion_ci(0.95, "wilson") if customers else None
        found.append(
            {
                "from": band * 100 // BANDS,
                "to": (band + 1) * 100 // BANDS,
                "customers": customers,
                "left": gone,
                "predicted": float(chance[inside].mean()) if customers else None,
                "low": float(between.low) if between else None,
                "high": float(between.high) if between else None,
            }
        )
    return found


def off_by(cuts: Sequence[tuple[Floats, Flags]]) -> float:
    """Return by how much chances were off at earlier days: a deviation, in log-odds.

    Parameters
    ----------
    cuts : sequence of (chance, left)
        Of each day.

    Notes
    -----
    The mean square, over bands of a day by their customers, of what lies between the odds stated and those of
    the share that left, less what so few customers would differ by chance alone.
    """
    squares, weights = [], []
    for chance, left in cuts:
        place = band_of(chance)
        for band in range(BANDS):
            inside = place == band
            customers = int(inside.sum())
            if customers < ENOUGH:
                continue
            # half a customer to each side: a share of 0 or 1 has no odds
            happened = (left[inside].sum() + 0.5) / (customers + 1)
            stated = float(chance[inside].mean())
            off = float(log_odds(happened)) - float(log_odds(stated))
            squares.append(off**2 - 1 / (customers * stated * (1 - stated)))
            weights.append(customers)
    return float(np.sqrt(max(0.0, np.average(squares, weights=weights)))) if weights else 0.0


def interval(chance: Floats, off: float) -> tuple[Floats, Floats]:
    """Return the interval of ``LEVEL`` per cent around each chance, given by how much such were off."""
    odds = log_odds(chance)
    low, high = (1 / (1 + np.exp(-(odds + side * _SURE * off))) for side in (-1, 1))
    return low, high
