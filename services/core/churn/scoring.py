"""How well chances and rules told, at an earlier day, who would leave from who would come back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
#: Steps of a curve from nobody to everybody.
STEPS = 100
_SURE = 1.959964
_ROUNDS = 30


@dataclass(frozen=True)
class Measured:
    """A figure with its interval of 95 %."""

    value: float
    low: float
    high: float


def auc(score: Floats, left: Flags) -> Measured:
    """Measure how often, of two customers of whom one left, that one had the greater score; ties count half.

    Parameters
    ----------
    score : ndarray, shape (n,)
    left : ndarray of bool, shape (n,)
        Some and not all.

    Notes
    -----
    The interval is DeLong's (Biometrics 44, 1988), from ranks as Sun and Xu compute it (2014).
    """
    yes, no = score[left], score[~left]
    both = rankdata(np.r_[yes, no])
    above = (both[: len(yes)] - rankdata(yes)) / len(no)
    below = 1 - (both[len(yes) :] - rankdata(no)) / len(yes)
    found = float(above.mean())
    spread = sum(float(each.var(ddof=1)) / len(each) for each in (above, below) if len(each) > 1)
    return _between(found, _SURE * math.sqrt(spread))


def precision(score: Floats, left: Flags) -> Measured:
    """Measure the average precision, the area under the PR curve, with its interval on the scale of log-odds.

    Parameters
    ----------
    score, left : ndarray, shape (n,)
        As of :func:`auc`.

    Notes
    -----
    The interval is that of Boyd, Eng and Page (ECML 2013).
    """
    order = np.argsort(-score, kind="stable")
    ends = np.r_[np.flatnonzero(np.diff(score[order])), len(score) - 1]
    caught = np.cumsum(left[order])[ends]
    found = float(np.sum(np.diff(np.r_[0, caught]) / caught[-1] * caught / (ends + 1)))
    if not 0 < found < 1:
        return Measured(found, found, found)
    odds, step = math.log(found / (1 - found)), _SURE / math.sqrt(caught[-1] * found * (1 - found))
    return Measured(found, *(1 / (1 + math.exp(-odds - side * step)) for side in (-1, 1)))


def brier(chance: Floats, left: Flags) -> float:
    """Return the mean squared error of chances."""
    return float(np.mean((chance - left) ** 2))


def slope(chance: Floats, left: Flags) -> float:
    """Return the slope of the calibration line: the odds of leaving by the odds that were stated, in logs."""
    odds = log_odds(chance)
    line = np.column_stack([np.ones_like(odds), odds])
    at = np.zeros(2)
    for _ in range(_ROUNDS):
        told = 1 / (1 + np.exp(-line @ at))
        pull = line.T @ (left - told)
        weight = np.maximum(told * (1 - told), 1e-9)
        step = np.linalg.solve(line.T @ (line * weight[:, None]) + 1e-9 * np.eye(2), pull)
        at = at + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return float(at[1])


def log_odds(chance: npt.ArrayLike) -> Floats:
    """Return the log-odds of chances; those of 0 and 1 are those of a millionth from them."""
    kept = np.clip(np.asarray(chance, np.float64), 1e-6, 1 - 1e-6)
    odds: Floats = np.log(kept / (1 - kept))
    return odds


def curve(score: Floats, left: Flags) -> list[dict[str, int]]:
    """Count customers, and those of them who left, from the greatest score down; equal scores stay together.

    Returns
    -------
    list of dict
        ``customers`` and ``left``, from nobody to everybody, ``STEPS`` + 1 entries at most.
    """
    order = np.argsort(-score, kind="stable")
    ends = np.r_[np.flatnonzero(np.diff(score[order])), len(score) - 1] + 1
    wanted = np.linspace(0, len(score), STEPS + 1)[1:]
    chosen = np.unique(ends[np.searchsorted(ends, wanted - 1e-9)])
    caught = np.r_[0, np.cumsum(left[order])]
    return [{"customers": int(each), "left": int(caught[each])} for each in np.r_[0, chosen]]


def thresholds(chance: Floats, left: Flags) -> list[dict[str, int]]:
    """Count customers whose chance was at least 0, 1, … 100 per cent, and those of them who left."""
    place = np.floor(100 * chance).astype(np.int64)
    everybody, gone = (np.bincount(each, minlength=101)[::-1].cumsum()[::-1] for each in (place, place[left]))
    return [{"customers": int(each), "left": int(of)} for each, of in zip(everybody, gone, strict=True)]


def _between(value: float, half: float) -> Measured:
    return Measured(value, max(0.0, value - half), min(1.0, value + half))
