"""Figures of the tab Data: sales by month, order times, returns, evidence for the number of clusters."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from layouts import words
from layouts.data.words import order_count
from layouts.palette import SEQUENTIAL
from layouts.parts.charts import Figure, packed
from services.core.language.messages import _, plural

_LABELS = 7
_PARTIAL = 0.5


def sales(
    months: Sequence[str], revenue: Sequence[float], orders: Sequence[int], whole: Sequence[bool]
) -> Figure:
    """Draw revenue and, below on an axis of its own, orders.

    Parameters
    ----------
    months : sequence of str
        ``2011-11``, oldest first, without gaps.
    revenue, orders : sequences of numbers, as long
    whole : sequence of bool
        Months that the data covers in part are drawn faint.
    """
    sums = [words.money_sum(value) for value in revenue]
    counts = [order_count(value) for value in orders]
    return {
        "data": [
            _bars(months, revenue, sums, whole),
            {**_bars(months, orders, counts, whole), "yaxis": "y2"},
        ],
        "layout": {
            "margin": {"l": 52, "r": 8, "t": 22, "b": 40},
            "xaxis": _month_axis(months) | {"anchor": "y2"},
            "yaxis": _axis(revenue, words.money_short) | {"domain": [0.46, 1]},
            "yaxis2": _axis(orders, words.number, 2) | {"domain": [0, 0.36]},
            "annotations": [_panel(_("Revenue"), 1.0), _panel(_("Orders"), 0.36)],
        },
    }


def returns(months: Sequence[str], amounts: Sequence[float], whole: Sequence[bool]) -> Figure:
    """Draw what came back in each month, in money; parameters as for :func:`sales`."""
    sums = [words.money_sum(value) for value in amounts]
    return {
        "data": [_bars(months, amounts, sums, whole)],
        "layout": {
            "margin": {"l": 52, "r": 8, "t": 8, "b": 40},
            "xaxis": _month_axis(months),
            "yaxis": _axis(amounts, words.money_short),
        },
    }


def hours(counts: Sequence[Sequence[int]], days: Sequence[str], short: Sequence[str], first: int) -> Figure:
    """Draw orders by weekday and hour, darker for more; without an order a field stays empty.

    Parameters
    ----------
    counts : nested sequence of int, shape (7, n)
        Monday first.
    days, short : sequence of str, length 7
        In full and in three letters.
    first : int
        The hour of the first column.
    """
    values = np.asarray(counts, dtype="f4")
    steps = len(SEQUENTIAL) - 1
    columns = list(range(first, first + values.shape[1]))
    said = [
        [
            _(
                "{day}, {start}:00 to {end}:00: {orders}",
                day=day,
                start=hour,
                end=hour + 1,
                orders=order_count(count),
            )
            for hour, count in zip(columns, row, strict=True)
        ]
        for day, row in zip(days, counts, strict=True)
    ]
    ticks = columns[:: math.ceil(len(columns) / 8)]
    return {
        "data": [
            {
                "type": "heatmap",
                "x": columns,
                "y": list(short),
                "z": packed(np.where(values > 0, values, np.nan)),
                "text": said,
                "hoverinfo": "text",
                "hoverongaps": False,
                "zmin": 0,
                "colorscale": [[place / steps, colour] for place, colour in enumerate(SEQUENTIAL)],
            }
        ],
        "layout": {
            "margin": {"l": 40, "r": 8, "t": 4, "b": 40},
            "xaxis": {"tickvals": ticks, "ticktext": [f"{hour}:00" for hour in ticks], "tickangle": 0},
            "yaxis": {"autorange": "reversed", "showgrid": False},
        },
    }


def evidence(
    tried: Sequence[int], inertia: Sequence[float], stability: Sequence[float], chosen: int
) -> Figure:
    """Draw inertia and, below, stability against the number of clusters; the chosen number stands out.

    Parameters
    ----------
    tried : sequence of int
    inertia, stability : sequences of float, as long
        Stability: mean adjusted Rand index, at most 1.
    chosen : int
    """
    low = min(0.0, *stability)
    return {
        "data": [
            _curve(tried, inertia, [words.number(value) for value in inertia], chosen),
            {
                **_curve(tried, stability, [words.number(value, 2) for value in stability], chosen),
                "yaxis": "y2",
            },
        ],
        "layout": {
            "margin": {"l": 52, "r": 12, "t": 22, "b": 40},
            "xaxis": {"tickvals": list(tried), "title": {"text": _("clusters")}, "anchor": "y2"},
            "yaxis": _axis(inertia, words.number) | {"domain": [0.56, 1]},
            "yaxis2": {
                "domain": [0, 0.42],
                "range": [low, 1.08],
                "tickvals": [0, 0.5, 1],
                "ticktext": [words.number(value, 1) for value in (0, 0.5, 1)],
            },
            "annotations": [_panel(_("Inertia"), 1.0), _panel(_("Agreement when resampled"), 0.42)],
        },
    }


def _bars(
    months: Sequence[str], values: Sequence[float], said: Sequence[str], whole: Sequence[bool]
) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": list(range(len(months))),
        "y": packed(np.asarray(values, dtype="f8")),
        "hovertext": [
            f"{words.month(f'{month}-01')}: {text}" for month, text in zip(months, said, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {"opacity": [1 if complete else _PARTIAL for complete in whole]},
    }


def _curve(tried: Sequence[int], values: Sequence[float], said: Sequence[str], chosen: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(tried),
        "y": packed(np.asarray(values, dtype="f8")),
        "hovertext": [
            plural("{n} cluster: {value}", "{n} clusters: {value}", k, n=words.number(k), value=text)
            for k, text in zip(tried, said, strict=True)
        ],
        "hoverinfo": "text",
        "line": {"color": "var(--sd-bar)"},
        "marker": {
            "size": [11 if k == chosen else 6 for k in tried],
            "opacity": 1,
            "color": ["var(--sd-ink)" if k == chosen else "var(--sd-bar)" for k in tried],
        },
    }


def _month_axis(months: Sequence[str]) -> dict[str, Any]:
    """Name at most seven months, the year on a line of its own, the last month always."""
    step = math.ceil(len(months) / _LABELS)
    places = list(range(len(months) - 1, -1, -step))[::-1]
    names = [words.month(f"{months[place]}-01").rpartition(" ") for place in places]
    return {
        "tickvals": places,
        "ticktext": [f"{month}<br>{year}" for month, _space, year in names],
        "tickangle": 0,
        "range": [-0.6, len(months) - 0.4],
    }


def _axis(values: Sequence[float], write: Callable[[float], str], steps: int = 4) -> dict[str, Any]:
    """Return a value axis from 0 with round ticks."""
    highest = max([*values, 0]) or 1
    rough = highest / steps
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * nice for nice in (1, 2, 2.5, 5, 10) if size * nice >= rough * 0.999)
    ticks = [step * place for place in range(math.ceil(highest / step * 0.999) + 1)]
    return {
        "tickvals": ticks,
        "ticktext": [write(tick) for tick in ticks],
        "range": [0, max(highest, ticks[-1])],
    }


def _panel(name: str, top: float) -> dict[str, Any]:
    """Name a panel at its upper left corner."""
    return {
        "text": name,
        "x": 0,
        "y": top,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 11, "color": "var(--sd-muted)"},
    }
