"""Which cell of a picture each customer falls in: worked out once a release, shared by all views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from services.core.filters import RANGES
from services.core.text.numbers_plain import plain_text
from services.core.vocabulary import AXES, Axis
from services.serving.release.loaded import Loaded

ACROSS, UP = 48, 28
BARS = 18
#: The smallest sums, free orders among them, would take half of a logarithmic axis: they share a cell.
_CHEAPEST = 0.005
#: Widths of bars of money, times a power of ten.
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
#: Shares of the customers below the last bar, which takes all higher values.
_BELOW_LAST = {"frequency": 0.97, "monetary": 0.9}
#: The smallest steps that values of an axis take.
_STEPS: dict[Axis, float] = {"recency": 1.0, "frequency": 1.0, "monetary": 0.01}
_RANGE_OF = {each.column: each for each in RANGES.values()}


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
        Ascending edges of the bars of a distribution, in the axis's unit: as far from each other everywhere,
        but for the first, which takes all lower values, and the last, which takes all higher ones.
    bar : dict of axis to ndarray of uint8, shape (n,)
        Bar of each customer.
    filters : dict of axis to list of str
        What in an address asks for the customers of each bar: ``r_min=21&r_max=41``; blank where a bar has no
        end. Nothing for the one bar that holds everybody.
    """

    axes: dict[Axis, LogAxis]
    across: dict[Axis, npt.NDArray[np.uint8]]
    up: dict[Axis, npt.NDArray[np.uint8]]
    edges: dict[Axis, npt.NDArray[np.float64]]
    bar: dict[Axis, npt.NDArray[np.uint8]]
    filters: dict[Axis, list[str]]

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
    axes, across, up, edges, bar, filters = {}, {}, {}, {}, {}, {}
    for axis in AXES:
        values = np.asarray(release.customers[axis], dtype=np.float64)
        lowest = np.quantile(values, _CHEAPEST) if axis == "monetary" else values.min()
        low, high = np.log1p(max(lowest, 0.0)), np.log1p(max(values.max(), 0.0))
        axes[axis] = LogAxis(float(low), float(high if high > low else low + 1.0))
        across[axis] = _cells(axes[axis].place(np.maximum(values, 0.0), ACROSS), ACROSS)
        up[axis] = _cells(axes[axis].place(np.maximum(values, 0.0), UP), UP)
        edges[axis] = _edges(axis, values)
        bar[axis] = _cells(np.searchsorted(edges[axis], values, side="right") - 1, len(edges[axis]) - 1)
        filters[axis] = _filters(axis, values, edges[axis], bar[axis])
    return Bins(axes, across, up, edges, bar, filters)


def _cells(places: npt.NDArray, cells: int) -> npt.NDArray[np.uint8]:
    return np.clip(np.floor(places), 0, cells - 1).astype(np.uint8)


def _edges(axis: Axis, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Equal days, numbers or round sums; of numbers and sums, a last bar takes the few far above."""
    if axis == "recency":
        top = max(values.max(), 1.0)
        width = max(1, int(np.ceil((top + 1) / BARS)))
        return np.arange(0, top + width + 1, width)
    known = values if axis == "frequency" else values[values > 0]
    if not len(known):
        return np.array([min(0.0, values.min()), 1.0])
    high, beyond = np.quantile(known, _BELOW_LAST[axis]), np.nextafter(values.max(), np.inf)
    if axis == "frequency":
        first = min(1.0, np.floor(values.min()))
        step = max(1.0, np.ceil((high - first + 1) / (BARS - 1)))
        ends = np.arange(first, np.floor(high) + 1 + step, step)
        beyond = np.floor(values.max()) + 1
    else:
        step = np.ceil(_round_up(max(high / (BARS - 1), 1.0)))  # whole: sums are written without pence
        ends = np.arange(0, np.floor(high / step) + 2) * step
        ends[0] = min(0.0, values.min())
    return np.append(ends, beyond) if beyond > ends[-1] else ends


def _round_up(width: float) -> float:
    power = 10.0 ** np.floor(np.log10(width))
    return float(next(each for each in _ROUND if each * power >= width * (1 - 1e-9)) * power)


def _filters(
    axis: Axis,
    values: npt.NDArray[np.float64],
    edges: npt.NDArray[np.float64],
    bar: npt.NDArray[np.uint8],
) -> list[str]:
    """Return the range of each bar: bounds are inclusive, so it ends below the next bar's first value."""
    bars, names = len(edges) - 1, _RANGE_OF[axis].parameters
    if bars == 1:
        return [""]
    highest = np.full(bars, -np.inf)
    np.maximum.at(highest, bar, values)
    ends = np.maximum(np.round(edges[1:] - _STEPS[axis], 2), highest)
    lows = ["", *map(plain_text, edges[1:-1].tolist())]
    highs = [*map(plain_text, ends[:-1].tolist()), ""]
    return [f"{names[0]}={low}&{names[1]}={high}" for low, high in zip(lows, highs, strict=True)]
