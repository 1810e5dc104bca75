"""What is written behind each row: cluster, segment, scores, margin, and whether training saw such values."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from services.core.clusters.kmeans import assign
from services.core.text.cells import guarded
from services.core.text.number_cells import Sign
from services.core.vocabulary import AXES
from services.serving.release.loaded import Loaded

ADDED = (
    "predicted_cluster_id", "predicted_cluster", "predicted_segment", "predicted_r", "predicted_f",
    "predicted_m", "predicted_margin", "predicted_in_range", "predicted_error",
)  # fmt: skip


def added_cells(release: Loaded, raw: npt.NDArray[np.float64], sign: Sign) -> list[tuple[str, ...]]:
    """Return the cells of ``ADDED`` but the error for each row.

    By the same functions as a single prediction, so both say the same of the same values.

    Parameters
    ----------
    release : Loaded
    raw : ndarray, shape (n, 3)
        Values that customers can have.
    sign : {".", ","}
        What stands before the decimals of the margin.
    """
    placed = assign(release.transform(raw), release.centres)
    scores = release.segmentation.scores(raw)
    clusters = [(guarded(each.id), guarded(each.name)) for each in release.clusters]
    segments = [*(guarded(each.name) for each in release.segments), ""]  # −1 is no segment
    axes = release.overview.axes
    low, high = np.array([[axes[axis].min, axes[axis].max] for axis in AXES]).T
    inside = np.where(((raw >= low) & (raw <= high)).all(axis=1), "yes", "no")
    digits = [[str(score) for score in scores[axis].tolist()] if scores else [""] * len(raw) for axis in AXES]
    answers = zip(
        placed.nearest.tolist(),
        release.segmentation.segment(raw).tolist(),
        *digits,
        placed.margin.tolist(),
        inside.tolist(),
        strict=True,
    )
    return [
        (*clusters[cluster], segments[segment], r, f, m, repr(margin).replace(".", sign), seen)
        for cluster, segment, r, f, m, margin, seen in answers
    ]
