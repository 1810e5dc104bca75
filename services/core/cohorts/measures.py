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
    newest : bool
        Whether the last that is counted is the newest that had the time, left out or not.
    size : int
    values : list of float or None
        By periods since the first order; None where no cohort that is counted has one behind it, and where
        one of their cells is left out: with it the sum would give it away, without it the sum would be of
        others than it says.
    """

    first: int
    last: int
    cohorts: int
    newest: bool
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
        Cells that show the measure; a cohort whose size is left out is not counted.
    show : {"share", "orders", "revenue", "cumulative"}
    start : int
        The first row that is counted.
    complete : bool
        Whether the last period is over.
    """
    count = len(found.sizes)
    places = np.arange(count)
    over = places[:, None] + places[None, :] < count - (not complete)
    had_time = (places >= start) & over[:, 1:].any(axis=1)
    rows = np.flatnonzero(shown[:, 0] & had_time)
    if len(rows) < 2:
        return None
    values, per = _parts(found, show)
    told: list[float | None] = []
    for since in range(count):
        there = rows[over[rows, since]]
        if not len(there) or not shown[there, since].all():
            told.append(None)
            continue
        of = 1.0 if show == "orders" else float(per[there, since].sum())
        told.append(float(values[there, since].sum()) / of)
    newest = bool(rows[-1] == np.flatnonzero(had_time)[-1])
    return Together(int(rows[0]), int(rows[-1]), len(rows), newest, int(found.sizes[rows].sum()), told)


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
