"""The customers of the tab Churn as its map shows them, and what each model did at the last earlier cut."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from services.core.churn.profit import expected_maximum, least_success, likely_success
from services.releases.overview.churn import Churn, Model
from services.serving.churn.asked import FIFTHS, WIDTH
from services.serving.churn.people import Answer

BANDS = 100 // WIDTH


class Cells(NamedTuple):
    """The map: a row a fifth of usual spend, 1 first; a column a band of risk.

    Attributes
    ----------
    customers : ndarray of int, shape (FIFTHS, bands)
    loss : ndarray, shape (FIFTHS, bands)
        Expected, money.
    """

    customers: npt.NDArray[np.int64]
    loss: npt.NDArray[np.float64]


class Certainty(NamedTuple):
    """What is known of the success rate.

    Attributes
    ----------
    least : float or None
        Above which contacting somebody pays; None where no rate does.
    low, high : float
        Between which two it is in 95 of 100 cases.
    expected : float
        Expected maximum profit a customer (EMPC), money.
    """

    least: float | None
    low: float
    high: float
    expected: float


class Confusion(NamedTuple):
    """What a threshold would have done at the last cut; ``rest`` were below it and came back."""

    flagged_left: int
    flagged_stayed: int
    missed: int
    rest: int


class Curves(NamedTuple):
    """A model's curves at the last cut, from nobody contacted to everybody; shares, shape (points,) each.

    Attributes
    ----------
    contacted : ndarray
        Of everybody.
    found : ndarray
        Of those who left (recall).
    wrongly : ndarray
        Of those who came back.
    right : ndarray
        Of those contacted, who left (precision); NaN for nobody.
    lift : ndarray
        Times as often as among everybody; NaN for nobody.
    """

    contacted: npt.NDArray[np.float64]
    found: npt.NDArray[np.float64]
    wrongly: npt.NDArray[np.float64]
    right: npt.NDArray[np.float64]
    lift: npt.NDArray[np.float64]


def cells(found: Answer, bands: int = BANDS) -> Cells:
    """Count who is left by the filters, by usual spend and by ``bands`` equal bands of risk."""
    of, fits = found.scores, found.fits
    places = (of.fifth[fits] - 1) * bands + of.band[fits] * bands // BANDS
    shape = (FIFTHS, bands)
    counts: npt.NDArray[np.int64] = np.bincount(places, minlength=FIFTHS * bands).reshape(shape)
    loss = np.bincount(places, of.loss[fits], FIFTHS * bands).reshape(shape)
    return Cells(counts, loss.astype(np.float64))


class Share(NamedTuple):
    """A segment or a cluster, of whoever is left by the filters.

    Attributes
    ----------
    place : int
        In the overview's list; −1 for customers in none.
    customers, contacted : int
        And for whom of them contacting pays.
    chance : float
        Mean, of no order.
    loss : float
        Expected, money.
    """

    place: int
    customers: int
    contacted: int
    chance: float
    loss: float


def by_group(found: Answer, places: npt.NDArray[np.int16]) -> list[Share]:
    """Return each group that has somebody, the highest mean chance first.

    Parameters
    ----------
    found : Answer
    places : ndarray of int, shape (n,)
        The group of each customer, −1 for none.
    """
    fits, of = found.fits, found.scores
    shares = []
    for place in np.unique(places[fits]).tolist():
        inside = fits & (places == place)
        customers = int(inside.sum())
        contacted = int((inside & found.contacted).sum())
        mean = float(of.chance[inside].mean())
        shares.append(Share(place, customers, contacted, mean, float(of.loss[inside].sum())))
    return sorted(shares, key=lambda each: -each.chance)


def certainty(found: Answer) -> Certainty:
    """Return what an uncertain success rate does to the profit of whoever is left by the filters."""
    people = max(int(found.fits.sum()), 1)
    success = found.asked.costs.success
    expected = expected_maximum(found.gain, found.cost, success)
    return Certainty(least_success(found.gain, found.cost), *likely_success(success), expected / people)


def confusion(churn: Churn, percent: int) -> Confusion | None:
    """Return what contacting from a risk on would have done at the last cut; None where nothing was tried."""
    if not churn.thresholds:
        return None
    flagged, everybody = churn.thresholds[percent], churn.thresholds[0]
    stayed = flagged.customers - flagged.left
    missed = everybody.left - flagged.left
    return Confusion(flagged.left, stayed, missed, everybody.customers - flagged.customers - missed)


def curves(model: Model) -> Curves:
    """Return a model's curves; both who left and who came back were there at the cut."""
    contacted = np.array([each.customers for each in model.curve], dtype=float)
    left = np.array([each.left for each in model.curve], dtype=float)
    everybody, leavers = contacted[-1], left[-1]
    right = np.divide(left, contacted, out=np.full_like(left, np.nan), where=contacted > 0)
    return Curves(
        contacted / everybody,
        left / leavers,
        (contacted - left) / (everybody - leavers),
        right,
        right * everybody / leavers,
    )
