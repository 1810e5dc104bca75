"""From which chance on a customer counts as one who will churn: chosen inside the rows of the training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sklearn.metrics import make_scorer
from sklearn.model_selection import TunedThresholdClassifierCV
from sklearn.pipeline import Pipeline

from services.core.labelled.copies import Labels, splits
from services.core.labelled.objectives import Objective

#: Parts that the rows of a training are cut into to choose the threshold.
INNER_FOLDS = 3
_THRESHOLDS = 100


@dataclass(frozen=True)
class Fitted:
    """A pipeline fitted on all rows of a training, and the threshold that parts of them chose."""

    pipeline: Pipeline
    threshold: float


def fit(
    pipeline: Pipeline, values: pd.DataFrame, ends: Labels, groups: Labels, objective: Objective, seed: int
) -> Fitted:
    """Fit a pipeline and choose its threshold on rows of the training that it was not fitted on.

    Parameters
    ----------
    pipeline : Pipeline
    values : DataFrame, shape (rows, features)
    ends : ndarray of int, shape (rows,)
        1 for who churned.
    groups : ndarray, shape (rows,)
        Equal rows have one number: they stay on one side.
    objective : Objective
    seed : int
    """
    inside = splits(groups, ends, INNER_FOLDS, seed, together=True)
    tuned: Any = TunedThresholdClassifierCV(
        pipeline,
        scoring=make_scorer(objective.score),
        response_method="predict_proba",
        thresholds=_THRESHOLDS,
        cv=inside,
        refit=True,
    ).fit(values, ends)
    return Fitted(tuned.estimator_, float(tuned.best_threshold_))
