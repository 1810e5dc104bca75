"""Pictures of churn: expected profit, calibration, and the curves of the models, as plain figures."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from layouts import words
from layouts.parts.charts import Figure, packed
from services.core.language.again import again
from services.core.language.messages import _

if TYPE_CHECKING:
    from services.releases.overview.churn import Band, Model
    from services.serving.churn.grouped import Curves

_INK, _BAR, _WARNING = "var(--sd-ink)", "var(--sd-bar)", "var(--sd-warning)"
_SHARES: dict[str, Any] = {"range": [0, 1], "tickformat": ".0%", "dtick": 0.2}


def profit(brings: ArrayLike, percent: int | None, label: str) -> Figure:
    """Draw what contacting from each risk on brings, with the threshold.

    Parameters
    ----------
    brings : array_like, shape (101,)
        Money, from 0, 1, … 100 per cent on.
    percent : int or None
        The threshold; None for nobody.
    label : str
        Of the threshold's point.
    """
    values = np.asarray(brings, dtype=float)
    ticks = _ticks(float(min(values.min(), 0)), float(max(values.max(), 0)))
    data: list[dict[str, Any]] = [
        {
            "mode": "lines",
            "y": packed(np.round(values, 2)),
            "line": {"color": _INK, "width": 1.6},
            "fill": "tozeroy",
            "fillcolor": "var(--sd-sunken)",
            "hovertemplate": _("from %{x} %: %{y:,.0f}") + "<extra></extra>",
        }
    ]
    layout: dict[str, Any] = {
        "xaxis": {"title": {"text": _("contact from this risk on")}, "ticksuffix": " %", "range": [0, 100]},
        "yaxis": {
            "zeroline": True,
            "zerolinecolor": "var(--sd-line-strong)",
            "tickvals": ticks,
            "ticktext": [words.money_short(each) for each in ticks],
        },
        "margin": {"l": 60, "r": 14, "t": 18, "b": 44},
        "annotations": [],
    }
    if percent is not None:
        data.append(
            {
                "mode": "markers",
                "x": [percent],
                "y": [round(float(values[percent]), 2)],
                "marker": {"color": _INK, "size": 9, "opacity": 1},
                "hoverinfo": "skip",
            }
        )
        anchor = "right" if percent > 50 else "left"
        layout["annotations"] = [
            {
                "x": percent,
                "y": round(float(values[percent]), 2),
                "text": html.escape(label),
                "xanchor": anchor,
                "yanchor": "bottom",
                "xshift": -6 if anchor == "right" else 6,
            }
        ]
        layout["shapes"] = [
            {
                "type": "line",
                "x0": percent,
                "x1": percent,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "layer": "below",
                "line": {"color": _INK, "width": 1.2, "dash": "dot"},
            }
        ]
    return {"data": data, "layout": layout}


def calibration(bands: Sequence[Band], off: Sequence[bool]) -> Figure:
    """Draw the share that left against the predicted one, a point a band with its interval.

    Parameters
    ----------
    bands : sequence of Band
        With somebody in them.
    off : sequence of bool
        Which are to be warned of.
    """
    happened = np.array([each.left / each.customers for each in bands])
    high = np.array([each.high or 0 for each in bands]) - happened
    low = happened - np.array([each.low or 0 for each in bands])
    people = [each.customers for each in bands]
    points = {
        "mode": "markers",
        "x": [each.predicted for each in bands],
        "y": packed(happened),
        "customdata": people,
        "error_y": {
            "array": packed(np.maximum(high, 0)),
            "arrayminus": packed(np.maximum(low, 0)),
            "color": _BAR,
            "thickness": 1.6,
            "width": 0,
        },
        "marker": {
            "size": 9,
            "opacity": 1,
            "color": [_WARNING if each else _INK for each in off],
            "symbol": ["triangle-up" if each else "circle" for each in off],
        },
        "hovertemplate": _("predicted %{x:.1%}, happened %{y:.1%}<br>%{customdata:,d} scores")
        + "<extra></extra>",
    }
    return {
        "data": [_diagonal(), points],
        "layout": {
            "xaxis": {**_SHARES, "title": {"text": _("predicted")}},
            "yaxis": _SHARES,
            "margin": {"l": 50, "r": 14, "t": 8, "b": 44},
        },
    }


def curve(models: Sequence[tuple[Model, Curves]], served: str | None, kind: str) -> Figure:
    """Draw a curve of each model: the served one in ink and on top, all others in grey.

    Parameters
    ----------
    models : sequence of (Model, Curves)
    served : str or None
        The id of a model.
    kind : {"roc", "precision", "lift"}
    """
    across, up, title = {
        "roc": ("wrongly", "found", _("share of the others contacted")),
        "precision": ("found", "right", _("share of leavers found")),
        "lift": ("contacted", "lift", _("share of customers contacted")),
    }[kind]
    ordered = sorted(models, key=lambda each: each[0].id == served)
    data = [_diagonal()] if kind == "roc" else []
    for model, held in ordered:
        x, y = getattr(held, across), getattr(held, up)
        there = np.isfinite(y)
        first = model.id == served
        data.append(
            {
                "mode": "lines",
                "x": packed(np.round(x[there], 4).astype("f4")),
                "y": packed(np.round(y[there], 4).astype("f4")),
                "line": {"color": _INK if first else _BAR, "width": 2 if first else 1},
                "hovertemplate": f"{html.escape(again(model.name))}: %{{x:.0%}}, %{{y:.2f}}<extra></extra>",
            }
        )
    return {
        "data": data,
        "layout": {
            "xaxis": {**_SHARES, "title": {"text": title}},
            "yaxis": {"rangemode": "tozero"} if kind == "lift" else _SHARES,
            "margin": {"l": 44, "r": 14, "t": 8, "b": 44},
        },
    }


def _ticks(low: float, high: float) -> list[float]:
    """Return four to nine round numbers from below ``low`` to above ``high``, 0 among them."""
    span = max(high - low, 1e-6)
    step = next(
        size * 10.0**power
        for power in range(math.floor(math.log10(span)) - 1, math.ceil(math.log10(span)) + 1)
        for size in (1, 2, 5)
        if span / (size * 10.0**power) <= 5
    )
    return [float(at * step) for at in range(math.floor(low / step), math.ceil(high / step) + 1)]


def _diagonal() -> dict[str, Any]:
    return {
        "mode": "lines",
        "x": [0, 1],
        "y": [0, 1],
        "line": {"color": "var(--sd-line-strong)", "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
    }
