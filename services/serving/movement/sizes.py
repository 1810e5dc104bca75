"""How many customers each segment held at each moment that a release kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.serving.lists.filters import Filters
from services.serving.release.loaded import Loaded
from services.serving.release.once import once


@dataclass(frozen=True)
class Sizes:
    """The segments at each moment, oldest first.

    Attributes
    ----------
    customers : list of int
        All who were customers then, without a segment too.
    segments : list of list of int
        By moment and segment, in the release's order.
    """

    customers: list[int]
    segments: list[list[int]]


def sizes(release: Loaded, filters: Filters) -> Sizes:
    """Count who stood in which segment at each moment; an erased customer does not count at any.

    Parameters
    ----------
    release : Loaded
        One whose snapshots can be compared (``services.serving.movement.moments.why_not``).
    filters : Filters
        Whose segments count.
    """
    return _counted(release, filters.mask(release)) if filters.active else _of_everybody(release)


@once
def _of_everybody(release: Loaded) -> Sizes:
    return _counted(release, np.ones(release.count, dtype=bool))


def _counted(release: Loaded, fits: npt.NDArray[np.bool_]) -> Sizes:
    segment = release.customers["snapshot_segment"][fits]
    there = release.customers["snapshot_frequency"][fits] > 0
    held = there & (segment >= 0)
    counted = [
        np.bincount(segment[held[:, place], place], minlength=len(release.segments)).tolist()
        for place in range(segment.shape[1])
    ]
    return Sizes(there.sum(axis=0).tolist(), counted)
