"""One row a customer: RFM, scores, segment, cluster, and what the screens need to rank and page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.features import Points, fit_transform, parameters
from services.core.presets import Preset
from services.core.rfm.scoring import Scale, fit_scale
from services.core.rfm.segments import Segmentation
from services.core.rfm.table import rfm_table
from services.core.vocabulary import AXES, Axis
from services.training.clusters.clustering import Clustering

Columns = dict[str, npt.NDArray]
_SORTED_BY = ("recency", "frequency", "monetary", "segment", "cluster", "country", "last_purchase")


@dataclass(frozen=True)
class Segmented:
    """Customers with their scores and segment.

    Attributes
    ----------
    rfm : DataFrame, shape (n, 3)
    segmentation : Segmentation
        What was found on these customers, or on those of another moment.
    scores : mapping of axis to ndarray of int8, shape (n,), or None
        None where the preset has no scores.
    segment : ndarray of int16, shape (n,)
        Index into the segments, −1 for none.
    """

    rfm: pd.DataFrame
    segmentation: Segmentation
    scores: Mapping[Axis, npt.NDArray[np.int8]] | None
    segment: npt.NDArray[np.int16]


def segment_customers(rfm: pd.DataFrame, segmentation: Segmentation) -> Segmented:
    """Score customers and name their segments, by what was found before.

    Parameters
    ----------
    rfm : DataFrame, shape (n, 3)
    segmentation : Segmentation
    """
    raw = raw_values(rfm)
    return Segmented(rfm, segmentation, segmentation.scores(raw), segmentation.segment(raw))


def segmentation_of(rfm: pd.DataFrame, preset: Preset, clustering: Clustering) -> Segmentation:
    """Find a preset's cut points on a release's customers; its clusters are found before.

    Parameters
    ----------
    rfm : DataFrame, shape (n, 3)
    preset : Preset
    clustering : Clustering
    """
    transform = parameters(clustering.pipeline)
    return Segmentation(preset.segments, _scale(rfm, preset), transform, clustering.kmeans.cluster_centers_)


def _scale(rfm: pd.DataFrame, preset: Preset) -> Scale | None:
    scoring = preset.scoring
    return fit_scale(rfm, scoring.classes, scoring.best, scoring.edges) if scoring else None


def segmented_at(
    customers: pd.DataFrame, as_of: pd.Timestamp, preset: Preset, now: Segmentation
) -> Segmented:
    """Score customers as of an earlier moment, with that moment's cut points.

    Where clusters are the segments, today's centres count: at another moment other clusters would be found,
    and nobody could be followed from one to the other.

    Parameters
    ----------
    customers : DataFrame
        What :func:`services.core.rfm.table.rfm_table` needs, as known at ``as_of``.
    as_of : Timestamp
    preset : Preset
    now : Segmentation
        The release's own.
    """
    rfm = rfm_table(customers, as_of, preset.rfm.frequency)
    found = replace(now, scale=_scale(rfm, preset))
    if preset.segments.kind == "means":
        pipeline = fit_transform(raw_values(rfm), list(preset.clusters.features))
        found = replace(found, transform=parameters(pipeline))
    return segment_customers(rfm, found)


def raw_values(rfm: pd.DataFrame) -> Points:
    """Return recency, frequency and monetary as floats, shape (n, 3)."""
    return rfm[list(AXES)].to_numpy(np.float64)


def customer_columns(
    customers: pd.DataFrame,
    segmented: Segmented,
    clustering: Clustering,
    countries: list[str],
) -> Columns:
    """Return the arrays of the release's ``customers`` folder but the snapshots, by name.

    Parameters
    ----------
    customers : DataFrame, sorted by ``customer_id``
    segmented : Segmented
    clustering : Clustering
    countries : list of str
        Names in the order their indices count.
    """
    assignment = clustering.assignment
    columns: Columns = {
        "customer_id": np.array([customer.encode() for customer in customers["customer_id"]], dtype="S"),
        "orders": customers["orders"].to_numpy(np.int32),
        "products": customers["products"].to_numpy(np.int32),
        "pieces": customers["pieces"].to_numpy(np.float64),
        "first_purchase": customers["first_purchase"].to_numpy("datetime64[s]"),
        "last_purchase": customers["last_purchase"].to_numpy("datetime64[s]"),
        "segment": segmented.segment,
        "cluster": assignment.nearest,
        "second_cluster": assignment.second,
        "margin": assignment.margin.astype(np.float32),
        "outlier": clustering.outlier,
        "country": pd.Categorical(customers["country"], categories=countries).codes.astype(np.int16),
    }
    for axis in AXES:
        values = segmented.rfm[axis].to_numpy()
        columns[axis] = values
        columns[axis[0]] = segmented.scores[axis] if segmented.scores else np.zeros(len(values), np.int8)
        columns[f"top_{axis}"] = _top_share(values, lowest_is_best=axis == "recency")
    columns["order_customer_id"] = np.arange(len(customers), dtype=np.int32)
    for name in _SORTED_BY:
        columns[f"order_{name}"] = np.argsort(columns[name], kind="stable").astype(np.int32)
    return columns


def _top_share(values: npt.NDArray, *, lowest_is_best: bool) -> npt.NDArray[np.float32]:
    """Return for each value the share of customers at least as good, ties counted in."""
    ranked = np.sort(values)
    if lowest_is_best:
        at_least_as_good = np.searchsorted(ranked, values, side="right")
    else:
        at_least_as_good = len(values) - np.searchsorted(ranked, values, side="left")
    return (at_least_as_good / len(values)).astype(np.float32)
