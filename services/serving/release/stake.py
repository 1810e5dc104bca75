"""Money at stake: what customers usually spend, and how much of it is expected to be lost.

The one place that the tab Churn, customers' pages, files, the HTTP API, ``churn ID`` and campaigns ask. What
customers are *expected* to spend (``services.serving.release.expected``) is another figure: the chance that
they do not order is in it already.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.churn.loss import expected_loss, usual_spend
from services.serving.release.loaded import Loaded

Floats = npt.NDArray[np.float64]
_EVERYBODY = slice(None)


@dataclass(frozen=True)
class Stake:
    """Money of customers, one entry each, shop currency.

    Attributes
    ----------
    usual : ndarray, shape (n,)
        Spent so far, brought to the horizon; at least 0.
    loss : ndarray, shape (n,)
        The chance of no order × ``usual``.
    """

    usual: Floats
    loss: Floats


@dataclass(frozen=True)
class Totals:
    """The sums of a :class:`Stake`, and the days that they are about: ``horizon``."""

    usual: float
    loss: float
    horizon: int


def at_stake(release: Loaded, rows: npt.NDArray[np.intp] | slice = _EVERYBODY) -> Stake | None:
    """Return the money at stake; None where the release gives no chance of no order.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int, optional
        All customers when absent.
    """
    churn = release.overview.churn
    if churn is None or churn.missing is not None or churn.seen is None:
        return None
    first = release.customers["first_purchase"][rows].astype("datetime64[D]")
    days = (np.datetime64(churn.seen, "D") - first).astype(np.int64) + 1
    usual = np.maximum(usual_spend(release.customers["monetary"][rows], days, churn.horizon), 0.0)
    return Stake(usual, expected_loss(release.customers["churn"][rows], usual))


def total_at_stake(release: Loaded, rows: npt.NDArray[np.intp]) -> Totals | None:
    """Return the money at stake with some customers together; None where the release gives no chance."""
    churn, found = release.overview.churn, at_stake(release, rows)
    if churn is None or found is None:
        return None
    return Totals(float(found.usual.sum()), float(found.loss.sum()), churn.horizon)
