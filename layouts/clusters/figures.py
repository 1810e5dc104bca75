"""Why these clusters: inertia, measures by k, silhouette values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from layouts import palette, words
from layouts.parts.charts import Figure, packed
from services.core.language.messages import _, plural

LINE = "var(--sd-ink-2)"
SECOND = "var(--sd-bar)"
_ROOM = 0.25  # of the mean's name, in silhouette values
_CLOSE = 0.2  # ends of lines between which a name has no room


def inertia(ks: Sequence[int], values: Sequence[float], bend: int | None, k: int) -> Figure:
    """Draw the inertia of each k, the bend named, the k looked at filled.

    Parameters
    ----------
    ks : sequence of int
        From 1.
    values : sequence of float
    bend : int or None
        Where the curve bends most.
    k : int
    """
    notes = []
    if bend is not None:
        text = _("bend at {k}", k=bend)
        notes.append(_note(bend, values[list(ks).index(bend)], text, "left", 8, -12))
    return {
        "data": [_line(ks, values, k, _("inertia"))],
        "layout": _by_k(ks) | {"yaxis": {"rangemode": "tozero"}, "annotations": notes},
    }


def quality(
    ks: Sequence[int], silhouette: Sequence[float], stability: Sequence[float | None], k: int
) -> Figure:
    """Draw silhouette and stability, both best at 1, named at their ends; stability may be unknown."""
    known = {each: value for each, value in zip(ks, stability, strict=True) if value is not None}
    names = [(_("silhouette"), list(ks), list(silhouette), LINE)]
    if known:
        names.append((_("stability"), list(known), list(known.values()), SECOND))
    ticks = [0, 0.25, 0.5, 0.75, 1]
    low = min(0.0, *silhouette)
    ends = [values[-1] for _name, _at, values, _colour in names]
    return {
        "data": [_line(at, values, k, name, colour) for name, at, values, colour in names],
        "layout": _by_k(ks)
        | {
            "yaxis": {"range": [low, 1.08], "tickvals": ticks},
            "annotations": [
                _note(at[-1], values[-1], name, "right", 0, _below(ends, place))
                for place, (name, at, values, _colour) in enumerate(names)
            ],
        },
    }


def _below(ends: Sequence[float], place: int) -> int:
    """Return how far below a line's end its name stands: above it, unless the highest ends just there."""
    highest = ends.index(max(ends))
    return 12 if place != highest and ends[highest] - ends[place] < _CLOSE else -11


def indices(ks: Sequence[int], falling: Sequence[float], rising: Sequence[float], k: int) -> Figure:
    """Draw Davies–Bouldin above Calinski–Harabasz, each on its own scale."""
    upper = _line(ks, falling, k, _("Davies–Bouldin")) | {"yaxis": "y2"}
    lower = _line(ks, rising, k, _("Calinski–Harabasz"))
    return {
        "data": [lower, upper],
        "layout": _by_k(ks)
        | {
            "yaxis": {"domain": [0, 0.4], "nticks": 4},
            "yaxis2": {"domain": [0.58, 0.98], "anchor": "x", "nticks": 4},
            "annotations": [
                _title(_("Davies–Bouldin: lower is better"), 1.04),
                _title(_("Calinski–Harabasz: higher is better"), 0.47),
            ],
        },
    }


def silhouettes(clusters: Sequence[dict[str, Any]], mean: float) -> Figure:
    """Draw the silhouette values of each cluster's customers, lowest to highest, one band a cluster.

    Parameters
    ----------
    clusters : sequence of dict
        ``letter``, ``colour``, ``values`` (quantiles, ascending), ``customers``; the first band is uppermost.
    mean : float
        Of all customers, drawn across.
    """
    total = sum(cluster["customers"] for cluster in clusters)
    gap = 0.02 * total
    top, traces, ticks = 0.0, [], []
    for cluster in clusters:
        size, values = cluster["customers"], cluster["values"]
        places = [-(top + size * (1 - place / (len(values) - 1))) for place in range(len(values))]
        colour = palette.cluster(cluster["colour"])
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": packed(np.array([0, *values, 0], dtype=np.float32)),
                "y": packed(np.array([places[0], *places, places[-1]], dtype=np.float32)),
                "fill": "toself",
                "fillcolor": f"color-mix(in srgb, {colour} 55%, transparent)",
                "line": {"width": 1, "color": colour},
                "hoveron": "fills",
                "hoverinfo": "text",
                "text": plural(
                    "{cluster}: {n} customer",
                    "{cluster}: {n} customers",
                    size,
                    n=words.number(size),
                    cluster=cluster["letter"],
                ),
            }
        )
        ticks.append((-(top + size / 2), cluster["letter"]))
        top += size + gap
    low = min(0.0, *(cluster["values"][0] for cluster in clusters)) - 0.03
    high = max(*(cluster["values"][-1] + 0.05 for cluster in clusters), mean + _ROOM)
    return {
        "data": traces,
        "layout": {
            "xaxis": {"range": [low, high], "showgrid": True, "title": {"text": _("silhouette value")}},
            "yaxis": {
                "range": [-top, 0],
                "tickvals": [place for place, _letter in ticks],
                "ticktext": [letter for _place, letter in ticks],
                "showgrid": False,
            },
            "shapes": [
                {"type": "line", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1, "line": style}
                for at, style in (
                    (0, {"width": 1, "color": "var(--sd-line-strong)"}),
                    (mean, {"width": 1.2, "dash": "dash", "color": "var(--sd-ink)"}),
                )
            ],
            "annotations": [_note(mean, -top, _("mean {mean}", mean=words.number(mean, 2)), "left", 5, -9)],
        },
    }


def _line(
    ks: Sequence[int], values: Sequence[float], k: int, name: str, colour: str = LINE
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": packed(list(ks)),
        "y": packed([float(value) for value in values]),
        "line": {"color": colour, "width": 1.6},
        "marker": {
            "size": [10 if each == k else 6 for each in ks],
            "opacity": 1,
            "color": [colour if each == k else "var(--sd-surface)" for each in ks],
            "line": {"color": colour, "width": 1.6},
        },
        "hovertemplate": _("%{x} clusters: %{y:.4~g}") + f"<extra>{name}</extra>",
    }


def _by_k(ks: Sequence[int]) -> dict[str, Any]:
    axis = {"tickvals": list(ks), "range": [ks[0] - 0.4, ks[-1] + 0.4], "title": {"text": _("clusters")}}
    return {"xaxis": axis, "margin": {"l": 44, "r": 12, "t": 14, "b": 40}}


def _note(x: float, y: float, text: str, anchor: str, right: int, down: int) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": text,
        "xanchor": anchor,
        "xshift": right,
        "yshift": -down,
        "showarrow": False,
        "font": {"size": 11},
    }


def _title(text: str, height: float) -> dict[str, Any]:
    return {
        "x": 0,
        "y": height,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "text": text,
        "showarrow": False,
        "font": {"size": 11, "color": "var(--sd-muted)"},
    }
