"""Why these clusters and what they are: ``clusters.json``, all that the tab Clusters shows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from threadpoolctl import threadpool_limits

from services.core.clusters import comparison
from services.core.clusters.evidence import sample_rows
from services.core.clusters.explanation import Box, explain, recover
from services.core.features import Points, parameters
from services.core.presets import Preset
from services.core.rfm.scoring import fit_scale
from services.core.vocabulary import AXES
from services.training.clusters.clustering import Clustering
from services.training.clusters.identities import Identities
from services.training.customers.columns import Columns, Segmented
from services.training.ledger.transactions import Ledger
from services.training.reports import profiles
from services.training.reports.distinctive_words import distinctive_words
from services.training.reports.evidence import evidence_of
from services.training.reports.segments import described

SCATTERED = 600  # customers in the picture of three axes


def cluster_report(
    ledger: Ledger,
    preset: Preset,
    segmented: Segmented,
    clustering: Clustering,
    columns: Columns,
    countries: list[str],
    identities: Identities,
    monthly: Mapping[int, float],
    seed: int,
) -> dict[str, Any]:
    """Return the content of ``clusters.json``: see docs/architecture.md.

    Parameters
    ----------
    ledger : Ledger
    preset : Preset
    segmented : Segmented
    clustering : Clustering
    columns : dict of str to ndarray
        ``cluster``, ``segment`` and ``country`` of each customer.
    countries : list of str
        Names, in the order their indices count.
    identities : Identities
        Of the clusters.
    monthly : mapping of int to float
        Of ``services.training.customers.months.month_to_month``.
    seed : int
    """
    raw = segmented.rfm[list(AXES)].to_numpy(np.float64)
    points = parameters(clustering.pipeline)(raw)
    with threadpool_limits(limits=1):
        return {
            "evidence": evidence_of(segmented.rfm, points, clustering, preset, monthly, seed),
            "algorithms": _algorithms(segmented, points, clustering, preset, seed),
            "explanation": _explanation(raw, clustering, seed),
            "profiles": _profiles(ledger, raw, points, clustering, columns, countries, identities),
            "segments": _by_segment(columns, clustering.k, len(preset.segments.groups) or clustering.k),
            "scattered": sample_rows(len(raw), seed, SCATTERED).tolist(),
        }


def _algorithms(
    segmented: Segmented, points: Points, clustering: Clustering, preset: Preset, seed: int
) -> dict[str, Any] | None:
    """Compare on a sample; None where too few customers differ."""
    rows = sample_rows(len(points), seed, comparison.SAMPLE)
    sample, k = points[rows], clustering.k
    if len(np.unique(sample, axis=0)) < max(comparison.FEWEST, 2 * k):
        return None
    ways = comparison.algorithms(sample, k, seed=seed)
    known = {"kmeans": clustering.assignment.nearest[rows]}
    if preset.scoring is not None and preset.segments.needs_scores:
        scoring, rfm = preset.scoring, segmented.rfm.iloc[rows]
        raw = rfm[list(AXES)].to_numpy(np.float64)

        def by_rules(part: npt.NDArray[np.intp]) -> npt.NDArray[np.int16]:
            scale = fit_scale(rfm.iloc[part], scoring.classes, scoring.best, scoring.edges)
            return replace(segmented.segmentation, scale=scale).segment(raw[part])

        ways["rules"] = by_rules
        known["rules"] = segmented.segment[rows]
    compared, agreement = comparison.compare(sample, ways, known, seed=seed)
    return {
        "customers": len(rows),
        "of": len(points),
        "draws": comparison.DRAWS,
        "drawn_share": comparison.DRAWN_SHARE,
        "ways": [
            {
                "id": name,
                "sizes": found.sizes,
                "left_out": found.left_out,
                "silhouette": found.silhouette,
                "stability": found.stability,
            }
            for name, found in compared.items()
        ],
        "agreement": agreement.tolist(),
    }


def _explanation(raw: Points, clustering: Clustering, seed: int) -> dict[str, Any]:
    labels = clustering.assignment.nearest
    found = explain(raw, labels, clustering.k, seed=seed)
    recovery = recover(raw, labels, seed=seed)
    return {
        "fidelity": found.fidelity,
        "rules": [
            {
                "boxes": [_bounds(box) for box in rule.boxes],
                "customers": rule.customers,
                "right": rule.right,
            }
            for rule in found.rules
        ],
        "recovery": None if recovery is None else vars(recovery),
    }


def _bounds(box: Box) -> dict[str, list[float | None]]:
    """Return for each bounded axis [over, up to], None for no bound."""
    pairs = dict(zip(AXES, zip(box.over, box.up_to, strict=True), strict=True))
    return {
        axis: [bound if math.isfinite(bound) else None for bound in pair]
        for axis, pair in pairs.items()
        if any(math.isfinite(bound) for bound in pair)
    }


def _profiles(
    ledger: Ledger,
    raw: Points,
    points: Points,
    clustering: Clustering,
    columns: Columns,
    countries: list[str],
    identities: Identities,
) -> dict[str, Any]:
    labels, k = columns["cluster"], clustering.k
    cluster_of = pd.Series(labels, index=ledger.customers["customer_id"])
    names = described(ledger)
    prices = dict(zip(ledger.products["product"], ledger.products["price"], strict=True))
    timed = ledger.glance["hours"] is not None
    return {
        "clusters": [
            each | {"named": named, "products": products, "words": words, "countries": where}
            for each, named, products, words, where in zip(
                profiles.spread(raw, points, labels, k),
                [[{"word": word, "means": means} for word, means in name.words] for name in identities.named],
                profiles.products_bought_more(ledger.baskets, cluster_of, k, names),
                distinctive_words(ledger.baskets, cluster_of, k, names),
                profiles.places(columns["country"], labels, k, countries),
                strict=True,
            )
        ],
        "baskets": len(ledger.baskets.customers),
        "prices": profiles.price_bands(ledger.baskets, cluster_of, k, prices),
        "times": profiles.ordering_times(ledger.orders, cluster_of, k, timed),
    }


def _by_segment(columns: Columns, k: int, segments: int) -> list[list[int]]:
    """Count customers by cluster (rows) and segment; the last column is of no segment."""
    segment, labels = columns["segment"].astype(np.intp), columns["cluster"].astype(np.intp)
    width = segments + 1
    place = np.where(segment < 0, segments, segment)
    return np.bincount(labels * width + place, minlength=k * width).reshape(k, width).tolist()
