"""The clusters of a release: how many, where, and who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from services.core.clusters.evidence import (
    RESAMPLES,
    RESAMPLES_TO_SHOW,
    Evidence,
    Trial,
    gather,
    sample_rows,
)
from services.core.clusters.kmeans import Assignment, assign, fit_kmeans
from services.core.clusters.outliers import outliers
from services.core.clusters.recommending import recommend
from services.core.clusters.silhouette import silhouettes
from services.core.features import Points, fit_transform, parameters
from services.core.language.messages import _
from services.core.presets import Preset
from services.core.refusals import Refusal
from services.core.vocabulary import AXES

if TYPE_CHECKING:
    import pandas as pd
    from sklearn.cluster import KMeans
    from sklearn.pipeline import Pipeline


@dataclass(frozen=True)
class Clustering:
    """Fitted clusters, in the order of their mean spend, highest first.

    Attributes
    ----------
    pipeline, kmeans
        What the release pickles.
    assignment : Assignment
        Of all customers, those set aside while fitting too.
    outlier : ndarray of bool, shape (n,)
        Who lies far from the others.
    k : int
    reason : str
        Why this k, in a sentence.
    trials : list of Trial
        Every k that was tried out, ascending.
    resamples : int
        How many bootstrap samples they were compared with.
    silhouette : float or None
        Mean over the customers, or over the sample that evidence was gathered on; None with a single cluster.
    """

    pipeline: Pipeline
    kmeans: KMeans
    assignment: Assignment
    outlier: npt.NDArray[np.bool_]
    k: int
    reason: str
    trials: list[Trial]
    resamples: int
    silhouette: float | None

    @property
    def evidence(self) -> list[Evidence]:
        """The figures of every k that was tried out."""
        return [trial.evidence for trial in self.trials]


def cluster_customers(rfm: pd.DataFrame, preset: Preset, k: int | None, seed: int) -> Clustering:
    """Fit a preset's clusters on raw R, F, M.

    Parameters
    ----------
    rfm : DataFrame, shape (n_customers, 3)
    preset : Preset
    k : int or None
        The user's choice; else the preset's, else by evidence.
    seed : int

    Raises
    ------
    Refusal
        If there are fewer different customers than clusters.
    """
    raw = rfm[list(AXES)].to_numpy(np.float64)
    outlier = outliers(raw)
    fitted = raw[~outlier] if preset.clusters.set_outliers_aside else raw
    pipeline = fit_transform(fitted, list(preset.clusters.features))
    transform = parameters(pipeline)
    import sklearn.cluster  # noqa: F401 (threads can only be limited in libraries that are loaded)

    # The fits are small: threads that wait for each other cost far more than they give.
    with threadpool_limits(limits=1):
        points = transform(fitted)
        resamples = RESAMPLES if k is None and preset.clusters.k is None else RESAMPLES_TO_SHOW
        trials = gather(
            points, seed=seed, n_init=preset.clusters.n_init, tol=preset.clusters.tol, resamples=resamples
        )
        chosen, reason = _choose_k(trials, preset, k)
        kmeans = fit_kmeans(points, chosen, n_init=preset.clusters.n_init, tol=preset.clusters.tol, seed=seed)
        points = transform(raw)
        _order_by_spend(kmeans, points, raw)
        assignment = assign(points, kmeans.cluster_centers_)
        silhouette = silhouette_of(points, assignment, seed)
    return Clustering(pipeline, kmeans, assignment, outlier, chosen, reason, trials, resamples, silhouette)


def _choose_k(trials: list[Trial], preset: Preset, k: int | None) -> tuple[int, str]:
    if k is not None:
        return k, _("{k} was chosen by hand.", k=k)
    if preset.clusters.k is not None:
        reason = _("{k} is set by the preset “{preset}”.", k=preset.clusters.k, preset=preset.name)
        return preset.clusters.k, reason
    if not trials:
        raise Refusal(
            _(
                "Clusters need at least three customers with different values; this file has fewer. "
                "Train on a longer period."
            )
        )
    best = recommend([trial.evidence for trial in trials], len(trials[0].labels))
    return best.k, best.reason


def tried_rows(clustering: Clustering, preset: Preset, seed: int) -> npt.NDArray[np.intp]:
    """Return the rows of the customers that each k was tried out on, ascending."""
    outlier = clustering.outlier
    fitted = np.flatnonzero(~outlier) if preset.clusters.set_outliers_aside else np.arange(len(outlier))
    return fitted[sample_rows(len(fitted), seed)]


def _order_by_spend(kmeans: KMeans, points: Points, raw: Points) -> None:
    """Renumber the centres so that the label follows from content: mean spend, highest first."""
    labels = assign(points, kmeans.cluster_centers_).nearest
    spend = [raw[labels == label, 2].mean() for label in range(kmeans.n_clusters)]
    order = np.argsort(-np.asarray(spend), kind="stable")
    kmeans.cluster_centers_ = np.ascontiguousarray(kmeans.cluster_centers_[order])
    kmeans.labels_ = np.argsort(order)[kmeans.labels_].astype(np.int32)


def silhouette_of(points: Points, assignment: Assignment, seed: int) -> float | None:
    """Return the mean silhouette of placed points, over a seeded sample of them; None with one cluster."""
    rows = sample_rows(len(points), seed)
    found, labels = np.unique(assignment.nearest[rows], return_inverse=True)
    if not 2 <= len(found) < len(rows):
        return None
    return float(silhouettes(points[rows], [labels])[0].mean())
