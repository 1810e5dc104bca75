"""What the outliers of a release are, hold and do to its clusters, for ``overview.outliers``."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from services.core.clusters.kmeans import Assignment, assign, fit_kmeans
from services.core.clusters.outliers import RULE, TOO_MANY, usual
from services.core.features import fit_transform, parameters
from services.core.language.messages import _, plural
from services.core.presets import Preset
from services.core.refusals import Refusal
from services.training.clusters.clustering import Clustering, silhouette_of
from services.training.customers.columns import raw_values

N_INIT = 10  # for a comparison; what is served takes the preset's


def describe_outliers(rfm: pd.DataFrame, clustering: Clustering, preset: Preset, seed: int) -> dict[str, Any]:
    """Count the outliers and compare the clusters fitted with them and without them.

    Parameters
    ----------
    rfm : DataFrame, shape (n, 3)
    clustering : Clustering
        As served, fitted with or without them.
    preset : Preset
    seed : int

    Returns
    -------
    dict
        ``customers``, ``revenue`` (shop currency), ``rule`` (text), ``unfit`` (the share that it would flag,
        where that is too many), ``set_aside`` (bool), and ``compared``:
        None where there are no outliers, or too few other customers; else ``with`` and ``without``, each
        ``sizes`` (customers of each cluster, largest first, outliers placed at their nearest centre) and
        ``silhouette``, and ``agreement``, the adjusted Rand index between the two.
    """
    outlier, found = clustering.outlier, usual(raw_values(rfm))
    return {
        "customers": int(outlier.sum()),
        "revenue": float(rfm["monetary"].to_numpy()[outlier].sum()),
        "rule": RULE,
        "unfit": None if found.fits else found.flagged,
        "set_aside": preset.clusters.set_outliers_aside,
        "compared": _compared(rfm, clustering, preset, seed) if outlier.any() else None,
    }


def outlier_warnings(found: dict[str, Any], customers: int, revenue: float) -> list[str]:
    """Say in a sentence how many outliers there are, what they hold, and what was done with them."""
    count = found["customers"]
    if found["unfit"]:
        return [
            _(
                "The rule for outliers does not fit these customers: it would flag {share}\u00a0% of them, "
                "over {most}\u00a0%. Nobody is called an outlier.",
                share=f"{100 * found['unfit']:.1f}",
                most=f"{100 * TOO_MANY:.0f}",
            )
        ]
    if not count:
        return []
    places = {"n": f"{count:,}", "share": f"{100 * count / customers:.1f}"}
    aside = found["set_aside"]
    if not revenue:
        return [_aside(count, places) if aside else _kept(count, places)]
    places["revenue"] = f"{100 * found['revenue'] / revenue:.0f}"
    return [_aside_of_revenue(count, places) if aside else _kept_of_revenue(count, places)]


def _aside(count: int, places: dict[str, str]) -> str:
    return plural(
        "{n} customer is an outlier, far from the rest in orders or spend: {share}\u00a0% of all; it was set "
        "aside while clusters were fitted, then assigned to the nearest one.",
        "{n} customers are outliers, far from the rest in orders or spend: {share}\u00a0% of all; they were "
        "set aside while clusters were fitted, then assigned to the nearest one.",
        count,
        **places,
    )


def _kept(count: int, places: dict[str, str]) -> str:
    return plural(
        "{n} customer is an outlier, far from the rest in orders or spend: {share}\u00a0% of all; it is "
        "kept.",
        "{n} customers are outliers, far from the rest in orders or spend: {share}\u00a0% of all; they are "
        "kept.",
        count,
        **places,
    )


def _aside_of_revenue(count: int, places: dict[str, str]) -> str:
    return plural(
        "{n} customer is an outlier, far from the rest in orders or spend: {share}\u00a0% of all and "
        "{revenue}\u00a0% of the revenue; it was set aside while clusters were fitted, then assigned to the "
        "nearest one.",
        "{n} customers are outliers, far from the rest in orders or spend: {share}\u00a0% of all and "
        "{revenue}\u00a0% of the revenue; they were set aside while clusters were fitted, then assigned to "
        "the nearest one.",
        count,
        **places,
    )


def _kept_of_revenue(count: int, places: dict[str, str]) -> str:
    return plural(
        "{n} customer is an outlier, far from the rest in orders or spend: {share}\u00a0% of all and "
        "{revenue}\u00a0% of the revenue; it is kept.",
        "{n} customers are outliers, far from the rest in orders or spend: {share}\u00a0% of all and "
        "{revenue}\u00a0% of the revenue; they are kept.",
        count,
        **places,
    )


def _compared(rfm: pd.DataFrame, clustering: Clustering, preset: Preset, seed: int) -> dict[str, Any] | None:
    from sklearn.metrics import adjusted_rand_score

    raw, served_without = raw_values(rfm), preset.clusters.set_outliers_aside
    fitted = raw if served_without else raw[~clustering.outlier]
    if not len(fitted):
        return None
    transform = parameters(fit_transform(fitted, list(preset.clusters.features)))
    try:
        with threadpool_limits(limits=1):
            points, k = transform(fitted), clustering.k
            kmeans = fit_kmeans(points, k, n_init=N_INIT, tol=preset.clusters.tol, seed=seed)
            points = transform(raw)
            other = assign(points, kmeans.cluster_centers_)
            silhouette = silhouette_of(points, other, seed)
    except Refusal:
        return None
    served = {"sizes": _sizes(clustering.assignment, k), "silhouette": clustering.silhouette}
    refitted = {"sizes": _sizes(other, k), "silhouette": silhouette}
    return {
        "with": refitted if served_without else served,
        "without": served if served_without else refitted,
        "agreement": float(adjusted_rand_score(clustering.assignment.nearest, other.nearest)),
    }


def _sizes(assignment: Assignment, k: int) -> list[int]:
    return sorted(np.bincount(assignment.nearest, minlength=k).tolist(), reverse=True)
