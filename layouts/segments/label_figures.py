"""Where the names of groups stand among the dots of a picture: beside their median, on nobody else's dot."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import east_asian_width

import numpy as np
import numpy.typing as npt

from layouts.parts.charts import Figure

if TYPE_CHECKING:
    from services.serving.segments.view import Dots

Places = npt.NDArray[np.float64]
# Of a label, and half of the largest dot across and up: in cells on a screen of 390 px.
_LETTER, _LINE, _DOT = 1.15, 2.1, (1.4, 0.8)
# Where else a label may stand beside its group's median, in cells across and up, the nearest first.
_BESIDE = np.array(
    sorted(
        ((across, up) for across in (0, -4, 4, -8, 8) for up in range(-5, 6)),
        key=lambda shift: (abs(shift[0]) + 2 * abs(shift[1]), shift),
    )
)


class Label(NamedTuple):
    """A group's name at its median, in cells, and its place; labels that come first are placed first."""

    text: str
    across: float
    up: float
    group: int

    @property
    def half(self) -> float:
        """Half of what it takes across."""
        letters = sum(2 if east_asian_width(letter) in "FW" else 1 for letter in self.text)
        return letters / 2 * _LETTER


def names(labels: Sequence[Label], held: Dots, length: int, height: int) -> list[Figure]:
    """Write those labels that find a place, where they lie neither on another nor on another group's dot.

    Parameters
    ----------
    labels : sequence of Label
    held : Dots
        Cells and counts, per group.
    length, height : int
        Of the picture, in cells.
    """
    fitting = [label for label in labels if 2 * label.half <= length]
    half = np.array([label.half for label in fitting])[:, None]
    across = np.array([label.across for label in fitting])[:, None] + _BESIDE[:, 0]
    across = np.clip(across, half - 1, length - half)
    up = np.array([label.up for label in fitting])[:, None] + _BESIDE[:, 1]
    cells = _cells([label.group for label in fitting], held, length, height)
    free = (up > 0) & (up < height) & (_under(cells, across, up, half) == 0)
    placed: list[Label] = []
    for label, *places in zip(fitting, free.tolist(), across.tolist(), up.tolist(), strict=True):
        there = (label._replace(across=at[0], up=at[1]) for fits, *at in zip(*places, strict=True) if fits)
        first = next((each for each in there if not any(_meet(each, other) for other in placed)), None)
        placed += [first] if first else []
    return [_written(label, length) for label in placed]


def _cells(groups: Sequence[int], held: Dots, length: int, height: int) -> npt.NDArray[np.int64]:
    """Count for each group the dots of all others below and left of each corner of a cell."""
    of = np.repeat(np.arange(len(held.starts) - 1), np.diff(held.starts))
    own = np.zeros((len(held.starts) - 1, height + 1, length + 1), dtype=np.int16)
    own[of, held.up.astype(np.intp) + 1, held.across.astype(np.intp) + 1] = 1
    others = (own.sum(axis=0) - own)[groups]
    counted: npt.NDArray[np.int64] = others.cumsum(axis=1).cumsum(axis=2)
    return counted


def _under(cells: npt.NDArray[np.int64], across: Places, up: Places, half: Places) -> npt.NDArray[np.int64]:
    """Count the dots under each label at each place, from what lies below and left of its four corners."""
    left, right = _ends(across, half + _DOT[0], cells.shape[2] - 1)
    low, high = _ends(up, np.float64(_LINE / 2 + _DOT[1]), cells.shape[1] - 1)
    of = np.arange(len(cells))[:, None]
    found: npt.NDArray[np.int64] = (
        cells[of, high, right] - cells[of, low, right] - cells[of, high, left] + cells[of, low, left]
    )
    return found


def _ends(middle: Places, reach: Places | np.float64, most: int) -> tuple[npt.NDArray[np.intp], ...]:
    ends = np.ceil(middle - reach), np.floor(middle + reach) + 1
    return tuple(np.clip(end, 0, most).astype(np.intp) for end in ends)


def _meet(one: Label, other: Label) -> bool:
    return abs(one.up - other.up) < _LINE and abs(one.across - other.across) < one.half + other.half + 1


def _written(label: Label, length: int) -> Figure:
    """Place a label; on a wide screen, where letters are narrower than cells, one at an end stays there."""
    at: dict[str, Any] = {"x": round(label.across, 1)}
    if label.across < length * 0.4:
        at = {"x": round(label.across - label.half, 1), "xanchor": "left"}
    elif label.across > length * 0.6:
        at = {"x": round(label.across + label.half, 1), "xanchor": "right"}
    return at | {
        "y": round(label.up, 1),
        "text": html.escape(label.text),
        "bgcolor": "var(--sd-surface)",
    }
