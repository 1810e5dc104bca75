"""What becomes of a customer who does not order: when recency's score falls, and into which segment."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from services.core.presets import Segments
from services.core.scoring import Scale
from services.core.segments import segment_of
from services.core.vocabulary import AXES, Axis


@dataclass(frozen=True)
class Fall:
    """From this recency on (whole days since the last order), the customer is in this segment."""

    recency: int
    segment: int


def without_order(scale: Scale, segments: Segments, values: dict[Axis, float]) -> list[Fall]:
    """List the changes of segment that waiting brings, frequency and spend unchanged.

    Parameters
    ----------
    scale : Scale
        The cut points, taken to stay as they are.
    segments : Segments
    values : dict of axis to float
        The customer's raw recency, frequency and monetary value.

    Returns
    -------
    list of Fall
        In time; only days after today, only real changes.
    """
    ahead = sorted({math.floor(edge) + 1 for edge in scale.edges["recency"]})
    recencies = [int(values["recency"]), *(day for day in ahead if day > values["recency"])]
    raw = {axis: np.full(len(recencies), values[axis]) for axis in AXES} | {"recency": np.array(recencies)}
    found = segment_of(segments, *(scale.of(axis, raw[axis]) for axis in AXES))
    return [
        Fall(recency, int(segment))
        for recency, segment, before in zip(recencies[1:], found[1:], found[:-1], strict=True)
        if segment != before
    ]
