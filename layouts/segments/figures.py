"""Pictures of many customers: two axes at a time, the distribution of one, revenue by group."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from layouts.parts.charts import Figure, packed, up_title
from layouts.segments.label_figures import Label, names
from services.core.language.messages import _, sense

if TYPE_CHECKING:
    from services.serving.segments.view import Dots

SMALLEST, WIDEST = 3.0, 15.0
_LINE = 18  # letters of a name in an area
# Margins that Plotly measures itself cost a second or third drawing of every chart.
_MARGIN = {"l": 50, "r": 14, "t": 8, "b": 44}


class Scale(NamedTuple):
    """One axis: where its ticks stand, what they say, its title, its length; all in cells or bars."""

    places: Sequence[float]
    texts: Sequence[str]
    title: str
    length: int


class Look(NamedTuple):
    """A group in a picture: its name, its colour, and the filter that its dots set when one is pressed."""

    name: str
    colour: str
    filter: str


def dots(held: Dots, looks: Sequence[Look], labels: Sequence[Label], scales: Sequence[Scale]) -> Figure:
    """Draw the cells of a binned picture as dots whose area stands for their customers.

    A label is drawn where it lies neither on another nor on a dot of another group; a group whose label finds
    no such place beside its median is named in the legend alone.

    Parameters
    ----------
    held : Dots
        Cells and counts, per group.
    looks : sequence of Look
        Per group.
    labels : sequence of Label
    scales : pair of Scale
        Across, then up.
    """
    most = int(held.counts.max(initial=1))
    counts = held.counts.astype("u1" if most < 2**8 else "u2" if most < 2**16 else "u4")
    step = (WIDEST - SMALLEST) / max(most - 1, 1) ** 0.5
    sizes = np.rint(SMALLEST + step * np.sqrt(held.counts - 1)).astype("u1")
    customers = _("{n} customers", n="%{customdata:,d}")
    data = [  # without a type plotly.js draws a scatter
        {
            "mode": "markers",
            "x": packed(held.across[first:end]),
            "y": packed(held.up[first:end]),
            "customdata": packed(counts[first:end]),
            "marker": {"size": packed(sizes[first:end]), "color": look.colour},
            "hovertemplate": f"{customers}<extra>{html.escape(look.name)}</extra>",
            "meta": look.filter,  # assets/charts.js
        }
        for (first, end), look in zip(pairwise(held.starts), looks, strict=True)
        if first < end
    ]
    across, up = (_axis(scale) for scale in scales)
    del up["title"]  # said above the axis: no rotated words
    return {
        "data": data,
        "layout": {
            "xaxis": across,
            "yaxis": up,
            "margin": _MARGIN | {"t": 26},
            "annotations": [
                *names(labels, held, scales[0].length, scales[1].length),
                up_title(scales[1].title, _MARGIN["l"]),
            ],
        },
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
    counts: Sequence[int],
    scale: Scale,
    filters: Sequence[str],
    cuts: Sequence[float] = (),
    classes: Sequence[tuple[float, int]] = (),
) -> Figure:
    """Draw a histogram with the cut points dotted and the scores above.

    Parameters
    ----------
    counts : sequence of int
        Customers per bar.
    scale : Scale
    filters : sequence of str
        What each bar sets when it is pressed: the two ends of a range.
    cuts : sequence of float
        Where the scores change, in bars from the left.
    classes : sequence of (float, int)
        The middle of each class and its score.
    """
    customers = _("{n} customers", n="%{y:,d}")
    bars = {
        "type": "bar",
        "x": packed(np.arange(len(counts)) + 0.5),
        "y": packed(np.asarray(counts, dtype="u4")),
        "width": 0.92,
        "hovertemplate": f"{customers}<extra></extra>",
        "meta": list(filters),
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
            "annotations": [*scores, up_title(sense("axis", "customers"), _MARGIN["l"], 20)],
            "margin": _MARGIN | {"r": 30, "t": 38},
        },
    }


def _lines(name: str) -> str:
    """Break a long name, which an area that is high enough for it would otherwise be too narrow for."""
    return "<br>".join(html.escape(line) for line in wrap(name, _LINE))


def treemap(looks: Sequence[Look], revenue: Sequence[float], texts: Sequence[str]) -> Figure:
    """Draw revenue by group as areas; names that do not fit stand in the table.

    Parameters
    ----------
    looks : sequence of Look
        Their colours are drawn as tints, so that ink stays legible.
    revenue : sequence of float
    texts : sequence of str
    """
    area = {
        "type": "treemap",
        "labels": [html.escape(look.name) for look in looks],
        "parents": [""] * len(looks),
        "values": [round(value, 2) for value in revenue],
        "text": [f"<b>{_lines(look.name)}</b><br>{text}" for look, text in zip(looks, texts, strict=True)],
        "texttemplate": "%{text}",
        "textposition": "top left",
        "hovertemplate": "%{label}: %{percentRoot:.1%}<extra></extra>",
        "sort": True,
        "marker": {"colors": [f"color-mix(in srgb, {each.colour} 36%, var(--sd-surface))" for each in looks]},
        "meta": [look.filter for look in looks],
    }
    uniform = {"minsize": 11, "mode": "hide"}
    return {"data": [area], "layout": {"margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "uniformtext": uniform}}
