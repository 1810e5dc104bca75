"""At which earlier days churn is learned and tried: each with the whole horizon known after it."""

from __future__ import annotations

#: Days that are looked ahead.
HORIZON = 90
#: Days from a cut to the next.
STEP = 30
#: Cuts that are tried, and cuts before them that each is learned from.
TRIED, LEARNED = 4, 6
#: Days of orders before the first cut.
HISTORY = 30
YEAR = 365


def tried_cuts(first: int, last: int) -> list[int]:
    """Return the days at which chances are tried, oldest first; none where the ledger is too short.

    Parameters
    ----------
    first, last : int
        The first day with an order, and the last that is known whole.
    """
    cuts = [last - HORIZON - STEP * place for place in reversed(range(TRIED))]
    return [cut for cut in cuts if learned_cuts(first, cut)]


def learned_cuts(first: int, now: int) -> list[int]:
    """Return the days that can be learned from when ``now`` is the last day known, oldest first."""
    cuts = [now - HORIZON - STEP * place for place in reversed(range(LEARNED))]
    return [cut for cut in cuts if cut - first >= HISTORY]


def least_days() -> int:
    """Return the days of orders that a ledger needs for one cut to be learned from and one to be tried."""
    return HISTORY + 2 * HORIZON
