"""Pictures of one column: how its values are spread, and how many churned with each, as plain figures."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from layouts.labelled import words as said
from layouts.parts.charts import Figure
from services.core.language.messages import _

_INK, _BAR = "var(--sd-ink)", "var(--sd-bar)"
_SHARES: dict[str, Any] = {"tickformat": ".0%", "rangemode": "tozero"}
#: Characters of a value beside its bar; the table has the whole text.
_LONGEST = 22
#: Pixels below the first bar and of each.
_FRAME, _LINE = 46, 26


def height(column: Mapping[str, Any]) -> int:
    """Return the pixels that both pictures of a column take: a line for each value."""
    return max(220, _FRAME + _LINE * len(column["rates"]))


def spread(column: Mapping[str, Any]) -> Figure:
    """Draw which share of those who churned, and of those who stayed, has each value.

    Parameters
    ----------
    column : mapping
        As ``services.core.labelled.insight.insight`` describes it.
    """
    if column["histogram"] and column.get("by") != "value":
        return _along(column["histogram"])
    rates = column["rates"]
    churned = [each["churned"] for each in rates]
    stayed = [each["rows"] - each["churned"] for each in rates]
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "x": _shares(counts),
            "y": list(range(len(rates))),
            "customdata": counts,
            "marker": {"color": colour},
            "hovertemplate": f"{told}<extra></extra>",
        }
        for name, counts, colour, told in (
            ("stayed", stayed, _BAR, _("%{x:.1%} of those who stayed: %{customdata:,d}")),
            ("churned", churned, _INK, _("%{x:.1%} of those who churned: %{customdata:,d}")),
        )
    ]
    return {"data": bars, "layout": {"barmode": "group", "bargap": 0.35, **_beside(column)}}


def rates(column: Mapping[str, Any], whole: float) -> Figure:
    """Draw which share churned of those with each value, with its interval.

    Parameters
    ----------
    column : mapping
    whole : float
        Share that churned of the whole table, 0–1; a dotted line.
    """
    places = [place for place, each in enumerate(column["rates"]) if each["rate"] is not None]
    told = [column["rates"][place] for place in places]
    points: dict[str, Any] = {
        "mode": "markers",
        "x": [each["rate"] for each in told],
        "y": places,
        "customdata": [each["rows"] for each in told],
        "marker": {"color": _INK, "size": 8, "opacity": 1},
        "hovertemplate": _("%{x:.1%} of %{customdata:,d} churned") + "<extra></extra>",
    }
    if all(each.get("high") is not None for each in told):
        points["error_x"] = {
            "array": [each["high"] - each["rate"] for each in told],
            "arrayminus": [each["rate"] - each["low"] for each in told],
            "color": _BAR,
            "thickness": 1.6,
            "width": 0,
        }
    line = {"color": "var(--sd-line-strong)", "width": 1, "dash": "dot"}
    layout = {
        **_beside(column),
        "shapes": [
            {"type": "line", "x0": whole, "x1": whole, "y0": 0, "y1": 1, "yref": "paper", "line": line}
        ],
    }
    return {"data": [points], "layout": layout}


def _along(found: Mapping[str, Any]) -> Figure:
    """Draw both kinds of customers along a column of numbers."""
    edges = found["edges"]
    middles = [(low + high) / 2 for low, high in pairwise(edges)]
    width = edges[1] - edges[0]
    stayed = {
        "type": "bar",
        "name": "stayed",
        "x": middles,
        "y": _shares(found["stayed"]),
        "width": width,
        "customdata": found["stayed"],
        "hovertemplate": _("about %{x:,.4~g}: %{y:.1%} of those who stayed, %{customdata:,d}")
        + "<extra></extra>",
    }
    churned = {
        "mode": "lines",
        "name": "churned",
        "x": middles,
        "y": _shares(found["churned"]),
        "customdata": found["churned"],
        "line": {"color": _INK, "width": 1.6, "shape": "hvh"},
        "hovertemplate": _("about %{x:,.4~g}: %{y:.1%} of those who churned, %{customdata:,d}")
        + "<extra></extra>",
    }
    layout = {
        "bargap": 0,
        "xaxis": {"range": [edges[0], edges[-1]]},
        "yaxis": _SHARES,
        "margin": {"l": 44, "r": 14, "t": 8, "b": 34},
    }
    return {"data": [stayed, churned], "layout": layout}


def _beside(column: Mapping[str, Any]) -> dict[str, Any]:
    """Return the axes of a picture with a line for each value, the first on top."""
    rates = column["rates"]
    names = [html.escape(_short(said.value(each["value"], column["kind"]))) for each in rates]
    return {
        "xaxis": {**_SHARES, "showgrid": True},
        "yaxis": {
            "tickvals": list(range(len(rates))),
            "ticktext": names,
            "range": [len(rates) - 0.5, -0.5],
            "showgrid": False,
        },
        "margin": {"l": 44, "r": 14, "t": 8, "b": 34},
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _shares(counts: Sequence[int]) -> list[float]:
    whole = max(sum(counts), 1)
    return [round(count / whole, 4) for count in counts]
