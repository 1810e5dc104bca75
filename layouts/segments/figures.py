"""Pictures of many customers: two axes at a time, the distribution of one, revenue by group."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from layouts.parts.charts import Figure, packed

if TYPE_CHECKING:
    from services.serving.segments.view import Dots

SMALLEST, WIDEST = 3.0, 15.0
# Margins that Plotly measures itself cost a second or third drawing of every chart.
_MARGIN = {"l": 50, "r": 14, "t": 8, "b": 44}
_LETTER, _LINE = 0.72, 2.1  # of a label, in cells across and up


class Scale(NamedTuple):
    """One axis: where its ticks stand, what they say, its title, its length; all in cells or bars."""

    places: Sequence[float]
    texts: Sequence[str]
    title: str
    length: int


class Label(NamedTuple):
    """A group's name at its median, in cells; labels that come first are placed first."""

    text: str
    across: float
    up: float


def dots(
    held: Dots, names: Sequence[str], colours: Sequence[str], labels: Sequence[Label], scales: Sequence[Scale]
) -> Figure:
    """Draw the cells of a binned picture as dots whose area stands for their customers.

    Parameters
    ----------
    held : Dots
        Cells and counts, per group.
    names, colours : sequence of str
        Per group.
    labels : sequence of Label
    scales : pair of Scale
        Across, then up.
    """
    most = int(held.counts.max(initial=1))
    counts = held.counts.astype("u1" if most < 2**8 else "u2" if most < 2**16 else "u4")
    step = (WIDEST - SMALLEST) / max(most - 1, 1) ** 0.5
    sizes = np.rint(SMALLEST + step * np.sqrt(held.counts - 1)).astype("u1")
    data = [  # without a type plotly.js draws a scatter
        {
            "mode": "markers",
            "x": packed(held.across[first:end]),
            "y": packed(held.up[first:end]),
            "customdata": packed(counts[first:end]),
            "marker": {"size": packed(sizes[first:end]), "color": colour},
            "hovertemplate": "%{customdata:,d} customers<extra>" + html.escape(name) + "</extra>",
        }
        for (first, end), name, colour in zip(pairwise(held.starts), names, colours, strict=True)
        if first < end
    ]
    across, up = (_axis(scale) for scale in scales)
    del up["title"]  # said below the picture: no rotated words
    length = scales[0].length
    written = [_written(label, length) for label in _spread([_inside(label, length) for label in labels])]
    return {
        "data": data,
        "layout": {"xaxis": across, "yaxis": up, "margin": _MARGIN, "annotations": written},
    }


def _inside(label: Label, length: int) -> Label:
    half = len(label.text) / 2 * _LETTER
    return label._replace(across=max(half - 1, min(label.across, length - half)))


def _spread(labels: Sequence[Label]) -> list[Label]:
    """Move labels up or down until none lies on another; one that finds no place is left to the table."""
    placed: list[Label] = []
    for label in labels:
        for shift in (0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0):
            moved = label._replace(up=label.up + shift * _LINE)
            if moved.up > 0 and all(not _meet(moved, other) for other in placed):
                placed.append(moved)
                break
    return placed


def _meet(one: Label, other: Label) -> bool:
    if abs(one.up - other.up) >= _LINE:
        return False
    return abs(one.across - other.across) < (len(one.text) + len(other.text)) / 2 * _LETTER + 1


def _written(label: Label, length: int) -> Figure:
    """Place a label; on a narrow screen, where letters are wider than cells, one at an end grows inwards."""
    half = len(label.text) / 2 * _LETTER
    at: dict[str, Any] = {"x": round(label.across, 1)}
    if label.across < length * 0.4:
        at = {"x": round(label.across - half, 1), "xanchor": "left"}
    elif label.across > length * 0.6:
        at = {"x": round(label.across + half, 1), "xanchor": "right"}
    return at | {
        "y": round(label.up, 1),
        "text": html.escape(label.text),
        "bgcolor": "var(--sd-surface)",
    }


def _axis(scale: Scale) -> Figure:
    return {
        "tickvals": list(scale.places),
        "ticktext": list(scale.texts),
        "title": {"text": scale.title},
        "range": [-1.5, scale.length + 0.5],
        "tickangle": 0,
        "automargin": False,
    }


def distribution(
    counts: Sequence[int], scale: Scale, cuts: Sequence[float], classes: Sequence[tuple[float, int]]
) -> Figure:
    """Draw a histogram with the cut points dotted and the scores above.

    Parameters
    ----------
    counts : sequence of int
        Customers per bar.
    scale : Scale
    cuts : sequence of float
        Where the scores change, in bars from the left.
    classes : sequence of (float, int)
        The middle of each class and its score.
    """
    bars = {
        "type": "bar",
        "x": packed(np.arange(len(counts)) + 0.5),
        "y": packed(np.asarray(counts, dtype="u4")),
        "width": 0.92,
        "hovertemplate": "%{y:,d} customers<extra></extra>",
    }
    dotted = [
        {
            "type": "line",
            "x0": round(cut, 2),
            "x1": round(cut, 2),
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": "var(--sd-muted)", "width": 1, "dash": "dot"},
        }
        for cut in cuts
    ]
    scores = [
        {
            "x": round(place, 2),
            "y": 1.02,
            "yref": "paper",
            "yanchor": "bottom",
            "text": f"<b>{score}</b>",
        }
        for place, score in classes
    ]
    return {
        "data": [bars],
        "layout": {
            "xaxis": _axis(scale) | {"range": [0, scale.length]},
            "yaxis": {"tickformat": ",d", "nticks": 4, "automargin": False},
            "shapes": dotted,
            "annotations": scores,
            "margin": _MARGIN | {"t": 24},
        },
    }


def treemap(
    names: Sequence[str], revenue: Sequence[float], texts: Sequence[str], colours: Sequence[str]
) -> Figure:
    """Draw revenue by group as areas; names that do not fit stand in the table.

    Parameters
    ----------
    names, texts : sequence of str
    revenue : sequence of float
    colours : sequence of str
        The groups' own; drawn as tints, so that ink stays legible.
    """
    area = {
        "type": "treemap",
        "labels": [html.escape(name) for name in names],
        "parents": [""] * len(names),
        "values": [round(value, 2) for value in revenue],
        "text": list(texts),
        "texttemplate": "<b>%{label}</b><br>%{text}",
        "textposition": "top left",
        "hovertemplate": "%{label}: %{percentRoot:.1%}<extra></extra>",
        "sort": True,
        "marker": {"colors": [f"color-mix(in srgb, {colour} 36%, var(--sd-surface))" for colour in colours]},
    }
    uniform = {"minsize": 11, "mode": "hide"}
    return {"data": [area], "layout": {"margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "uniformtext": uniform}}
