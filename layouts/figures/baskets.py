"""Support against confidence, a point for each rule."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from layouts import words
from layouts.figures.theme import Figure, packed
from layouts.palette import SEQUENTIAL

if TYPE_CHECKING:
    from services.serving.rule_points import LiftClass

PERCENT = "\u00a0%"
_STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)


def scatter(
    support: npt.NDArray[np.float32],
    confidence: npt.NDArray[np.float32],
    classes: npt.NDArray[np.uint8],
    sides: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    names: Sequence[str],
    labels: Sequence[tuple[int, str]] = (),
    lifts: Sequence[LiftClass] = (),
) -> Figure:
    """Draw rules; a point's products are known to the browser by number.

    Parameters
    ----------
    support, confidence : ndarray of float, shape (n,)
        Shares, 0–1; both above 0.
    classes : ndarray of int, shape (n,)
        Class of lift, 0–6: the step of the sequential scale.
    sides : pair of ndarray of int, shape (n, <=3)
        Antecedents and consequents as positions in ``names``, 0 where there is none (bytes of −1 would
        be written as slashes, which Dash sends as six characters each).
    names : sequence of str
        Of products; the figure carries them in its ``meta``.
    labels : sequence of (int, str)
        Points to name in the picture.
    lifts : sequence of LiftClass
        What the picture's table says, weakest first; the browser writes it.
    """
    steps = len(SEQUENTIAL) - 1
    low, high = float(support.min()) * 100, float(support.max()) * 100
    ticks = _ticks(low, high)
    products = np.hstack(sides).astype("i2" if len(names) < 2**15 else "i4")
    points: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "x": packed(support * 100),
        "y": packed(confidence * 100),
        "customdata": packed(products),
        "hoverinfo": "none",
        "marker": {
            "size": 6,
            "opacity": 0.9,
            "color": packed(classes),
            "cmin": 0,
            "cmax": steps,
            "colorscale": [[place / steps, colour] for place, colour in enumerate(SEQUENTIAL)],
            "line": {"width": 0.6, "color": "var(--seq-5)"},
        },
    }
    return {
        "data": [points],
        "layout": {
            "meta": {
                # one text: a list of names takes Dash as long to write as all the rest
                "names": "\t".join(name.replace("\t", " ") for name in names),
                "antecedents": sides[0].shape[1],
                "classes": [[c.lowest, c.below, c.rules, c.support, c.confidence] for c in lifts],
            },
            "margin": {"l": 44, "r": 16, "t": 18, "b": 40},
            "xaxis": {
                "type": "log",
                "range": [math.log10(low) - 0.02, math.log10(high) + 0.04],
                "tickvals": ticks,
                "ticktext": [f"{words.number(tick, _decimals(tick))}{PERCENT}" for tick in ticks],
                "title": {"text": "support, share of invoices"},
            },
            "yaxis": {
                "range": [0, 104],
                "tickvals": [0, 25, 50, 75, 100],
                "ticktext": [f"{tick}{PERCENT}" for tick in (0, 25, 50, 75, 100)],
            },
            "annotations": [_label(place, text, support, confidence) for place, text in labels],
        },
    }


def _label(
    place: int, text: str, support: npt.NDArray[np.float32], confidence: npt.NDArray[np.float32]
) -> dict[str, Any]:
    """Name a point above it; names are text to the reader, so their markup is escaped."""
    x = math.log10(float(support[place]) * 100)
    middle = math.log10(math.sqrt(float(support.min()) * float(support.max())) * 100)
    return {
        "x": x,
        "y": float(confidence[place]) * 100,
        "text": html.escape(words.capital(text.lower())),
        "showarrow": False,
        "xanchor": "left" if x <= middle else "right",
        "yanchor": "bottom",
        "yshift": 3,
        "font": {"size": 11},
        "bgcolor": "var(--sd-surface)",
        "opacity": 0.86,
    }


def _ticks(low: float, high: float) -> list[float]:
    """Return round per cents from ``low`` to ``high``, or ``low`` alone where there is none between."""
    decades = range(math.floor(math.log10(low)), math.floor(math.log10(high)) + 1)
    found = [step * 10.0**decade for decade in decades for step in _STEPS]
    return [tick for tick in found if low * 0.96 <= tick <= high * 1.05] or [low]


def _decimals(value: float) -> int:
    return next((places for places in range(4) if round(value, places) == round(value, 6)), 4)
