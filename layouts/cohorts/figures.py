"""The curve of revenue."""

from __future__ import annotations

from collections.abc import Sequence

from layouts.parts.charts import Figure, packed


def curve(shares: Sequence[float], half: float) -> Figure:
    """Draw the part of the revenue by the part of the customers, largest first.

    Parameters
    ----------
    shares : sequence of float, length 101
        Of revenue, 0–1, by hundredths of the customers.
    half : float
        The part of the customers who bring half, 0–1.
    """
    percent = [100 * share for share in shares]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "x": [0, 100],
                "y": [0, 100],
                "hoverinfo": "skip",
                "line": {"color": "var(--sd-line-strong)", "width": 1, "dash": "dot"},
            },
            {
                "type": "scatter",
                "mode": "lines",
                "x": packed(list(range(len(percent)))),
                "y": packed(percent),
                "line": {"color": "var(--sd-ink-2)", "width": 1.6},
                "hovertemplate": "%{x} % of customers bring %{y:.0f} %<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [100 * half],
                "y": [50],
                "hoverinfo": "skip",
                "marker": {"color": "var(--sd-ink)", "size": 8, "opacity": 1},
            },
        ],
        "layout": {
            "margin": {"t": 24, "r": 28},
            "xaxis": {
                "range": [-1, 101],
                **_ticks(0, 20, 40, 60, 80, 100),
                "title": {"text": "customers, largest first"},
            },
            "yaxis": {"range": [0, 102], **_ticks(0, 25, 50, 75, 100)},
            "annotations": [
                {
                    "text": "share of revenue",
                    "x": 0,
                    "y": 1.02,
                    "xref": "paper",
                    "yref": "paper",
                    "xanchor": "left",
                    "yanchor": "bottom",
                    "font": {"size": 11, "color": "var(--sd-muted)"},
                },
                {"text": "half", "x": 100 * half, "y": 50, "xanchor": "left", "xshift": 8, "yshift": -2},
            ],
        },
    }


def _ticks(*values: int) -> Figure:
    return {"tickvals": list(values), "ticktext": [f"{value}\u00a0%" for value in values]}
