"""Which cluster is next door, and where a customer is far from what is usual."""

from __future__ import annotations

from collections.abc import Mapping

from services.core.clusters.crossing import Crossing, crossings
from services.core.vocabulary import AXES, Axis
from services.serving.release.loaded import Loaded


def smallest_changes(release: Loaded, values: Mapping[Axis, float]) -> list[Crossing]:
    """Return the smallest change of one value that leads to another cluster: for the better, for the worse.

    Parameters
    ----------
    release : Loaded
    values : mapping of axis to float
        Raw recency, frequency and monetary value.

    Returns
    -------
    list of Crossing
        At most one for the better, then at most one for the worse; shorter ones go before longer ones in the
        standardised space, and a changed value is one that training saw.
    """
    axes = release.overview.axes
    ranges: dict[Axis, tuple[float, float]] = {axis: (axes[axis].min, axes[axis].max) for axis in AXES}
    found = crossings(release.transform, release.centres, values, ranges)
    better = [each for each in found if each.better]
    return [*better[:1], *found[len(better) :][:1]]


def far_from_usual(release: Loaded, values: Mapping[Axis, float]) -> list[Axis]:
    """Return the axes on which the rule of outliers flags raw values; any makes a stored customer one."""
    far = release.usual.far([[values[axis] for axis in AXES]])[0]
    return [axis for axis, is_far in zip(AXES, far.tolist(), strict=True) if is_far]
