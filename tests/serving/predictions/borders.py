"""Whether what is said of customers' smallest changes is true."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from services.core.clusters.crossing import PER_UNIT, Crossing
from services.core.vocabulary import AXES, Axis
from services.serving.predictions.crossings import smallest_changes
from services.serving.predictions.predict import predict
from services.serving.release.loaded import Loaded


def untrue(release: Loaded, rows: Iterable[int]) -> tuple[list[str], int]:
    """Name the customers of whom something else is true, and count those who can cross at all."""
    wrong, crossing = [], 0
    for row in rows:
        values = {axis: release.customers[axis][row].item() for axis in AXES}
        found = smallest_changes(release, values)
        crossing += bool(found)
        ways = [each.better for each in found]
        if ways != sorted(set(ways), reverse=True) or not all(_true(release, values, each) for each in found):
            wrong.append(release.id_of(row))
    return wrong, crossing


def _true(release: Loaded, values: dict[Axis, float], found: Crossing) -> bool:
    less = values[found.axis] + (found.units - np.sign(found.units)).item() / PER_UNIT[found.axis]
    ends = release.overview.axes[found.axis]
    here = predict(release, values).cluster
    there = predict(release, values | {found.axis: found.value}).cluster
    before = predict(release, values | {found.axis: round(less, 6)}).cluster
    leads = there is release.clusters[found.cluster] is not here and before is here
    return leads and ends.min <= found.value <= ends.max
