"""The clusters of a release: how many, where, and who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from services.core.clusters import Assignment, assign, fit_kmeans
from services.core.evidence import SAMPLE, Evidence, gather, recommend
from services.core.features import Points, fit_transform, parameters
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
        Of the customers it was fitted on.
    k : int
    reason : str
        Why this k, in a sentence.
    evidence : list of Evidence
        Empty where k was given.
    silhouette : float or None
        Mean over the customers, or over a sample of ``SAMPLE``; None with a single cluster.
    """

    pipeline: Pipeline
    kmeans: KMeans
    assignment: Assignment
    k: int
    reason: str
    evidence: list[Evidence]
    silhouette: float | None


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
    pipeline = fit_transform(raw, list(preset.clusters.features))
    points = parameters(pipeline)(raw)
    import sklearn.cluster  # noqa: F401 (threads can only be limited in libraries that are loaded)

    # The fits are small: threads that wait for each other cost far more than they give.
    with threadpool_limits(limits=1):
        chosen, reason, evidence = _choose_k(points, preset, k, seed)
        kmeans = fit_kmeans(points, chosen, n_init=preset.clusters.n_init, tol=preset.clusters.tol, seed=seed)
        _order_by_spend(kmeans, points, raw)
        assignment = assign(points, kmeans.cluster_centers_)
        silhouette = _silhouette(points, assignment, seed)
    return Clustering(pipeline, kmeans, assignment, chosen, reason, evidence, silhouette)


def _choose_k(points: Points, preset: Preset, k: int | None, seed: int) -> tuple[int, str, list[Evidence]]:
    if k is not None:
        return k, f"{k} was chosen by hand.", []
    if preset.clusters.k is not None:
        return preset.clusters.k, f"{preset.clusters.k} is set by the preset “{preset.name}”.", []
    evidence = gather(points, seed=seed)
    if not evidence:
        raise Refusal(
            "Clusters need at least three customers with different values; this file has fewer. "
            "Train on a longer period."
        )
    return *recommend(evidence, min(len(points), SAMPLE)), evidence


def _order_by_spend(kmeans: KMeans, points: Points, raw: Points) -> None:
    """Renumber the centres so that the label follows from content: mean spend, highest first."""
    labels = assign(points, kmeans.cluster_centers_).nearest
    spend = [raw[labels == label, 2].mean() for label in range(kmeans.n_clusters)]
    order = np.argsort(-np.asarray(spend), kind="stable")
    kmeans.cluster_centers_ = np.ascontiguousarray(kmeans.cluster_centers_[order])
    kmeans.labels_ = np.argsort(order)[kmeans.labels_].astype(np.int32)


def _silhouette(points: Points, assignment: Assignment, seed: int) -> float | None:
    from sklearn.metrics import silhouette_score

    if len(np.unique(assignment.nearest)) < 2 or len(points) <= len(np.unique(assignment.nearest)):
        return None
    size = None if len(points) <= SAMPLE else SAMPLE
    return float(silhouette_score(points, assignment.nearest, sample_size=size, random_state=seed))
