"""Campaigns tried out on a release's own past customers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.campaigns.past import last_period, narrows, spent_before
from services.core.campaigns.trials import LARGEST, Pool, Trials, at_size, simulate
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.serving.release.loaded import Loaded

USUAL_DAYS = 30
#: Audiences tried for the form, four trials each.
_DRAWS = 125


@dataclass(frozen=True)
class Rehearsal:
    """What trials say of an audience before it is saved.

    Attributes
    ----------
    trials : Trials
    size : int
        Customers of each trial's audience; 1,000 stand for more.
    smallest : float or None
        The smallest effect on revenue per customer that the audience itself would show.
    """

    trials: Trials
    size: int
    smallest: float | None


def rehearsed(release: Loaded, rows: npt.NDArray[np.intp], days: int, share: float) -> Rehearsal | None:
    """Try an audience out on past customers of its segments; None where there are none.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
        The audience's customers.
    days : int
        Length of the campaign.
    share : float
        Of them to hold out.
    """
    pool = pool_of(release, rows, days)
    if pool is None:
        return None
    size = min(len(rows), LARGEST)
    trials = simulate(pool, size, share, _DRAWS)
    smallest = trials.smallest_effect
    return Rehearsal(trials, size, None if smallest is None else at_size(smallest, size, len(rows)))


def mix_of(release: Loaded, rows: npt.NDArray[np.intp]) -> str:
    """Say how many customers stand in which segment: all that trials know of an audience."""
    return repr(np.bincount(release.customers["segment"][rows] + 1).tolist())


def pool_of(release: Loaded, rows: npt.NDArray[np.intp], days: int) -> Pool | None:
    """Return customers to draw trial audiences from: those who stood where ``rows`` stand now.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
        Customers of today, whose segments weigh as among them.
    days : int
        Length of the campaign.

    Returns
    -------
    Pool or None
        None where the release knows no earlier moment, or nobody was in these segments then.
    """
    past = last_period(release, days)
    like = None if past is None else past.like(release, rows)
    if past is None or like is None:
        return None
    before = spent_before(release, past)
    return Pool(like.spent, before[like.places], like.weight, narrows(past, before))


def tried(release: Loaded, size: int, share: float, draws: int, effect: float | None = None) -> Trials:
    """Try out campaigns of 30 days with audiences drawn from all past customers.

    Parameters
    ----------
    release : Loaded
    size : int
        Customers of an audience.
    share : float
        Of them to hold out.
    draws : int
        Audiences to draw without an effect.
    effect : float, optional
        What every treated customer spends more.

    Raises
    ------
    Refusal
        If the release knows no orders of an earlier month.
    """
    past = None if release.preset.rfm.table else last_period(release, USUAL_DAYS)
    if past is None or not len(past.rows):
        raise Refusal(
            _(
                "This release has no orders from an earlier month to test campaigns on. Train on "
                "transactions of at least two months."
            )
        )
    before = spent_before(release, past)
    everybody = np.full(len(past.rows), 1 / len(past.rows))
    return simulate(Pool(past.spent, before, everybody, narrows(past, before)), size, share, draws, effect)
