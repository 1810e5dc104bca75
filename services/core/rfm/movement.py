"""Why a customer is in another segment than before, by scoring again what might have moved them.

Nobody is asked and nothing is guessed: the later values are scored with the earlier cut points. Where that
leaves the customer in place, only the cut points can have moved them; else it was what they did, or did not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from services.core.rfm.scoring import Scale
from services.core.rfm.segments import Segmentation
from services.core.vocabulary import AXES

Labels = npt.NDArray[np.int16]
Causes = npt.NDArray[np.int8]

#: A mover's cause is the place of its id; the last two occur between releases only.
CAUSES: Final = ("ordered", "stayed-away", "cut-offs", "model", "data")
STAYED: Final = -1
_ORDERED, _AWAY, _CUTS, _MODEL, _DATA = range(len(CAUSES))


def causes(
    then: Labels,
    now: Labels,
    held: Labels,
    ordered: npt.NDArray[np.bool_],
    *,
    refitted: Labels | None = None,
    corrected: Labels | None = None,
) -> Causes:
    """Give every mover one cause.

    Parameters
    ----------
    then, now : ndarray of int16, shape (n,)
        Where customers of both moments stood; equal labels mean the same segment.
    held : ndarray of int16, shape (n,)
        Today's values by the earlier cut points.
    ordered : ndarray of bool, shape (n,)
        Who bought in between.
    refitted : ndarray of int16, shape (n,), optional
        Today's values by the earlier map with today's cut points; ``now`` where the map is the same.
    corrected : ndarray of int16, shape (n,), optional
        The values of then as today's ledger has them, by the earlier cut points; ``then`` where the ledger
        is the same.

    Returns
    -------
    ndarray of int8, shape (n,)
        Place in ``CAUSES``; −1 for who did not move.

    Notes
    -----
    The first that alone would have moved the customer counts: corrected data, their own behaviour, the cut
    points; what is left is the model. So the causes of a set of movers always add up to the movers.
    """
    behaved = np.where(ordered, _ORDERED, _AWAY)
    moved_by = [
        (then == now, STAYED),
        ((then if corrected is None else corrected) != then, _DATA),
        (held != then, behaved),
        ((now if refitted is None else refitted) != then, _CUTS),
    ]
    conditions, found = zip(*moved_by, strict=True)
    return np.select(conditions, [np.asarray(each) for each in found], default=_MODEL).astype(np.int8)


def cut_points(segmentation: Segmentation) -> dict[str, Any] | None:
    """Return what of a segmentation differs from one moment to another, as JSON knows it.

    ``edges`` of the scores, or ``mean`` and ``scale`` of the base; None where clusters are the segments, for
    their centres are the same at every moment of a release.
    """
    if segmentation.segments.kind == "means":
        transform = segmentation.transform
        return {"mean": transform.mean.tolist(), "scale": transform.scale.tolist()}
    if segmentation.segments.needs_scores and segmentation.scale is not None:
        return {"edges": {axis: list(segmentation.scale.edges[axis]) for axis in AXES}}
    return None


def with_cut_points(segmentation: Segmentation, stored: Mapping[str, Any] | None) -> Segmentation:
    """Return the segmentation of another moment, from what :func:`cut_points` gave of it."""
    if stored is None:
        return segmentation
    if "edges" in stored and segmentation.scale is not None:
        edges = {axis: tuple(stored["edges"][axis]) for axis in AXES}
        return replace(segmentation, scale=Scale(segmentation.scale.classes, segmentation.scale.best, edges))
    mean, scale = (np.asarray(stored[name], dtype=np.float64) for name in ("mean", "scale"))
    return replace(segmentation, transform=replace(segmentation.transform, mean=mean, scale=scale))
