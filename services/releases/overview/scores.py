"""Ranges of the axes, the scores and the map of an overview."""

from __future__ import annotations

from typing import Literal, NamedTuple

from services.core.rfm.scoring import Scale
from services.core.vocabulary import AXES, Axis
from services.releases.overview.strict import Count, Part


class AxisRange(Part):
    """The values of one axis among the customers of a training.

    Attributes
    ----------
    min, max, median : float
        In ``unit``.
    unit : str
        ``days`` of recency, ``orders`` or ``lines`` of frequency, ``currency`` (the shop's) of monetary.
    """

    min: float
    max: float
    median: float
    unit: Literal["days", "orders", "lines", "currency"]


class Scoring(Part):
    """How values became scores.

    Attributes
    ----------
    scale : int
        Number of scores, 5 for quintiles.
    best : {"high", "low"}
        Whether the best customers have the highest score or 1.
    edges : dict of Axis to list of float, length scale − 1
        Ascending cut points in the unit of the axis; a value equal to one belongs below it.
    sizes : dict of Axis to dict of str to int
        Customers of each score, by axis; empty scores are there.
    """

    scale: Count
    best: Literal["high", "low"]
    edges: dict[Axis, list[float]]
    sizes: dict[Axis, dict[str, Count]]

    def as_scale(self) -> Scale:
        """Return what scores values the way this release did."""
        return Scale(self.scale, self.best, {axis: tuple(self.edges[axis]) for axis in AXES})


class Cell(NamedTuple):
    """A cell of the map.

    Attributes
    ----------
    row, column : int
        Scores, from 1.
    segment : int
        Index in ``overview.segments`` of the segment that most of its customers are in; −1 for none.
    customers : int
    revenue : float
        Shop currency.
    """

    row: int
    column: int
    segment: int
    customers: int
    revenue: float


class Grid(Part):
    """The map of recency score by another: ``column`` is ``b``, the buying score, or ``f``, of frequency."""

    row: Literal["r"]
    column: Literal["b", "f"]
    cells: list[Cell]
