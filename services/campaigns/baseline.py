"""What customers like those of an audience did lately: the base of what a campaign could show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import numpy.typing as npt

from services.campaigns.past import last_period
from services.serving.release.loaded import Loaded


@dataclass(frozen=True)
class Baseline:
    """How customers of the same segments bought within a period that is over.

    Attributes
    ----------
    rate : float
        Share who bought.
    revenue : float
        Mean revenue per customer, shop currency.
    start : datetime
        When the period began.
    last_day : date
        Its last day of which the release holds orders.
    customers : int
        How many of them there were.
    """

    rate: float
    revenue: float
    start: datetime
    last_day: date
    customers: int


def baseline(release: Loaded, rows: npt.NDArray[np.intp], days: int) -> Baseline | None:
    """Return how customers of the same segments bought in the last ``days`` days that began at a snapshot.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
        The audience's customers.
    days : int
        Length of the campaign.

    Returns
    -------
    Baseline or None
        None where the release knows no earlier moment, or nobody was in these segments then.

    Notes
    -----
    The audience's own last month would mislead: who was chosen for staying away bought nothing in it. So it
    is who stood where its customers stand now, each segment weighted as in the audience.
    """
    past = last_period(release, days)
    like = None if past is None else past.like(release, rows)
    if past is None or like is None:
        return None
    rate, revenue = (float((like.weight * each).sum()) for each in (like.spent > 0, like.spent))
    last_day = min(past.end - timedelta(microseconds=1), release.manifest.data_to).date()
    return Baseline(rate, revenue, past.start, last_day, len(like.places))
