"""What brings good customers: who of the newcomers of a kind came back, held against all others."""

from __future__ import annotations

from typing import Literal

from services.core.findings import more_often

Verdict = Literal["more", "less", "cannot tell"]
#: Days after the first order within which a newcomer comes back, or does not.
WITHIN = 90
#: Newcomers of a kind that is looked at.
LEAST = 50
_Z = 1.959963984540054


def verdict(back: int, of: int, all_back: int, everybody: int, claims: int) -> Verdict:
    """Say whether newcomers of a kind come back more or less often than the rest, as a finding may say it.

    Parameters
    ----------
    back, of : int
        Who of the kind came back, and all of it.
    all_back, everybody : int
        The same of all newcomers, those of the kind among them.
    claims : int
        How many kinds the card holds against the rest (Bonferroni).
    """
    rest, rest_of = all_back - back, everybody - of
    if more_often(back, of, rest, rest_of, claims):
        return "more"
    if more_often(of - back, of, rest_of - rest, rest_of, claims):
        return "less"
    return "cannot tell"


def interval(back: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share, 0–1.

    Parameters
    ----------
    back, of : int
        ``of`` is 1 or more.

    Examples
    --------
    >>> [round(end, 3) for end in interval(41, 100)]
    [0.319, 0.508]
    """
    share, z2 = back / of, _Z**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * (share * (1 - share) / of + z2 / (4 * of**2)) ** 0.5
    return max(middle - half, 0.0), min(middle + half, 1.0)
