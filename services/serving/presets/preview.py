"""What an edited preset would do to the customers of a release, before anything is saved or trained.

Segments come from the same ``Segmentation`` as in training, over the release's own customers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.core.clusters.outliers import outliers
from services.core.features import Points, Transform, axis_of
from services.core.language.messages import _
from services.core.presets import Preset
from services.core.refusals import Refusal
from services.core.rfm.scoring import LARGE_CLASS, Scale, buying_score, class_sizes, fit_scale
from services.core.rfm.segments import Segmentation
from services.core.vocabulary import AXES, Axis
from services.serving.release.loaded import Loaded

Values = Mapping[Axis, npt.NDArray[np.generic]]


@dataclass(frozen=True)
class Part:
    """A segment before and after: customers and revenue of both; ``id`` None for who is in no segment."""

    id: str | None
    name: str
    customers: tuple[int, int]
    revenue: tuple[float, float]


@dataclass(frozen=True)
class Flow:
    """Customers who go from one segment to another, which are places in ``Preview.parts``."""

    before: int
    after: int
    customers: int
    revenue: float


@dataclass(frozen=True)
class Preview:
    """An edited preset against the release's own segments.

    Attributes
    ----------
    customers, moved : int
        Of the release; in another segment than now, by the segments' ids.
    revenue, moved_revenue : float
        What they spent.
    parts : list of Part
        The edited preset's segments in its order, then those that only the release has.
    flows : list of Flow
        Most customers first, then most revenue, then in the order of the parts.
    edges : dict of axis to tuple of float
        Cut points as they are or would be found on the release; empty without scores.
    sizes : dict of axis to dict of int to int
        Customers of each score.
    warnings : list of (axis, score, share)
        Classes without customers, and those above ``LARGE_CLASS`` of them.
    cells : ndarray of int, shape (classes, classes), or None
        Customers by recency score and buying score, each from 1.
    """

    customers: int
    revenue: float
    moved: int
    moved_revenue: float
    parts: list[Part]
    flows: list[Flow]
    edges: dict[Axis, tuple[float, ...]]
    sizes: dict[Axis, dict[int, int]]
    warnings: list[tuple[Axis, int, float]]
    cells: npt.NDArray[np.int64] | None


def preview(release: Loaded, preset: Preset) -> Preview:
    """Segment a release's customers by a preset and say who moves.

    Parameters
    ----------
    release : Loaded
    preset : Preset
        Of any kind whose segments its file lists.

    Raises
    ------
    Refusal
        If the release does not hold the figures that the preset reads.
    """
    segmentation, raw = segmentation_on(release, preset)
    scores = segmentation.scores(raw) or {}
    return _counted(release, preset, segmentation.segment(raw), scores, segmentation.scale)


def segmentation_on(release: Loaded, preset: Preset) -> tuple[Segmentation, Points]:
    """Return a preset's segmentation as training on the release's customers finds it, and their values.

    Raises
    ------
    Refusal
        If the release does not hold the figures that the preset reads.
    """
    values = values_for(release, preset)
    raw = np.stack([np.asarray(values[axis], dtype=np.float64) for axis in AXES], axis=1)
    scale = scale_for(release, preset, values)
    return Segmentation(preset.segments, scale, _standardising(raw, preset), release.centres), raw


def values_for(release: Loaded, preset: Preset) -> Values:
    """Return a release's recency, frequency and monetary as a preset counts them.

    Raises
    ------
    Refusal
        If the release was made by other rules for lines, or does not hold the preset's unit of frequency.
    """
    made = release.preset
    if preset.cleaning != made.cleaning:
        raise Refusal(
            _(
                "This preset keeps different lines of the file from the release shown, so its effect is "
                "known only after training."
            )
        )
    columns = {axis: release.customers[axis] for axis in AXES}
    if not _same_unit(release, preset):
        if preset.rfm.frequency == "lines":
            raise Refusal(
                _(
                    "This preset counts lines of invoices, and the release shown counts orders, so its "
                    "effect is known only after training."
                )
            )
        columns["frequency"] = release.customers["orders"]
    return columns


def scale_for(release: Loaded, preset: Preset, values: Values) -> Scale | None:
    """Return a preset's cut points on a release: fixed ones as given, the others as training finds them."""
    scoring, made = preset.scoring, release.preset
    if scoring is None:
        return None
    given = dict(scoring.edges)
    if release.scale and made.scoring and release.scale.classes == scoring.classes:
        # the release has found its own already, which are the same and need no sorting of all customers
        for axis in AXES:
            known = axis != "frequency" or _same_unit(release, preset)
            if known and axis not in given and axis not in made.scoring.edges:
                given[axis] = release.scale.edges[axis]
    return fit_scale(values, scoring.classes, scoring.best, given)


def _same_unit(release: Loaded, preset: Preset) -> bool:
    # a table of customers counts orders, whatever a preset counts in transactions
    made = release.preset.rfm
    return made.table or preset.rfm.frequency == made.frequency


def _standardising(raw: Points, preset: Preset) -> Transform:
    """Return the transform whose zero is the mean of the base, as scikit-learn's would be."""
    logged = np.zeros(len(AXES), dtype=bool)
    for feature in preset.clusters.features:
        logged[axis_of(feature)] = feature.startswith("log1p_")
    fitted = raw[~outliers(raw)] if preset.clusters.set_outliers_aside else raw
    seen = np.where(logged, np.log1p(fitted), fitted)
    spread = seen.std(axis=0)
    return Transform(logged, seen.mean(axis=0), np.where(spread > 0, spread, 1.0))


def _counted(
    release: Loaded,
    preset: Preset,
    after: npt.NDArray[np.int16],
    scores: Mapping[Axis, npt.NDArray[np.int8]],
    scale: Scale | None,
) -> Preview:
    spent = release.customers["monetary"]
    names: dict[str | None, str] = {group.id: group.name for group in preset.segments.groups}
    for segment in release.segments:
        names.setdefault(segment.id, segment.name)
    names[None] = _("No segment")
    place = {name: index for index, name in enumerate(names)}
    # −1, who is in no segment, is the last of each list
    old = np.array([place[segment.id] for segment in release.segments] + [place[None]])
    new = np.array([place[group.id] for group in preset.segments.groups] + [place[None]])
    was, becomes = old[release.customers["segment"]], new[after]
    count = len(names)
    sums = [
        (np.bincount(which, minlength=count), np.bincount(which, weights=spent, minlength=count))
        for which in (was, becomes)
    ]
    parts = [
        Part(
            name,
            names[name],
            (int(sums[0][0][at]), int(sums[1][0][at])),
            (float(sums[0][1][at]), float(sums[1][1][at])),
        )
        for name, at in place.items()
    ]
    moved = was != becomes
    sizes = {axis: class_sizes(each, scale.classes) for axis, each in scores.items()} if scale else {}
    return Preview(
        customers=release.count,
        revenue=float(spent.sum()),
        moved=int(moved.sum()),
        moved_revenue=float(spent[moved].sum()),
        parts=[part for part in parts if part.id is not None or any(part.customers)],
        flows=_flows(was[moved], becomes[moved], spent[moved], count),
        edges=dict(scale.edges) if scale else {},
        sizes=sizes,
        warnings=[
            (axis, score, size / release.count)
            for axis, of in sizes.items()
            for score, size in of.items()
            if not size or size / release.count > LARGE_CLASS
        ],
        cells=_cells(preset, scores),
    )


def _flows(
    was: npt.NDArray[np.int64], becomes: npt.NDArray[np.int64], spent: npt.NDArray[np.float64], count: int
) -> list[Flow]:
    pair = was * count + becomes
    sizes = np.bincount(pair, minlength=count * count)
    sums = np.bincount(pair, weights=spent, minlength=count * count)
    found = [
        Flow(int(at) // count, int(at) % count, int(sizes[at]), float(sums[at]))
        for at in np.flatnonzero(sizes)
    ]
    return sorted(found, key=lambda flow: (-flow.customers, -flow.revenue, flow.before, flow.after))


def _cells(preset: Preset, scores: Mapping[Axis, npt.NDArray[np.int8]]) -> npt.NDArray[np.int64] | None:
    if preset.segments.grid is None or preset.scoring is None:
        return None
    size = preset.scoring.classes
    across = buying_score(scores["frequency"], scores["monetary"]).astype(np.int64) - 1
    up = scores["recency"].astype(np.int64) - 1
    return np.bincount(up * size + across, minlength=size * size).reshape(size, size)
