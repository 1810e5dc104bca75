"""The figures of a group of customers: how many, what they spend, their means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from services.core.vocabulary import AXES


def group_figures(columns: Mapping[str, npt.NDArray[Any]], inside: npt.NDArray[np.bool_]) -> dict[str, Any]:
    """Return what ``overview.json`` says of a segment or cluster in figures.

    Parameters
    ----------
    columns : mapping of str to ndarray, shape (n_customers,)
        ``recency``, ``frequency`` and ``monetary``.
    inside : ndarray of bool, shape (n_customers,)
        Who is in the group.

    Returns
    -------
    dict
        ``customers``, ``revenue``, the mean of each axis and ``median_monetary``; None where nobody is in it.
    """
    count = int(inside.sum())
    figures: dict[str, Any] = {"customers": count, "revenue": float(columns["monetary"][inside].sum())}
    for axis in AXES:
        figures[axis] = float(columns[axis][inside].mean()) if count else None
    figures["median_monetary"] = float(np.median(columns["monetary"][inside])) if count else None
    return figures
