"""Periods that are over: who was a customer at their start, and what they spent in them and before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt

from services.core.campaigns.permutation import counted
from services.serving.release.loaded import Loaded

Floats = npt.NDArray[np.float64]
#: How much narrower an interval has to get for the spend before to be allowed for.
_WORTH_IT = 0.98


@dataclass(frozen=True)
class Like:
    """Past customers who stand for an audience: those who stood, then, where its customers stand now.

    The one choice of them: what an audience did lately, what it is worth and what trials are drawn from.

    Attributes
    ----------
    places : ndarray of int, shape (n,)
        Among the customers of the :class:`Past`.
    spent : ndarray of float, shape (n,)
        In its period.
    weight : ndarray of float, shape (n,)
        So that segments weigh as in the audience, as far as somebody stood in them; sums to 1.
    """

    places: npt.NDArray[np.intp]
    spent: Floats
    weight: Floats


@dataclass(frozen=True)
class Past:
    """A period, and everybody who had bought before it.

    Attributes
    ----------
    start, end : datetime
        ``end`` is left out.
    days : int
        As asked; more than the period has where the release's data begins too late for it.
    rows, segment : ndarray of int, shape (n_customers,)
        Their rows in the release, and where each stood at the start.
    spent : ndarray of float, shape (n_customers,)
        Sums of orders in the period.
    """

    start: datetime
    end: datetime
    days: int
    rows: npt.NDArray[np.intp]
    segment: npt.NDArray[np.int_]
    spent: Floats

    def like(self, release: Loaded, rows: npt.NDArray[np.intp]) -> Like | None:
        """Return who stood where customers of today stand; None where nobody did.

        Parameters
        ----------
        release : Loaded
        rows : ndarray of int
            The customers of today.
        """
        sizes = np.bincount(release.customers["segment"][rows] + 1, minlength=self.segment.max(initial=0) + 2)
        known = np.bincount(self.segment + 1, minlength=len(sizes))
        each = np.divide(sizes, known, out=np.zeros(len(known)), where=known > 0)
        weight = np.asarray(each[self.segment + 1], dtype=np.float64)
        places = np.flatnonzero(weight)
        if not len(places):
            return None
        return Like(places, self.spent[places], weight[places] / weight.sum())


def last_period(release: Loaded, days: int, until: date | None = None) -> Past | None:
    """Return the last period of so many days that begins at a snapshot and is over.

    Parameters
    ----------
    release : Loaded
    days : int
    until : date, optional
        The period ends before this day; with the release's data without it.

    Returns
    -------
    Past or None
        The first period there is where none is long enough; None where the release knows no earlier moment.
    """
    moments, last = _moments(release, until)
    if not moments:
        return None
    fits = [each for each in moments if each + timedelta(days=days) <= last]
    return _past(release, fits[-1] if fits else moments[0], days, last)


def periods(release: Loaded, days: int) -> list[Past]:
    """Return the periods of so many days, none within another, the last one last."""
    moments, end = _moments(release, None)
    found: list[datetime] = []
    for moment in reversed(moments):
        if moment + timedelta(days=days) <= end:
            found.append(moment)
            end = moment
    return [_past(release, each, days, each + timedelta(days=days)) for each in reversed(found)]


def spent_before(release: Loaded, past: Past) -> Floats:
    """Return what each customer of a period had spent before it."""
    return np.nan_to_num(spent_between(release, None, past.start)[past.rows])


def narrows(past: Past, before: Floats) -> bool:
    """Whether allowing for the spend before would have narrowed the interval of a period by a fiftieth.

    Parameters
    ----------
    past : Past
    before : ndarray of float
        From :func:`spent_before`.

    Notes
    -----
    An interval narrows by √(1 − r²), with r between what counts and what is allowed for.
    """
    if len(past.spent) < 2:
        return False
    spent, known = counted(past.spent[:, None])[0][:, 0], np.sqrt(before)
    if not spent.std() or not known.std():
        return False
    r = float(np.corrcoef(spent, known)[0, 1])
    return (1 - r**2) ** 0.5 < _WORTH_IT


def spent_between(release: Loaded, start: datetime | date | None, end: datetime | date) -> Floats:
    """Return what each customer's orders from ``start`` until before ``end`` amount to.

    Returns
    -------
    ndarray of float, shape (n_customers,)
        NaN for who has none; a sum may be 0.
    """
    # Moments are ISO texts, whose order is that of time; a day comes before each of its moments.
    asked = (
        "SELECT customer, sum(amount) FROM orders WHERE bought_at >= ? AND bought_at < ? GROUP BY customer"
    )
    found = release.lookup().execute(asked, (start.isoformat() if start else "", end.isoformat()))
    spent = np.full(release.count, np.nan)
    for row, amount in found:
        spent[row] = amount
    return spent


def _moments(release: Loaded, until: date | None) -> tuple[list[datetime], datetime]:
    """Return the snapshots that a period may begin at, and where the last has to end."""
    moments = [datetime.fromisoformat(each.as_of) for each in release.overview.snapshots]
    if "snapshot_frequency" not in release.customers or len(moments) < 2:
        return [], datetime.min
    last = min(moments[-1], datetime.combine(until, time())) if until else moments[-1]
    return [each for each in moments[:-1] if each < last], last


def _past(release: Loaded, start: datetime, days: int, last: datetime) -> Past:
    end = min(start + timedelta(days=days), last)
    moments = [datetime.fromisoformat(each.as_of) for each in release.overview.snapshots]
    place = moments.index(start)
    rows = np.flatnonzero(release.customers["snapshot_frequency"][:, place])
    segment = release.customers["snapshot_segment"][:, place][rows].astype(np.int_)
    spent = np.nan_to_num(spent_between(release, start, end)[rows])
    return Past(start, end, days, rows, segment, spent)
