"""A release in one object, as the command line prints it."""

from __future__ import annotations

from typing import Any

from services.core.vocabulary import AXES
from services.serving.loaded import Loaded


def train_receipt(release: Loaded) -> dict[str, Any]:
    """Return what ``train --json`` prints: see the contract in docs/contract.md."""
    manifest, whole = release.manifest, release.overview["rule_scopes"][0]
    return {
        "release": release.id,
        "preset": manifest.preset,
        "as_of": manifest.as_of.isoformat(),
        "rows": manifest.rows.model_dump(),
        "detected": manifest.detected.model_dump(),
        "customers": manifest.customers,
        "segments": {segment["name"]: segment["customers"] for segment in release.segments},
        "k": manifest.k,
        "silhouette": manifest.silhouette,
        "clusters": [
            {name: cluster[name] for name in ("id", "name", "customers", *AXES)}
            for cluster in release.clusters
        ],
        "itemsets": whole["itemsets"],
        "rules": whole["rules"],
        "warnings": manifest.warnings,
        "since": _since(release.overview.get("since")),
        "seconds": manifest.seconds,
    }


def _since(stored: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return what moved since the release before, without the names of the groups."""
    if stored is None:
        return None
    told = {
        kind: {name: stored[kind][name] for name in ("of", "moved", "causes", "agreement")}
        for kind in ("segment", "cluster")
    }
    return {"release": stored["release"], "gone": stored["gone"], **told}
