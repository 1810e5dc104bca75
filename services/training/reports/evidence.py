"""What speaks for each number of clusters: the part ``evidence`` of ``clusters.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.clusters.evidence import Trial, inertia_of_one
from services.core.clusters.naming import names
from services.core.clusters.positions import levels, positions
from services.core.clusters.recommending import elbow, least_of_cluster, recommend
from services.core.clusters.splitting import split
from services.core.features import Points
from services.core.playbooks import situation, strategies
from services.core.presets import Preset
from services.core.vocabulary import AXES
from services.training.clusters.clustering import Clustering, tried_rows

VALUES = 50  # silhouette values a cluster in the plot


def evidence_of(
    rfm: pd.DataFrame,
    points: Points,
    clustering: Clustering,
    preset: Preset,
    monthly: Mapping[int, float],
    seed: int,
) -> dict[str, Any]:
    """Return what was measured of every k that was tried out.

    Parameters
    ----------
    rfm : DataFrame, shape (n, 3)
    points : ndarray, shape (n, 3)
        Standardised.
    clustering : Clustering
    preset : Preset
    monthly : mapping of int to float
        Of ``services.training.customers.months.month_to_month``.
    seed : int
    """
    rows = tried_rows(clustering, preset, seed)
    tried = rfm.iloc[rows]
    served = clustering.assignment.nearest[rows]
    orders = preset.rfm.frequency == "orders"
    order = {
        trial.evidence.k: _order(trial, tried, served if trial.evidence.k == clustering.k else None)
        for trial in clustering.trials
    }
    finer: dict[int, Trial] = {one.evidence.k: two for one, two in pairwise(clustering.trials)}
    ks: list[dict[str, Any]] = [
        {
            **trial.evidence.as_dict(),
            "monthly": monthly.get(k),
            "clusters": _tried(trial, tried, order[k], orders),
            "next": _next(trial, finer[k], order) if k in finer else None,
        }
        for k, trial in ((trial.evidence.k, trial) for trial in clustering.trials)
    ]
    measured = [trial.evidence for trial in clustering.trials]
    best = recommend(measured, len(rows)) if measured else None
    return {
        "customers": len(rows),
        "of": len(points),
        "resamples": clustering.resamples,
        "elbow": elbow(measured) if measured else None,
        "recommended": {"k": best.k, "reason": best.reason} if best and best.passes else None,
        "least": least_of_cluster(len(rows)),
        "inertia_of_one": inertia_of_one(points[rows]),
        "ks": ks,
    }


def _tried(trial: Trial, rfm: pd.DataFrame, order: Sequence[int], orders: bool) -> list[dict[str, Any]]:
    """Describe the clusters of one trial, in the given order."""
    k = trial.evidence.k
    located = positions(rfm, trial.labels, k)
    named = names(located, frequency_is_orders=orders)
    raw = rfm[list(AXES)].to_numpy(np.float64)
    shares = (np.arange(VALUES) + 0.5) / VALUES
    found: list[dict[str, Any]] = []
    for label in order:
        inside = trial.labels == label
        own = trial.silhouettes[inside]
        plan = strategies()[situation(levels(located[label], frequency_is_orders=orders))]
        found.append(
            {
                "name": named[label].text,
                "plan": plan.name,
                "customers": int(inside.sum()),
                **dict(zip(AXES, raw[inside].mean(axis=0).tolist(), strict=True)),
                "jaccard": float(trial.jaccard[label]),
                "silhouette": float(own.mean()),
                "below_zero": int((own < 0).sum()),
                "values": np.round(np.quantile(own, shares), 4).tolist(),
            }
        )
    return found


def _order(trial: Trial, rfm: pd.DataFrame, served: npt.NDArray[np.int16] | None) -> list[int]:
    """Return the clusters in the order of those served, or of their mean spend, highest first."""
    k = trial.evidence.k
    if served is not None:
        shared = np.bincount(served.astype(np.intp) * k + trial.labels, minlength=k * k).reshape(k, k)
        matched: list[int] = shared.argmax(axis=1).tolist()
        if len(set(matched)) == k:
            return matched
    spend = rfm["monetary"].to_numpy(np.float64)
    means = np.array([spend[trial.labels == label].mean() for label in range(k)])
    return np.argsort(-means, kind="stable").tolist()


def _next(trial: Trial, finer: Trial, order: Mapping[int, Sequence[int]]) -> dict[str, int]:
    """Say what one more cluster would part from what, by the places of both in the lists."""
    found, k = split(trial.labels, finer.labels, trial.evidence.k), trial.evidence.k
    return asdict(found) | {
        "cluster": order[k + 1].index(found.cluster),
        "source": order[k].index(found.source),
        "rest": order[k + 1].index(found.rest),
    }
