"""What moves a customer's chance: against a customer who is in that respect as the usual one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.churn.features import FEATURES
from services.core.churn.scoring import Floats, log_odds
from services.core.language.messages import later

#: Reasons told of a customer.
TOLD = 4
#: In log-odds: what moves a chance by less, at most a point, is not told.
LEAST = 0.05
#: By id: the name, the unit of the customer's own figure, and the feature that it is.
REASONS = {
    "silence": (later("Days since the last order"), "days", "days_since"),
    "orders": (later("Days with an order"), "count", "order_days"),
    "spend": (later("Spend on a day with an order"), "money", "spend_a_day"),
    "lines": (later("Lines on a day with an order"), "count", "lines_a_day"),
}
_NAMES = list(FEATURES)


@dataclass(frozen=True)
class Reasons:
    """Reasons of each customer, what moves most first.

    Attributes
    ----------
    reason : ndarray of int8, shape (n, TOLD)
        Places in ``REASONS``, −1 padded.
    weight : ndarray of float32, shape (n, TOLD)
        Log-odds; above 0 raises the chance; 0 padded.
    fact : ndarray of float32, shape (n, TOLD)
        The customer's own figure; 0 padded.
    """

    reason: npt.NDArray[np.int8]
    weight: npt.NDArray[np.float32]
    fact: npt.NDArray[np.float32]


def reasons(chance: Callable[[Floats], Floats], points: Floats, raw: Floats, since: Floats) -> Reasons:
    """Find what moves each customer's chance.

    Parameters
    ----------
    chance : callable
        From points, shape (n, len(FEATURES)), to chances.
    points, raw : ndarray, shape (n, len(FEATURES))
        As ``services.core.churn.features.Stand`` has them: 0 in ``points`` is the usual customer.
    since : ndarray, shape (n,)
        Days since the last order as they are shown, to the reference moment.

    Notes
    -----
    A reason's weight is by how much the log-odds fall when all features behind it are made usual. Of a
    logistic regression that is coefficients × (value − mean).
    """
    stated = log_odds(chance(points))
    weights = []
    for reason in REASONS:
        usual = points.copy()
        usual[:, [name_of == reason for name_of in FEATURES.values()]] = 0.0
        weights.append(stated - log_odds(chance(usual)))
    weight = np.column_stack(weights)
    order = np.argsort(-np.abs(weight), axis=1, kind="stable")[:, :TOLD]
    facts = raw[:, [_NAMES.index(feature) for _name, _unit, feature in REASONS.values()]]
    facts[:, list(REASONS).index("silence")] = since
    sorted_weight, fact = (np.take_along_axis(each, order, axis=1) for each in (weight, facts))
    told = np.abs(sorted_weight) >= LEAST
    return Reasons(
        np.where(told, order, -1).astype(np.int8),
        *(np.where(told, each, 0.0).astype(np.float32) for each in (sorted_weight, fact)),
    )
