"""Pictures of one customer: spend by month, gaps between orders, order values.

Dates and money are written by plotly.js, so that a figure carries numbers and costs the server no time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from layouts.customers.sign import Sign
from layouts.parts.charts import Figure
from services.core.language.messages import _

LABELLED = 8
NOTHING: Figure = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}
_DAY = "|%-d %b %Y}"


def months(spent: Sequence[tuple[str, float]], texts: Sequence[str], colour: str, sign: Sign) -> Figure:
    """Draw spend by month as bars.

    Parameters
    ----------
    spent : sequence of (str, float)
        ``2011-11`` and shop currency, oldest first, without holes.
    texts : sequence of str
        What stands on each bar, or an empty text.
    colour : str
        The segment's.
    sign : Sign
        The currency's.
    """
    bar = {
        "type": "bar",
        "x": [f"{month}-01" for month, _amount in spent],
        "y": [round(amount, 2) for _month, amount in spent],
        "text": list(texts),
        "textposition": "outside",
        "textangle": 0,
        "textfont": {"size": 11},
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {"color": colour},
        "hovertemplate": f"%{{x|%b %Y}}: {sign.beside('%{y:,.2f}')}<extra></extra>",
    }
    return {
        "data": [bar],
        "layout": {
            "xaxis": _by_month(len(spent)),
            "yaxis": {**sign.ticks, "tickformat": ",d", "nticks": 5, "rangemode": "tozero"},
            "margin": {"t": 22},
        },
    }


def _by_month(months: int) -> dict[str, Any]:
    """Return a time axis; of few months each is named once, where plotly.js would name their weeks."""
    axis = {"type": "date", "tickformat": "%b\n%Y", "tickangle": 0}
    return axis | {"dtick": "M1"} if months <= LABELLED else axis


def gaps(shown: Sequence[tuple[int, str]], cuts: Sequence[int]) -> Figure:
    """Draw each gap as a line that ends in its length, beside the days after which the segment changes.

    Parameters
    ----------
    shown : sequence of (int, str)
        Days, and the ISO day on which the gap ended; oldest first, drawn from top to bottom.
    cuts : sequence of int
        Days that may pass before the segment changes, the shortest first.
    """
    days = [length for length, _until in shown]
    places = list(range(len(days), 0, -1))
    sticks: list[float | None] = []
    rows: list[float | None] = []
    for length, place in zip(days, places, strict=True):
        sticks += [0, length, None]
        rows += [place, place, None]
    marks = {
        "type": "scatter", "mode": "markers+text", "x": days, "y": places,
        "customdata": [until for _length, until in shown],
        "texttemplate": _("{days}, to {day}", days="%{x}", day="%{customdata" + _DAY),
        "textposition": "middle right", "marker": {"size": 8, "opacity": 1, "color": "var(--sd-ink-2)"},
        "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip
    lines = {
        "type": "scatter", "mode": "lines", "x": sticks, "y": rows, "hoverinfo": "skip",
        "line": {"width": 1.4, "color": "var(--sd-bar)"},
    }  # fmt: skip
    reach = max(days) * 1.75 or 1
    drawn = [cut for cut in cuts if cut < reach]
    return {
        "data": [lines, marks],
        "layout": {
            "xaxis": {"range": [0, reach], "nticks": 4, "title": {"text": _("days")}},
            "yaxis": {"visible": False, "range": [0.3, len(days) + 0.7]},
            "shapes": [_dotted(cut) for cut in drawn],
            "annotations": [_named(cut, f"{cut}") for cut in drawn],
            "margin": {"l": 12, "t": 22},
        },
    }


def order_values(
    orders: Sequence[tuple[str, float]], typical: float, name: str, colour: str, sign: Sign
) -> Figure:
    """Draw each order's value as a dot on one line, with what the segment spends an order.

    Parameters
    ----------
    orders : sequence of (str, float)
        ISO day and shop currency.
    typical : float
        Of the segment.
    name : str
        Stands at that value.
    colour : str
    sign : Sign
    """
    dots = {
        "type": "scatter", "mode": "markers", "x": [round(amount, 2) for _day, amount in orders],
        "y": [0] * len(orders), "customdata": [day for day, _amount in orders],
        "hovertemplate": "%{customdata" + _DAY + f": {sign.beside('%{x:,.2f}')}<extra></extra>",
        "cliponaxis": False,
        "marker": {"size": 11, "opacity": 0.6, "color": colour},
    }  # fmt: skip
    longest = max(typical, *(amount for _day, amount in orders))
    end = 1.05 * longest or 1.0
    return {
        "data": [dots],
        "layout": {
            "xaxis": {**sign.ticks, "tickformat": ",d", "nticks": 5, "range": [-longest / 50, end]},
            "yaxis": {"visible": False, "range": [-1, 1]},
            "shapes": [_dotted(typical)],
            "annotations": [_named(typical, name, "left" if typical < longest / 2 else "right")],
            "margin": {"l": 16, "t": 22},
        },
    }  # fmt: skip


def value(spans: Sequence[tuple[str, float, float, float]], sign: Sign) -> Figure:
    """Draw what is expected as a bar from the low end to the high one, with a line at the average.

    Parameters
    ----------
    spans : sequence of (str, float, float, float)
        What of, then low, expected and high in shop currency; drawn from top to bottom.
    sign : Sign
        The currency's.
    """
    ends = {end: sign.beside(f"%{{customdata[{place}]:,.0f}}") for place, end in enumerate(("low", "high"))}
    span = _("{what}: {low} to {high}", what="%{y}", **ends)
    average = _("{what}: {money} on average", what="%{y}", money=sign.beside("%{x:,.0f}"))
    names = [name for name, *_money in spans]
    bars = {
        "type": "bar", "orientation": "h", "y": names,
        "base": [round(low, 2) for _name, low, _each, _high in spans],
        "x": [round(high - low, 2) for _name, low, _each, high in spans], "width": 0.3,
        "customdata": [[round(low, 2), round(high, 2)] for _name, low, _each, high in spans],
        "hovertemplate": f"{span}<extra></extra>",
        "marker": {"color": "var(--sd-bar)"},
    }  # fmt: skip
    marks = {
        "type": "scatter", "mode": "markers", "y": names,
        "x": [round(each, 2) for _name, _low, each, _high in spans],
        "hovertemplate": f"{average}<extra></extra>", "cliponaxis": False,
        "marker": {"symbol": "line-ns-open", "size": 22, "opacity": 1, "color": "var(--sd-ink)",
                   "line": {"width": 2}},
    }  # fmt: skip
    end = 1.05 * max(max(high, each) for _name, _low, each, high in spans) or 1.0
    return {
        "data": [bars, marks],
        "layout": {
            "xaxis": {**sign.ticks, "tickformat": ",d", "nticks": 5, "range": [0, end]},
            "yaxis": {"autorange": "reversed", "showgrid": False},
            "margin": {"l": 64, "t": 8},
        },
    }


def _dotted(value: float) -> dict[str, object]:
    return {
        "type": "line", "x0": value, "x1": value, "yref": "paper", "y0": 0, "y1": 1,
        "line": {"color": "var(--sd-muted)", "width": 1, "dash": "dot"},
    }  # fmt: skip


def _named(value: float, text: str, anchor: str = "center") -> dict[str, object]:
    return {
        "x": value, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": anchor, "showarrow": False,
        "text": text, "font": {"size": 11, "color": "var(--sd-muted)"},
    }  # fmt: skip
