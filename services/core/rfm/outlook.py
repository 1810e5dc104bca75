"""Where waiting or one more order takes a customer, while the cut-offs stay as they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.core.rfm.segments import Segmentation
from services.core.vocabulary import AXES, Axis


@dataclass(frozen=True)
class Fall:
    """From this recency on (whole days since the last order), the customer is in this segment."""

    recency: int
    segment: int


def without_order(segmentation: Segmentation, values: dict[Axis, float], until: int) -> list[Fall]:
    """List the changes of segment that waiting brings, frequency and spend unchanged.

    Parameters
    ----------
    segmentation : Segmentation
    values : dict of axis to float
        The customer's raw recency, frequency and monetary value.
    until : int
        The longest recency looked at, in days: beyond what training saw, a segment says nothing.

    Returns
    -------
    list of Fall
        In time; segments as indices, −1 where none takes the customer.
    """
    now = int(values["recency"])
    days = np.arange(now, max(now, until) + 1)
    found = segmentation.segment(
        np.column_stack(
            [days, np.full(len(days), values["frequency"]), np.full(len(days), values["monetary"])]
        )
    )
    changed = np.flatnonzero(np.diff(found)) + 1
    return [Fall(now + int(place), int(found[place])) for place in changed]


def with_order(segmentation: Segmentation, values: dict[Axis, float], amount: float, units: float = 1) -> int:
    """Return the segment that an order of ``amount`` leads to on its day, as an index.

    Parameters
    ----------
    segmentation : Segmentation
    values : dict of axis to float
        Before the order.
    amount : float
        Shop currency.
    units : float
        What the order adds to frequency: 1, or its lines where lines are counted.
    """
    after = {
        "recency": 0.0,
        "frequency": values["frequency"] + units,
        "monetary": values["monetary"] + amount,
    }
    return int(segmentation.segment(np.array([[after[axis] for axis in AXES]]))[0])
