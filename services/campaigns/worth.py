"""What an audience is worth without a campaign, and what each further point of buyers would be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.campaigns.past import Past, periods
from services.core.campaigns.effects import FEWEST_CUSTOMERS
from services.core.campaigns.expecting import Expected, expected
from services.core.campaigns.permutation import counted
from services.serving.release.loaded import Loaded

_POINT = 0.01


@dataclass(frozen=True)
class Worth:
    """What can be expected in a campaign's days.

    Attributes
    ----------
    revenue : Expected
        Of the whole audience without a campaign, shop currency.
    point : Expected
        More revenue with each percentage point of the treated who buy besides, at what counts of a buyer's
        spend.
    """

    revenue: Expected
    point: Expected


def worth(release: Loaded, rows: npt.NDArray[np.intp], days: int, share: float) -> Worth | None:
    """Return what customers of today would spend, by what their like spent in the periods before.

    Parameters
    ----------
    release : Loaded
    rows : ndarray of int
        The audience's customers.
    days : int
        Length of the campaign.
    share : float
        Of them to hold out.

    Returns
    -------
    Worth or None
        None where fewer than five periods are known in which enough such customers bought, or where they
        varied too much.
    """
    known = [each for past in periods(release, days) if (each := _means(release, past, rows))]
    if not known:
        return None
    means, buyers, spreads = zip(*known, strict=True)
    revenue, point = expected(means, spreads[-1] / len(rows) ** 0.5), expected(buyers)
    if revenue is None or point is None:
        return None
    return Worth(revenue.times(len(rows)), point.times(_POINT * (1 - share) * len(rows)))


def _means(release: Loaded, past: Past, rows: npt.NDArray[np.intp]) -> tuple[float, float, float] | None:
    """Return a customer's mean, a buyer's as it counts, and the relative deviation between customers."""
    like = past.like(release, rows)
    if like is None or len(like.places) < FEWEST_CUSTOMERS or not (like.spent > 0).any():
        return None
    spent, weight = like.spent, like.weight
    mean = float((weight * spent).sum())
    counts = counted(spent[:, None])[0][:, 0]
    deviation = float((weight * (spent - mean) ** 2).sum()) ** 0.5
    return mean, float((weight * counts).sum() / weight[spent > 0].sum()), deviation / mean
