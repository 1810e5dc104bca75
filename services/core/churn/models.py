"""Models that state a chance of leaving, and rules that only rank: what churn is compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from services.core.churn.features import FEATURES
from services.core.churn.scoring import Flags, Floats
from services.core.language.messages import later

#: Customers of all cuts that a model learns from at most; every so manieth is taken beyond.
MOST = 40_000
_NAMES = list(FEATURES)


class Classifier(Protocol):
    """What scikit-learn's models are to us."""

    def fit(self, points: Floats, left: Flags) -> Classifier:
        """Learn, and return the model itself."""
        ...

    def predict_proba(self, points: Floats) -> Floats:
        """Return the chances of coming back and of leaving, shape (n, 2)."""
        ...


def _logistic(_seed: int) -> Classifier:
    from sklearn.linear_model import LogisticRegression

    model: Classifier = LogisticRegression(C=0.1, solver="newton-cholesky")
    return model


def _splines(_seed: int) -> Classifier:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import SplineTransformer, StandardScaler

    curved = SplineTransformer(4, knots="quantile", extrapolation="constant", include_bias=False)
    model: Classifier = make_pipeline(
        curved, StandardScaler(), LogisticRegression(C=0.0003, solver="newton-cholesky")
    )
    return model


def _boosting(seed: int) -> Classifier:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model: Classifier = HistGradientBoostingClassifier(
        max_iter=60,
        learning_rate=0.08,
        max_leaf_nodes=6,
        min_samples_leaf=80,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=seed,
    )
    return model


#: Of a seed, by id; equally good ones are preferred in this order.
CANDIDATES: dict[str, Callable[[int], Classifier]] = {
    "logistic": _logistic,
    "splines": _splines,
    "boosting": _boosting,
}
#: Of raw features, by id: a greater score is likelier to leave.
BASELINES: dict[str, Callable[[Floats], Floats]] = {
    "frequency": lambda raw: -raw[:, _NAMES.index("order_days")],
    "recency": lambda raw: raw[:, _NAMES.index("days_since")],
    "rhythm": lambda raw: raw[:, _NAMES.index("days_since_by_gap")],
}
NAMES: dict[str, later] = {
    "logistic": later("Logistic regression"),
    "splines": later("Logistic regression on splines"),
    "boosting": later("Gradient boosting"),
    "frequency": later("Frequency alone"),
    "recency": later("Recency alone"),
    "rhythm": later("Own rhythm alone"),
}


def fit(model: str, points: Floats, left: Flags, seed: int) -> Classifier:
    """Fit a candidate.

    Parameters
    ----------
    model : str
        Of ``CANDIDATES``.
    points : ndarray, shape (n, len(FEATURES))
        Of ``services.core.churn.features.Stand``, of several days.
    left : ndarray of bool, shape (n,)
        Some and not all.
    seed : int
    """
    every = -(-len(points) // MOST)
    return CANDIDATES[model](seed).fit(points[::every], left[::every])


def chance_of(model: Classifier, points: Floats) -> Floats:
    """Return each customer's chance of leaving, shape (n,)."""
    chance: Floats = np.asarray(model.predict_proba(points), np.float64)[:, 1]
    return chance
