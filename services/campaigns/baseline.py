"""What customers like those of an audience did lately: the base of what a campaign could show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from services.serving.release.loaded import Loaded


@dataclass(frozen=True)
class Baseline:
    """How customers of the same segments bought within a period that is over.

    Attributes
    ----------
    rate : float
        Share who bought.
    revenue : float
        Mean revenue per head, shop currency.
    deviation : float
        Standard deviation of the revenue per head.
    start, end : datetime
        The period.
    customers : int
        How many of them there were.
    """

    rate: float
    revenue: float
    deviation: float
    start: datetime
    end: datetime
    customers: int


def baseline(release: Loaded, rows: npt.NDArray[np.intp], days: int) -> Baseline | None:
    """Return how customers of the same segments bought in the last ``days`` days, by monthly snapshots.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
        The audience's customers.
    days : int
        Length of the campaign; the snapshot nearest to so many days ago begins the period.

    Returns
    -------
    Baseline or None
        None where the release knows no earlier moment, or nobody was in these segments then.

    Notes
    -----
    The audience's own last month would mislead: who was chosen for staying away bought nothing in it. So it
    is who stood where its customers stand now, each segment weighted as in the audience.
    """
    column, snapshots = release.customers, release.overview.snapshots
    if "snapshot_frequency" not in column or len(snapshots) < 2 or not len(rows):
        return None
    moments = [datetime.fromisoformat(each.as_of) for each in snapshots]
    begin = moments[-1] - timedelta(days=days)
    place = min(range(len(moments) - 1), key=lambda each: abs(moments[each] - begin))
    last = len(moments) - 1
    orders, spent = (
        np.asarray(column[name][:, last], dtype=np.float64) - column[name][:, place]
        for name in ("snapshot_frequency", "snapshot_monetary")
    )
    there = np.asarray(column["snapshot_frequency"][:, place]) > 0
    segment = np.asarray(column["snapshot_segment"][:, place])
    wanted, sizes = np.unique(column["segment"][rows], return_counts=True)
    rate = revenue = square = 0.0
    known = customers = 0
    for each, size in zip(wanted, sizes, strict=True):
        alike = np.flatnonzero(there & (segment == each))
        if len(alike):
            rate += size * float((orders[alike] > 0).mean())
            revenue += size * float(spent[alike].mean())
            square += size * float((spent[alike] ** 2).mean())
            known, customers = known + int(size), customers + len(alike)
    if not known:
        return None
    mean = revenue / known
    deviation = math.sqrt(max(square / known - mean**2, 0.0))
    return Baseline(rate / known, mean, deviation, moments[place], moments[-1], customers)
