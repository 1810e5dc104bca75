"""What the clusters are like: means, spread, the space they lie in, when they order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from layouts import palette, words
from layouts.palette import DIVERGING, SEQUENTIAL
from layouts.parts.charts import Figure, packed, up_title
from services.core.language.messages import _

if TYPE_CHECKING:
    from services.releases.overview.groups import Cluster

_STEPS = (1.0, 2.0, 5.0)
_LEFT = 44


Clusters = Sequence["Cluster"]
"""Entries of the overview: ``letter``, ``colour``."""


def snake(clusters: Clusters, means: Sequence[Sequence[float]], axes: Sequence[str]) -> Figure:
    """Draw each cluster's standardised means across the axes, its letter at the right end.

    Parameters
    ----------
    clusters : sequence of Cluster
    means : sequence of sequences of float
        In standard deviations from the mean of all customers, an entry an axis.
    axes : sequence of str
        Names, as drawn.
    """
    places = list(range(len(axes)))
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": places,
                "y": list(values),
                "line": {"color": palette.cluster(cluster.colour), "width": 2},
                "marker": {"color": palette.cluster(cluster.colour), "size": 7, "opacity": 1},
                "hovertemplate": f"{cluster.letter}: %{{y:.2f}}<extra></extra>",
            }
            for cluster, values in zip(clusters, means, strict=True)
        ],
        "layout": {
            "xaxis": {"tickvals": places, "ticktext": list(axes), "range": [-0.25, len(axes) - 0.7]},
            "yaxis": {"title": {"text": ""}, "zeroline": True, "zerolinecolor": "var(--sd-line-strong)"},
            "annotations": [
                {
                    "x": places[-1],
                    "y": values[-1],
                    "text": f"<b>{cluster.letter}</b>",
                    "xanchor": "left",
                    "xshift": 9,
                    "yshift": shift,
                    "showarrow": False,
                    "font": {"size": 11},
                }
                for cluster, values, shift in zip(
                    clusters, means, _apart([row[-1] for row in means]), strict=True
                )
            ]
            + [up_title(_("standard deviations"), _LEFT)],
            "margin": {"l": _LEFT, "r": 12, "t": 26, "b": 34},
        },
    }


def _apart(heights: Sequence[float]) -> list[int]:
    """Return shifts in pixels that keep the labels of close line ends apart."""
    span = (max(heights) - min(heights)) or 1.0
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    shifts = [0] * len(heights)
    for lower, upper in pairwise(order):
        pixels = (heights[upper] - heights[lower]) / span * 180 + shifts[upper] - shifts[lower]
        if pixels < 13:
            shifts[upper] = shifts[lower] + round(13 - (heights[upper] - heights[lower]) / span * 180)
    return shifts


def boxes(clusters: Clusters, quantiles: Sequence[Sequence[float]], *, money: bool, log: bool) -> Figure:
    """Draw a box a cluster from its quantiles at 5, 25, 50, 75 and 95 %.

    Parameters
    ----------
    clusters : sequence of Cluster
    quantiles : sequence of 5 floats each
        In the axis's unit.
    money : bool
        Ticks are amounts.
    log : bool
        Draw log(1 + x); ticks keep the unit.
    """
    scaled = np.log1p(np.asarray(quantiles)) if log else np.asarray(quantiles, dtype=np.float64)
    ticks = _log_ticks(quantiles) if log else None
    axis: dict[str, Any] = {"zeroline": False}
    if ticks:
        write = words.money_short if money else words.number
        axis |= {"tickvals": np.log1p(ticks).tolist(), "ticktext": [write(tick) for tick in ticks]}
    traces = [
        {
            "type": "box",
            "x": [cluster.letter],
            **{
                name: [float(scaled[place][at])]
                for at, name in enumerate(("lowerfence", "q1", "median", "q3", "upperfence"))
            },
            "line": {"color": palette.cluster(cluster.colour), "width": 1.6},
            "fillcolor": f"color-mix(in srgb, {palette.cluster(cluster.colour)} 22%, transparent)",
            "hoverinfo": "skip",
            "width": 0.5,
        }
        for place, cluster in enumerate(clusters)
    ]
    return {"data": traces, "layout": {"yaxis": axis, "xaxis": {"type": "category"}}}


def _log_ticks(quantiles: Sequence[Sequence[float]]) -> list[float]:
    low, high = min(row[0] for row in quantiles), max(row[-1] for row in quantiles)
    wide = high > 200 * max(low, 1)
    steps = (1.0,) if wide else _STEPS
    ticks = [step * 10.0**power for power in range(-2, 10) for step in steps]
    return [tick for tick in ticks if low * 0.7 <= tick <= high * 1.3] or [high]


def space(values: npt.NDArray[np.float32], labels: npt.NDArray[np.int16], clusters: Clusters) -> Figure:
    """Draw customers in the space of recency, frequency and spend, the last two as log(1 + x).

    Parameters
    ----------
    values : ndarray, shape (n, 3)
        Raw.
    labels : ndarray of int, shape (n,)
        Position in ``clusters``.
    clusters : sequence of Cluster
    """
    traces = []
    for place, cluster in enumerate(clusters):
        own = values[labels == place]
        traces.append(
            {
                "type": "scatter3d",
                "mode": "markers",
                "name": cluster.letter,
                "x": packed(own[:, 0]),
                "y": packed(np.log1p(own[:, 1])),
                "z": packed(np.log1p(own[:, 2])),
                "marker": {"size": 2.4, "opacity": 0.75, "color": palette.cluster(cluster.colour)},
                "hovertemplate": f"{cluster.letter}<extra></extra>",
            }
        )
    plain = {
        "gridcolor": "var(--sd-grid)",
        "backgroundcolor": "rgba(0,0,0,0)",
        "showbackground": False,
        "zeroline": False,
        "tickfont": {"size": 10, "color": "var(--sd-muted)"},
    }

    def axis(title: str, column: int, money: bool) -> dict[str, Any]:
        span = [[float(values[:, column].min()), float(values[:, column].max())]]
        ticks = [tick for tick in _log_ticks([[span[0][0], 0, 0, 0, span[0][1]]]) if tick >= 1]
        write = words.money_short if money else words.number
        return plain | {
            "title": {"text": title, "font": {"size": 11}},
            "tickvals": np.log1p(ticks).tolist(),
            "ticktext": [write(tick) for tick in ticks],
        }

    return {
        "data": traces,
        "layout": {
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "dragmode": "orbit",
            "scene": {
                "xaxis": plain | {"title": {"text": _("days since"), "font": {"size": 11}}},
                "yaxis": axis(_("frequency"), 1, False),
                "zaxis": axis(_("spend"), 2, True),
                "camera": {
                    "eye": {"x": 1.97, "y": 1.82, "z": 0.68},
                    "center": {"x": 0.06, "y": -0.06, "z": -0.12},
                },
            },
        },
    }


def times(
    letters: Sequence[str],
    names: Sequence[str],
    ratio: npt.NDArray[np.float64],
    shares: npt.NDArray[np.float64],
    ticks: Sequence[int] = (),
) -> Figure:
    """Draw when clusters order against everybody: log ratio, from half to double.

    Parameters
    ----------
    letters, names : sequence of str
        Rows and columns.
    ratio : ndarray, shape (len(letters), len(names))
        NaN cells stay empty.
    shares : ndarray, shape (len(letters), len(names))
        Of the cluster's orders, 0–1; what a cell says.
    ticks : sequence of int
        Columns that are named below; all of them when empty.
    """
    shown = ticks or range(len(names))
    with np.errstate(divide="ignore"):
        z = np.clip(np.log2(ratio), -1, 1)
    return {
        "data": [
            {
                "type": "heatmap",
                "z": packed(z.astype(np.float32)),
                "customdata": packed((100 * shares).astype(np.float32)),
                "hovertemplate": _("%{y}, %{x}: %{customdata:.1f}\u00a0% of its orders") + "<extra></extra>",
                "hoverongaps": False,
                "zmin": -1,
                "zmax": 1,
                "colorscale": [[at / (len(DIVERGING) - 1), colour] for at, colour in enumerate(DIVERGING)],
            }
        ],
        "layout": {
            "xaxis": {"tickvals": list(shown), "ticktext": [names[place] for place in shown]},
            "yaxis": {
                "tickvals": list(range(len(letters))),
                "ticktext": list(letters),
                "autorange": "reversed",
                "showgrid": False,
            },
            "margin": {"l": 24, "r": 8, "t": 6, "b": 28},
        },
    }


def agreement(names: Sequence[str], matrix: Sequence[Sequence[float]]) -> Figure:
    """Draw the agreement of each pair, deeper for more; a pair of the same stays empty.

    Parameters
    ----------
    names : sequence of str
    matrix : sequence of sequences of float
        Adjusted Rand indices.
    """
    z = np.array(matrix, dtype=np.float32)
    np.fill_diagonal(z, np.nan)
    last = len(SEQUENTIAL) - 1
    return {
        "data": [
            {
                "type": "heatmap",
                "z": packed(z),
                "zmin": 0,
                "zmax": 1,
                "colorscale": [[at / last, colour] for at, colour in enumerate(SEQUENTIAL)],
                "texttemplate": "%{z:.2f}",
                "hovertemplate": _("%{y} and %{x}: %{z:.2f}") + "<extra></extra>",
                "hoverongaps": False,
            }
        ],
        "layout": {
            "xaxis": {"tickvals": list(range(len(names))), "ticktext": list(names), "tickangle": -40},
            "yaxis": {
                "tickvals": list(range(len(names))),
                "ticktext": list(names),
                "autorange": "reversed",
                "showgrid": False,
            },
        },
    }
