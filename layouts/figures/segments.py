"""Pictures of many customers: two axes at a time, the distribution of one, revenue by group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from layouts.figures.theme import Figure, packed

_WIDEST = 15.0


def dots(dots: Any, names: Sequence[str], colours: Sequence[str], labels: Sequence[Any], axes: Any) -> Figure:
    """Draw the cells of a binned picture as dots whose area stands for their customers.

    Parameters
    ----------
    dots : services.serving.segment_view.Dots
    names, colours : sequence of str
        Per group.
    labels : sequence of (str, float, float)
        Text at a place, in cells.
    axes : pair of (tick places, tick texts, title, cells)
        Across, then up.
    """
    most = max((int(counts.max()) for counts in dots.counts if len(counts)), default=1)
    unit = "u1" if most < 2**8 else "u2" if most < 2**16 else "u4"
    data: list[dict[str, Any]] = []
    for across, up, counts, name, colour in zip(
        dots.across, dots.up, dots.counts, names, colours, strict=True
    ):
        if len(across):
            sizes = np.clip(np.rint(3 + (_WIDEST - 3) * np.sqrt((counts - 1) / max(most - 1, 1))), 3, _WIDEST)
            data.append(
                {
                    "type": "scatter", "mode": "markers", "x": packed(across), "y": packed(up),
                    "customdata": packed(counts.astype(unit)), "marker": {"size": packed(sizes.astype("u1")), "color": colour},
                    "hovertemplate": "%{customdata:,d} customers<extra>" + name + "</extra>",
                }
            )  # fmt: skip
    layout = {f"{side}axis": _cells_axis(*axis) for side, axis in zip("xy", axes, strict=True)}
    layout["yaxis"]["showgrid"] = True
    return {"data": data, "layout": {**layout, "annotations": [_label(*label) for label in labels]}}


def distribution(
    counts: Sequence[int], ticks: Any, cuts: Sequence[float], classes: Sequence[Any], title: str
) -> Figure:
    """Draw a histogram with the cut points dotted and the scores above.

    Parameters
    ----------
    counts : sequence of int
        Customers per bar.
    ticks : pair of sequences
        Places between bars (0 is the left end), and what stands there.
    cuts : sequence of float
        Where the scores change, in the same places.
    classes : sequence of (place, score)
    title : str
        The axis's unit.
    """
    bars = {
        "type": "bar", "x": packed(np.arange(len(counts)) + 0.5), "y": packed(np.asarray(counts, dtype="u4")),
        "width": 0.92, "hovertemplate": "%{y:,d} customers<extra></extra>",
    }  # fmt: skip
    dotted = [
        {"type": "line", "x0": cut, "x1": cut, "yref": "paper", "y0": 0, "y1": 1,
         "line": {"color": "var(--sd-muted)", "width": 1, "dash": "dot"}}
        for cut in cuts
    ]  # fmt: skip
    scores = [
        {
            "x": place,
            "y": 1.04,
            "yref": "paper",
            "yanchor": "bottom",
            "text": f"<b>{score}</b>",
            "showarrow": False,
        }
        for place, score in classes
    ]
    return {
        "data": [bars],
        "layout": {
            "xaxis": {"tickvals": list(ticks[0]), "ticktext": list(ticks[1]), "range": [0, len(counts)],
                      "title": {"text": title}, "tickangle": 0},
            "yaxis": {"tickformat": ",d", "nticks": 4},
            "shapes": dotted,
            "annotations": scores,
            "margin": {"t": 24, "b": 42},
        },
    }  # fmt: skip


def treemap(
    names: Sequence[str], revenue: Sequence[float], texts: Sequence[str], colours: Sequence[str]
) -> Figure:
    """Draw revenue by group as areas.

    Parameters
    ----------
    names, texts : sequence of str
    revenue : sequence of float
    colours : sequence of str
        The groups' own; drawn as tints, so that ink stays legible.
    """
    tints = [f"color-mix(in srgb, {colour} 36%, var(--sd-surface))" for colour in colours]
    area = {
        "type": "treemap", "labels": list(names), "parents": [""] * len(names),
        "values": [round(value, 2) for value in revenue], "text": list(texts),
        "texttemplate": "<b>%{label}</b><br>%{text}", "textposition": "top left",
        "hovertemplate": "%{label}: %{text}<extra></extra>", "sort": True, "marker": {"colors": tints},
    }  # fmt: skip
    return {"data": [area], "layout": {"margin": {"l": 0, "r": 0, "t": 0, "b": 0}}}


def _cells_axis(places: Sequence[float], texts: Sequence[str], title: str, cells: int) -> dict[str, Any]:
    return {
        "tickvals": [round(place, 2) for place in places], "ticktext": list(texts), "title": {"text": title},
        "range": [-1.5, cells + 0.5], "tickangle": 0,
    }  # fmt: skip


def _label(text: str, across: float, up: float) -> dict[str, Any]:
    return {
        "x": round(across, 2), "y": round(up, 2), "text": text, "showarrow": False,
        "font": {"size": 11, "color": "var(--sd-ink)"}, "bgcolor": "color-mix(in srgb, var(--sd-surface) 72%, transparent)",
    }  # fmt: skip
