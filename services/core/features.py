"""The one transform between raw R, F, M and the space in which clusters are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

Feature = Literal["recency", "frequency", "monetary", "log1p_recency", "log1p_frequency", "log1p_monetary"]
FEATURES: tuple[Feature, ...] = get_args(Feature)
Points = npt.NDArray[np.float64]

_AXIS_OF = {"recency": 0, "frequency": 1, "monetary": 2}


def axis_of(feature: Feature) -> int:
    """Return the column of raw R, F, M that a feature is made from."""
    return _AXIS_OF[feature.removeprefix("log1p_")]


@dataclass(frozen=True)
class Transform:
    """Log some axes, then standardise: the parameters of the pickled pipeline as plain arrays.

    A call costs microseconds where scikit-learn's checks cost hundreds; a test holds the two equal.

    Attributes
    ----------
    logged : ndarray of bool, shape (3,)
        Which of R, F, M go through log1p.
    mean, scale : ndarray, shape (3,)
        Of the standardisation.
    """

    logged: npt.NDArray[np.bool_]
    mean: Points
    scale: Points

    def __call__(self, rfm: npt.ArrayLike) -> Points:
        """Map raw values, shape (n, 3), to standardised points of the same shape."""
        raw = np.asarray(rfm, dtype=np.float64)
        # One column at a time: the same operations on one row and on a million, so the same bits.
        points = np.empty(raw.shape)
        for axis, logged in enumerate(self.logged.tolist()):
            points[:, axis] = np.log1p(raw[:, axis]) if logged else raw[:, axis]
        points -= self.mean
        points /= self.scale
        return points

    def invert(self, points: npt.ArrayLike) -> Points:
        """Map standardised points, shape (n, 3), back to raw R, F, M."""
        values = np.asarray(points, dtype=np.float64) * self.scale + self.mean
        return np.where(self.logged, np.expm1(values), values)


def fit_transform(rfm: npt.ArrayLike, features: list[Feature]) -> Pipeline:
    """Fit the log and standardising steps on raw R, F, M.

    Parameters
    ----------
    rfm : array_like, shape (n_customers, 3)
        Raw recency, frequency, monetary.
    features : list of three
        For each axis its raw name or its ``log1p_`` form, in the order R, F, M.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Steps ``log`` (ColumnTransformer) and ``scale`` (StandardScaler); goes into ``scaler.pkl``.
    """
    from sklearn.compose import ColumnTransformer
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import FunctionTransformer, StandardScaler

    steps = [
        (
            feature,
            FunctionTransformer(np.log1p) if feature.startswith("log1p_") else "passthrough",
            [axis_of(feature)],
        )
        for feature in features
    ]
    pipeline = Pipeline([("log", ColumnTransformer(steps)), ("scale", StandardScaler())])
    return pipeline.fit(np.asarray(rfm, dtype=np.float64))


def parameters(pipeline: Pipeline) -> Transform:
    """Read the plain parameters out of a fitted pipeline."""
    transformers = pipeline.named_steps["log"].transformers
    logged = np.array([name.startswith("log1p_") for name, _, _ in transformers])
    scaler = pipeline.named_steps["scale"]
    return Transform(logged, np.asarray(scaler.mean_), np.asarray(scaler.scale_))
