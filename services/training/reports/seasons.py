"""Which things of baskets are in season in the coming weeks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from services.training.lines.baskets import Baskets

WEEKS = 6
_YEAR, _SPAN = pd.Timedelta(weeks=52), pd.Timedelta(weeks=WEEKS)
#: Of what it sells all year round, a thing in season sells at least this part in such weeks.
LEAST = 0.5


def moments_of(baskets: Baskets, orders: pd.DataFrame) -> npt.NDArray[np.datetime64]:
    """Return when each basket was bought.

    Parameters
    ----------
    baskets : Baskets
    orders : DataFrame
        ``customer_id``, ``invoice``, ``bought_at``.
    """
    keys = pd.MultiIndex.from_arrays([orders["customer_id"], orders["invoice"]])
    first = pd.Series(orders["bought_at"].to_numpy(), index=keys).groupby(level=[0, 1]).min()
    return first.reindex(pd.MultiIndex.from_arrays([baskets.customers, baskets.invoices])).to_numpy()


def in_season(
    held: sparse.csr_array, bought: npt.NDArray[np.datetime64], as_of: pd.Timestamp
) -> npt.NDArray[np.bool_]:
    """Say which things sell in the coming weeks, as far as the past tells, shape (things,).

    Parameters
    ----------
    held : sparse array of numbers, shape (baskets, things)
    bought : ndarray of datetime64, shape (baskets,)
    as_of : Timestamp
        When the coming weeks begin.

    Notes
    -----
    The coming ``WEEKS`` are those of a year ago where the ledger reaches back that far and the thing was sold
    by then, else the last ones. A thing is in season if its share of the baskets then is at least ``LEAST``
    of its share of all.
    """
    share = np.asarray(held.sum(axis=0)).ravel() / max(held.shape[0], 1)

    def sold(inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        counted = np.asarray(held[inside].sum(axis=0)).ravel()
        found: npt.NDArray[np.bool_] = (counted > 0) & (counted >= LEAST * share * inside.sum())
        return found

    start, recent, end = (
        moment.to_datetime64() for moment in (as_of - _YEAR, as_of - _SPAN, as_of - _YEAR + _SPAN)
    )
    lately = sold((bought >= recent) & (bought < as_of.to_datetime64()))
    if not (bought <= start).any():
        return lately
    known = np.asarray(held[bought < end].sum(axis=0)).ravel() > 0
    return np.where(known, sold((bought >= start) & (bought < end)), lately)
