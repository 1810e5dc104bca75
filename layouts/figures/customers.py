"""Pictures of one customer: spend by month, gaps between orders, order values."""

from __future__ import annotations

from collections.abc import Sequence

from layouts.figures.theme import Figure

_LABELLED = 8


def months(
    names: Sequence[str], spent: Sequence[float], texts: Sequence[str], colour: str, sign: str
) -> Figure:
    """Draw spend by month as bars; the sums stand on top while the bars are few.

    Parameters
    ----------
    names : sequence of str
        Months, oldest first.
    spent : sequence of float
        Shop currency.
    texts : sequence of str
        The same, written.
    colour : str
        The segment's.
    sign : str
        The currency's, for the axis.
    """
    labelled = sum(value > 0 for value in spent) <= _LABELLED
    bar = {
        "type": "bar",
        "x": list(names),
        "y": [round(value, 2) for value in spent],
        "customdata": list(texts),
        "text": [text if value else "" for text, value in zip(texts, spent, strict=True)]
        if labelled
        else None,
        "textposition": "outside",
        "textangle": 0,
        "textfont": {"size": 11},
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {"color": colour},
        "hovertemplate": "%{x}: %{customdata}<extra></extra>",
    }
    return {
        "data": [bar],
        "layout": {
            "xaxis": {"type": "category", "nticks": 14, "tickangle": 0},
            "yaxis": {"tickprefix": sign, "tickformat": ",d", "nticks": 5, "rangemode": "tozero"},
            "margin": {"t": 22},
        },
    }


def gaps(days: Sequence[int], labels: Sequence[str], cut: float | None, usual: float) -> Figure:
    """Draw each gap as a line that ends in its length, beside the cut-off and the usual gap.

    Parameters
    ----------
    days : sequence of int
        Oldest first; drawn from top to bottom.
    labels : sequence of str
        Such as "50, to 26 Jan".
    cut : float or None
        Recency, in days, at which the score falls.
    usual : float
        The median gap.
    """
    places = list(range(len(days), 0, -1))
    sticks: list[float | None] = []
    rows: list[float | None] = []
    for value, place in zip(days, places, strict=True):
        sticks += [0, value, None]
        rows += [place, place, None]
    marks = {
        "type": "scatter", "mode": "markers+text", "x": list(days), "y": places, "text": list(labels),
        "textposition": "middle right", "marker": {"size": 8, "opacity": 1, "color": "var(--sd-ink-2)"},
        "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip
    lines = {
        "type": "scatter", "mode": "lines", "x": sticks, "y": rows, "hoverinfo": "skip",
        "line": {"width": 1.4, "color": "var(--sd-bar)"},
    }  # fmt: skip
    marked = sorted({round(value, 1) for value in (cut, usual) if value is not None})
    return {
        "data": [lines, marks],
        "layout": {
            "xaxis": {"range": [0, max([*days, *marked]) * 1.35], "nticks": 5, "ticksuffix": " d"},
            "yaxis": {"visible": False, "range": [0.3, len(days) + 0.7]},
            "shapes": [_dotted(value) for value in marked],
        },
    }


def order_values(
    amounts: Sequence[float], texts: Sequence[str], median: float, colour: str, sign: str
) -> Figure:
    """Draw each order's value as a dot on one line, with the median order of the segment.

    Parameters
    ----------
    amounts : sequence of float
    texts : sequence of str
        What stands when a dot is pointed at.
    median : float
        Of the segment.
    colour, sign : str
    """
    dots = {
        "type": "scatter", "mode": "markers", "x": [round(amount, 2) for amount in amounts],
        "y": [0] * len(amounts),
        "text": list(texts), "hovertemplate": "%{text}<extra></extra>", "cliponaxis": False,
        "marker": {"size": 11, "opacity": 0.6, "color": colour},
    }  # fmt: skip
    return {
        "data": [dots],
        "layout": {
            "xaxis": {"tickprefix": sign, "tickformat": ",d", "nticks": 6, "rangemode": "tozero"},
            "yaxis": {"visible": False, "range": [-1, 1]},
            "shapes": [_dotted(median)],
            "margin": {"l": 16},
        },
    }


def _dotted(value: float) -> dict[str, object]:
    return {
        "type": "line", "x0": value, "x1": value, "yref": "paper", "y0": 0, "y1": 1,
        "line": {"color": "var(--sd-muted)", "width": 1, "dash": "dot"},
    }  # fmt: skip
