"""Who is left out of a campaign so that it can be measured, and how small an effect that could show."""

from __future__ import annotations

import math
from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

DEFAULT_SHARE = 0.2
#: Between which a share may be chosen.
SHARES = (0.05, 0.5)
CONFIDENCE = 0.95
POWER = 0.8
_ALPHA_Z = float(ndtri(0.5 + CONFIDENCE / 2))
_POWER_Z = float(ndtri(POWER))
_HALVINGS = 60


def held_out(ids: Iterable[bytes], seed: str, share: float) -> npt.NDArray[np.bool_]:
    """Draw the holdout: by each customer's id alone, so neither order nor company changes anybody's part.

    Parameters
    ----------
    ids : iterable of bytes
        Canonical customer ids in UTF-8.
    seed : str
        Keys the draw: the same seed draws the same people, another one others.
    share : float
        Of customers to leave out, 0–1. A smaller share leaves out some of the same people, nobody new.

    Returns
    -------
    ndarray of bool, shape (n_ids,)

    Notes
    -----
    An id's keyed BLAKE2 hash is taken for a uniform number. The share of a group is therefore met by chance:
    of 100,000 customers within about 0.3 percentage points.

    Examples
    --------
    >>> held_out([b"12346", b"12347", b"12348"], "win-back", 0.5).tolist()
    [False, True, False]
    """
    return numbers(ids, seed) < share


def numbers(ids: Iterable[bytes], seed: str) -> npt.NDArray[np.float64]:
    """Return the number, 0–1, by which each id is drawn: below the share it is held out."""
    key = blake2b(seed.encode(), digest_size=32).digest()
    drawn = [blake2b(each, key=key, digest_size=8).digest() for each in ids]
    return np.frombuffer(b"".join(drawn), dtype=">u8") / 2.0**64


def smallest_rate_effect(rate: float, treated: int, holdout: int) -> float | None:
    """Return the smallest rise of a rate that a comparison would show four times in five.

    Parameters
    ----------
    rate : float
        Expected in the holdout, 0–1.
    treated, holdout : int
        Sizes of the groups.

    Returns
    -------
    float or None
        A difference of rates; None where not even everybody buying would show.

    Notes
    -----
    Normal approximation for two proportions, two-sided 5 %, power 80 %: the difference d with
    d = z(0.975) √(p̄(1 − p̄)(1/m + 1/n)) + z(0.8) √(p₁(1 − p₁)/m + p₂(1 − p₂)/n), where p₁ = p₂ + d and p̄ is
    the rate of both groups together (Fleiss, Levin and Paik, *Statistical Methods for Rates and Proportions*,
    3rd ed. 2003, chapter 4).
    """
    if treated < 1 or holdout < 1:
        return None

    def lacking(difference: float) -> float:
        other = rate + difference
        both = (treated * other + holdout * rate) / (treated + holdout)
        no_effect = both * (1 - both) * (1 / treated + 1 / holdout)
        effect = other * (1 - other) / treated + rate * (1 - rate) / holdout
        # Rounding may take a rate of one just below zero.
        return _ALPHA_Z * math.sqrt(max(no_effect, 0)) + _POWER_Z * math.sqrt(max(effect, 0)) - difference

    low, high = 0.0, 1 - rate
    if lacking(high) > 0:
        return None
    # What is lacking is concave and begins at zero or above, so it is crossed once.
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if lacking(middle) > 0 else (low, middle)
    return high
