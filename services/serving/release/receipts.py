"""Releases and their segments as the command line and the HTTP API tell them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from services.core.vocabulary import AXES
from services.releases import ReleaseSummary
from services.releases.overview.moments import Since
from services.serving.release.expected import expected_spend
from services.serving.release.loaded import Loaded

_SEGMENT = {"id", "name", "customers", "revenue", *AXES, "median_monetary", "playbook", "at_risk"}


def release_entry(summary: ReleaseSummary) -> dict[str, Any]:
    """Return one entry of what ``releases --json`` prints."""
    entry = asdict(summary)
    for moment in ("made_at", "as_of"):
        if entry[moment] is not None:
            entry[moment] = entry[moment].isoformat()
    return entry


def segment_entries(release: Loaded) -> list[dict[str, Any]]:
    """Return the segments in the preset's order, with their customers and their means."""
    of = np.asarray(release.customers["segment"])
    totals = [expected_spend(release, np.flatnonzero(of == place)) for place in range(len(release.segments))]
    return [
        segment.model_dump(include=_SEGMENT) | {"expected_spend": total and total.spend}
        for segment, total in zip(release.segments, totals, strict=True)
    ]


def train_receipt(release: Loaded) -> dict[str, Any]:
    """Return what ``train --json`` prints: see the contract in docs/contract.md."""
    manifest, whole = release.manifest, release.overview.rule_scopes[0]
    return {
        "release": release.id,
        "preset": manifest.preset,
        "as_of": manifest.as_of.isoformat(),
        "files": [file.model_dump() for file in manifest.source.files],
        "rows": manifest.rows.model_dump(),
        "detected": manifest.detected.model_dump(),
        "unreadable": [each.model_dump(exclude_none=True) for each in manifest.unreadable or []],
        "statuses": manifest.statuses,
        "left_out": None
        if release.overview.left_out is None
        else [each.model_dump() for each in release.overview.left_out],
        "layout": manifest.layout,
        "revenue": manifest.revenue,
        "returns": release.overview.glance.returns.model_dump(),
        "customers": manifest.customers,
        "segments": {segment.name: segment.customers for segment in release.segments},
        "k": manifest.k,
        "silhouette": manifest.silhouette,
        "clusters": [
            cluster.model_dump(include={"id", "name", "customers", *AXES}) for cluster in release.clusters
        ],
        "itemsets": whole.itemsets,
        "rules": whole.rules,
        "warnings": manifest.warnings,
        "since": _since(release.overview.since),
        "seconds": manifest.seconds,
    }


def _since(stored: Since | None) -> dict[str, Any] | None:
    """Return what moved since the release before, without the names of the groups."""
    if stored is None:
        return None
    told = {"of", "moved", "causes", "agreement"}
    return stored.model_dump(include={"release": True, "gone": True, "segment": told, "cluster": told})
