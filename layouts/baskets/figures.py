"""Support against confidence, a point for each rule."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from layouts import words
from layouts.palette import SEQUENTIAL
from layouts.parts.charts import Figure, packed, up_title
from services.core.language.messages import _

if TYPE_CHECKING:
    from services.serving.rules.scatter import LiftClass, Points

PERCENT = "\u00a0%"
_WHOLE = 10_000  # heights of points: hundredths of a per cent
_TOP = 1.04 * _WHOLE
_LEFT = 44
_LINE, _HIGH = 16, 270  # pixels of a name above the picture, and of the picture with two of them
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
_STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0)


def scatter(
    drawn: Points,
    labels: Sequence[tuple[int, str]] = (),
    lifts: Sequence[LiftClass] = (),
    whole: str = "invoice",
) -> Figure:
    """Draw rules, small to send: counts and hundredths of a per cent take two bytes, with ticks in per cent.

    Parameters
    ----------
    drawn : services.serving.rules.scatter.Points
        At least one; counts and confidences above 0.
    labels : sequence of (int, str)
        Points to name in the picture.
    lifts : sequence of LiftClass
        What the picture's table says, weakest first; the browser writes it.
    whole : str
        ``invoice`` or ``customer``: what a support is a share of.
    """
    steps = len(SEQUENTIAL) - 1
    counts, heights = drawn.counts, np.rint(drawn.confidence * _WHOLE).astype("u2")
    low, high = int(counts.min()), int(counts.max())
    per_cent = drawn.baskets / 100
    ticks = _ticks(low / per_cent, high / per_cent)
    points: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "x": packed(counts.astype("u2" if high < 2**16 else "i4")),
        "y": packed(heights),
        "hoverinfo": "none",
        "marker": {
            "size": 6,
            "opacity": 0.9,
            "color": packed(drawn.classes),
            "cmin": 0,
            "cmax": steps,
            "colorscale": [[place / steps, colour] for place, colour in enumerate(SEQUENTIAL)],
            "line": {"width": 0.6, "color": "var(--seq-5)"},
        },
    }
    middle = math.log10(math.sqrt(low * high))
    title = _("support, share of customers") if whole == "customer" else _("support, share of invoices")
    return {
        "data": [points],
        "layout": {
            "meta": {"classes": [asdict(each) for each in lifts]},
            "margin": {"l": _LEFT, "r": 16, "t": 34 + _LINE * len(labels), "b": 40},
            "xaxis": {
                "type": "log",
                "range": [math.log10(low) - 0.02, math.log10(high) + 0.04],
                "tickvals": [tick * per_cent for tick in ticks],
                "ticktext": [f"{words.number(tick, _decimals(tick))}{PERCENT}" for tick in ticks],
                "title": {"text": title},
            },
            "yaxis": {
                "range": [0, _TOP],
                "tickvals": [share * _WHOLE for share in _QUARTERS],
                "ticktext": [words.share(share) for share in _QUARTERS],
            },
            "annotations": [
                up_title(_("confidence"), _LEFT, 4 + _LINE * len(labels)),
                *(
                    _label(math.log10(counts[place]), int(heights[place]), text, middle, row)
                    for row, (place, text) in reversed([*enumerate(labels)])
                ),
            ],
        },
    }


def _label(x: float, y: int, text: str, middle: float, row: int) -> dict[str, Any]:
    """Name a point above the picture, where no other lies, with a line down to it; each name has its row.

    The highest is drawn first, so that its line goes behind the names below. Names are text to the
    reader, so their markup is escaped.
    """
    return {
        "x": x,
        "y": y,
        "ax": x,
        "ay": round(_TOP * (1 + row * _LINE / _HIGH)),
        "axref": "x",
        "ayref": "y",
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": "var(--sd-muted)",
        "standoff": 5,
        "text": html.escape(words.capital(text.lower())),
        "xanchor": "left" if x <= middle else "right",
        "yanchor": "bottom",
        "font": {"size": 11},
        "bgcolor": "var(--sd-surface)",
    }


def _ticks(low: float, high: float) -> list[float]:
    """Return round per cents from ``low`` to ``high``, or ``low`` alone where there is none between."""
    decades = range(math.floor(math.log10(low)), math.floor(math.log10(high)) + 1)
    found = [step * 10.0**decade for decade in decades for step in _STEPS]
    return [tick for tick in found if low * 0.96 <= tick <= high * 1.05] or [low]


def _decimals(value: float) -> int:
    return next((places for places in range(4) if round(value, places) == round(value, 6)), 4)
