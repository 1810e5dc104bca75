"""What a saved preset says of itself: kept in English with its version, and with each release made by it."""

from __future__ import annotations

from services.core.presets import Preset


def summary(preset: Preset) -> str:
    """Say in a sentence how a preset segments, for the release made with it."""
    segments = f"{len(preset.segments.groups)} segments"
    if preset.scoring is None:
        return f"{segments}, told apart by the means of all customers."
    kinds = {
        "grid": "on a map of recency by buying score",
        "score": "by thresholds on a score of three digits",
        "rules": "by ordered rules on the scores",
    }
    said = {"recency": "recency", "frequency": "frequency", "monetary": "spend"}
    fixed = [word for axis, word in said.items() if axis in preset.scoring.edges]
    cut = f"fixed cut points of {' and '.join(fixed)}" if fixed else "equal shares"
    return f"{preset.scoring.classes} scores by {cut}, {segments} {kinds[preset.segments.kind]}."
