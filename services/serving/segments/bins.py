"""Which cell of a picture each customer falls in: worked out once a release, shared by all views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from services.core.vocabulary import AXES, Axis
from services.serving.release.loaded import Loaded

ACROSS, UP = 48, 28
BARS = 18
#: The smallest sums, free orders among them, would take half of a logarithmic axis: they share a cell.
_CHEAPEST = 0.005
_ROUND = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)
_STEPS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class LogAxis:
    """An axis of log(1 + value), cut into equal cells.

    Attributes
    ----------
    low, high : float
        Ends, as log(1 + value).
    """

    low: float
    high: float

    def place(self, values: npt.ArrayLike, cells: int) -> npt.NDArray[np.float64]:
        """Return where values lie, 0 to ``cells``."""
        logged = np.log1p(np.asarray(values, dtype=np.float64))
        return (logged - self.low) / (self.high - self.low) * cells

    def within(self, values: Sequence[float]) -> list[float]:
        """Return those of ascending values that lie on the axis."""
        logged = np.log1p(np.asarray(values, dtype=np.float64))
        return [
            float(value) for value, place in zip(values, logged, strict=True) if self._holds(float(place))
        ]

    def _holds(self, place: float) -> bool:
        return self.low - 1e-9 <= place <= self.high + 1e-9


@dataclass(frozen=True)
class Bins:
    """The cells of a release's pictures.

    Attributes
    ----------
    axes : dict of axis to LogAxis
    across, up : dict of axis to ndarray of uint8, shape (n,)
        Cell of each customer on a horizontal and on a vertical axis.
    edges : dict of axis to ndarray
        Ascending edges of the bars of a distribution, in the axis's unit.
    bar : dict of axis to ndarray of uint8, shape (n,)
        Bar of each customer.
    """

    axes: dict[Axis, LogAxis]
    across: dict[Axis, npt.NDArray[np.uint8]]
    up: dict[Axis, npt.NDArray[np.uint8]]
    edges: dict[Axis, npt.NDArray[np.float64]]
    bar: dict[Axis, npt.NDArray[np.uint8]]

    def between_bars(self, axis: Axis, values: Sequence[float]) -> list[float]:
        """Return where cut points lie among the bars of a distribution: 0 is the left end of the first.

        A value equal to a cut point belongs below it, so whole numbers are cut before the next one.
        """
        edges, cuts = self.edges[axis], np.asarray(values, dtype=np.float64)
        if axis != "monetary":
            cuts = np.floor(cuts) + 1
        found: list[float] = np.interp(cuts, edges, np.arange(len(edges), dtype=np.float64)).tolist()
        return found


@lru_cache(maxsize=2)
def bins_of(release: Loaded) -> Bins:
    """Return the cells of a release's pictures; the last two releases' are kept."""
    axes, across, up, edges, bar = {}, {}, {}, {}, {}
    for axis in AXES:
        values = np.asarray(release.customers[axis], dtype=np.float64)
        lowest = np.quantile(values, _CHEAPEST) if axis == "monetary" else values.min()
        low, high = np.log1p(max(lowest, 0.0)), np.log1p(max(values.max(), 0.0))
        axes[axis] = LogAxis(float(low), float(high if high > low else low + 1.0))
        across[axis] = _cells(axes[axis].place(np.maximum(values, 0.0), ACROSS), ACROSS)
        up[axis] = _cells(axes[axis].place(np.maximum(values, 0.0), UP), UP)
        edges[axis] = _edges(axis, values)
        bar[axis] = _cells(np.searchsorted(edges[axis], values, side="right") - 1, len(edges[axis]) - 1)
    return Bins(axes, across, up, edges, bar)


def _cells(places: npt.NDArray, cells: int) -> npt.NDArray[np.uint8]:
    return np.clip(np.floor(places), 0, cells - 1).astype(np.uint8)


def _edges(axis: Axis, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Equal days for recency; whole numbers, then wider steps, for frequency; round sums for money."""
    if axis == "recency":
        top = max(values.max(), 1.0)
        width = max(1, int(np.ceil((top + 1) / BARS)))
        return np.arange(0, top + width + 1, width)
    if axis == "frequency":
        top = values.max()
        kept = [step for step in _STEPS if step <= np.quantile(values, 0.99)] or [1]
        return np.array([*kept, max(top, kept[-1]) + 1.0])
    positive = values[values > 0]
    if not len(positive):
        return np.array([0.0, 1.0])
    low, high = np.quantile(positive, [0.03, 0.97])
    decades = np.arange(np.floor(np.log10(low)), np.floor(np.log10(high)) + 1)
    sums = np.outer(10.0**decades, _ROUND).ravel()
    inner = sums[(sums >= low) & (sums <= high)]
    return np.array([min(0.0, values.min()), *inner, np.nextafter(values.max(), np.inf)])
