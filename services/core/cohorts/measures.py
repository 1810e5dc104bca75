"""What a matrix of cohorts says: shares, orders, revenue a head, each cohort by itself and all together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from services.core.cohorts.hiding import without_cumulative
from services.core.cohorts.matrix import Flags, Matrix, Money

Measure = Literal["share", "orders", "revenue", "cumulative"]
MEASURES: tuple[Measure, ...] = get_args(Measure)


@dataclass(frozen=True)
class Together:
    """Cohorts in one row.

    Attributes
    ----------
    first, last : int
        The first and the last row that is counted.
    cohorts : int
        How many are: fewer than there are between these where some are left out.
    size : int
    values : list of float or None
        By periods since the first order; None where no cohort that is counted has one behind it.
    """

    first: int
    last: int
    cohorts: int
    size: int
    values: list[float | None]


def measured(found: Matrix, show: Measure) -> Money:
    """Return the measure of each cell, shape (cohorts, cohorts); 0 for a cohort of nobody."""
    values, per = _parts(found, show)
    answer: Money = values / np.maximum(per, 1)
    return answer


def visible(found: Matrix, out: Flags, show: Measure) -> Flags:
    """Say which cells show a measure, shape (cohorts, cohorts)."""
    shown: Flags = found.there() & ~(without_cumulative(out) if show == "cumulative" else out)
    return shown


def together(found: Matrix, shown: Flags, show: Measure, start: int, *, complete: bool) -> Together | None:
    """Return cohorts together, in periods that are over; None where fewer than two have any.

    Parameters
    ----------
    found : Matrix
    shown : ndarray of bool
        Cells that show the measure: no other is counted, so that a sum gives none away.
    show : {"share", "orders", "revenue", "cumulative"}
    start : int
        The first row that is counted.
    complete : bool
        Whether the last period is over.
    """
    count = len(found.sizes)
    places = np.arange(count)
    over = places[:, None] + places[None, :] < count - (not complete)
    counted: Flags = shown & over & np.repeat(places >= start, count).reshape(count, count)
    rows = np.flatnonzero(counted[:, 1:].any(axis=1))
    if len(rows) < 2:
        return None
    counted &= np.repeat(np.isin(places, rows), count).reshape(count, count)
    values, per = _parts(found, show)
    sums, of = (values * counted).sum(axis=0), (per * counted).sum(axis=0)
    if show == "orders":
        of = np.ones(count)
    some = set(np.flatnonzero(counted.any(axis=0)).tolist())
    told = [float(sums[at] / of[at]) if at in some else None for at in range(count)]
    return Together(int(rows[0]), int(rows[-1]), len(rows), int(found.sizes[rows].sum()), told)


def _parts(found: Matrix, show: Measure) -> tuple[Money, Money]:
    """Return what is summed and by what it is divided, shape (cohorts, cohorts)."""
    sizes = np.broadcast_to(found.sizes[:, None], found.people.shape).astype(np.float64)
    if show == "orders":
        return found.orders.astype(np.float64), np.ones_like(sizes)
    values = {
        "share": found.people,
        "revenue": found.revenue,
        "cumulative": np.cumsum(found.revenue, axis=1),
    }[show]
    return values.astype(np.float64), sizes
