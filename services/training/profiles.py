"""One row a customer: RFM, scores, segment, cluster, and what the screens need to rank and page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from services.core.clusters import Assignment
from services.core.presets import Preset
from services.core.rfm import rfm_table
from services.core.scoring import Scale, fit_scale
from services.core.segments import segment_of
from services.core.vocabulary import AXES, Axis

Columns = dict[str, npt.NDArray]
_SORTED_BY = ("recency", "frequency", "monetary", "segment", "cluster", "country", "last_purchase")


@dataclass(frozen=True)
class Segmented:
    """Customers with their scores and segment.

    Attributes
    ----------
    rfm : DataFrame, shape (n, 3)
    scale : Scale
        The cut points found on these customers.
    scores : mapping of axis to ndarray of int8, shape (n,)
    segment : ndarray of int16, shape (n,)
        Index into the preset's groups, −1 for none.
    """

    rfm: pd.DataFrame
    scale: Scale
    scores: Mapping[Axis, npt.NDArray[np.int8]]
    segment: npt.NDArray[np.int16]


def segment_customers(
    customers: pd.DataFrame, as_of: pd.Timestamp, preset: Preset, scale: Scale | None = None
) -> Segmented:
    """Score customers and name their segments, as of a moment.

    Parameters
    ----------
    customers : DataFrame
        What :func:`services.core.rfm.rfm_table` needs.
    as_of : Timestamp
    preset : Preset
    scale : Scale, optional
        Cut points of another moment; found on these customers when absent.
    """
    rfm = rfm_table(customers, as_of, preset.rfm.frequency)
    scale = scale or fit_scale(rfm, preset.scoring.classes, preset.scoring.best)
    scores = {axis: scale.of(axis, rfm[axis]) for axis in AXES}
    segment = segment_of(preset.segments, scores["recency"], scores["frequency"], scores["monetary"])
    return Segmented(rfm, scale, scores, segment)


def customer_columns(
    customers: pd.DataFrame, segmented: Segmented, assignment: Assignment, countries: list[str]
) -> Columns:
    """Return the arrays of the release's ``customers`` folder but the snapshots, by name.

    Parameters
    ----------
    customers : DataFrame, sorted by ``customer_id``
    segmented : Segmented
    assignment : Assignment
    countries : list of str
        Names in the order their indices count.
    """
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
        "country": pd.Categorical(customers["country"], categories=countries).codes.astype(np.int16),
    }
    for axis in AXES:
        values = segmented.rfm[axis].to_numpy()
        columns[axis] = values
        columns[axis[0]] = segmented.scores[axis]
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
