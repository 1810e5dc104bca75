"""What is lost, as far as can be expected, if a customer does not order within the horizon."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def expected_loss(chance: npt.ArrayLike, value: npt.ArrayLike) -> Floats:
    """Return what is expected to be lost with each customer: chance × value.

    Parameters
    ----------
    chance : array-like, shape (n,)
        Of no order within the horizon, 0 to 1.
    value : array-like, shape (n,)
        What the customer would spend within it, shop currency; a negative one counts as nothing.

    Returns
    -------
    ndarray of float, shape (n,)
        Shop currency.
    """
    loss: Floats = np.asarray(chance, np.float64) * np.maximum(np.asarray(value, np.float64), 0.0)
    return loss


def usual_spend(monetary: npt.ArrayLike, days: npt.ArrayLike, horizon: int) -> Floats:
    """Return what each customer spends in a horizon, going by all they have spent: the value that is used.

    Parameters
    ----------
    monetary : array-like, shape (n,)
        Spent so far, shop currency.
    days : array-like, shape (n,)
        From the day of the first order to the last day that is known, both counted.
    horizon : int
        Days. Who is known for fewer is taken to have spent in a whole horizon what they have.

    Returns
    -------
    ndarray of float, shape (n,)
        Shop currency.
    """
    known = np.maximum(np.asarray(days, np.float64), horizon)
    spend: Floats = np.asarray(monetary, np.float64) * horizon / known
    return spend
