"""What all figures share. Figures are plain dicts: ``go.Figure`` costs 2 ms and checks what a test checks.

The template is not part of a figure: the browser adds it, and resolves its colour names for the theme
shown (``assets/charts.js``). A figure is therefore small and the same for every reader.
"""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from dash import dcc, html
from numpy.typing import ArrayLike

from layouts.palette import CLUSTERS, DIVERGING, SEQUENTIAL
from layouts.parts.attributes import attributes

Figure = dict[str, Any]

FONT = '"Inter Variable", Inter, system-ui, "Segoe UI", Roboto, sans-serif'
GRAPH_CONFIG: Any = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": "reset",
}
# What plotly.js reads.
_CODES = {np.dtype(f"<{code}"): code for code in ("f8", "f4", "i4", "i2", "i1", "u4", "u2", "u1")}


def template() -> dict[str, Any]:
    """Return the look of every figure, with colours by name."""
    axis = {
        "gridcolor": "var(--sd-grid)",
        "gridwidth": 1,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": True,
        "tickfont": {"size": 11, "color": "var(--sd-muted)"},
        "title": {"font": {"size": 11, "color": "var(--sd-muted)"}, "standoff": 8},
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": 12, "color": "var(--sd-ink)"},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 44, "r": 12, "t": 8, "b": 34, "pad": 2},
            "showlegend": False,
            "colorway": [f"var(--cluster-{number})" for number in range(1, CLUSTERS + 1)],
            "xaxis": {**axis, "showgrid": False},
            "yaxis": axis,
            "bargap": 0.28,
            "barcornerradius": 2,
            "colorscale": {"sequential": _scale(SEQUENTIAL), "diverging": _scale(DIVERGING)},
            "hoverlabel": {
                "bgcolor": "var(--sd-raised)",
                "bordercolor": "var(--sd-line-strong)",
                "align": "left",
                "font": {"family": FONT, "size": 12, "color": "var(--sd-ink)"},
            },
            "hovermode": "closest",
            "dragmode": False,
            "transition": {"duration": 0},
            "uirevision": "keep",
            "annotationdefaults": {"showarrow": False, "font": {"size": 11, "color": "var(--sd-ink)"}},
        },
        "data": {
            "bar": [{"marker": {"color": "var(--sd-bar)", "line": {"width": 0}}}],
            "scatter": [
                {"marker": {"size": 6, "opacity": 0.62, "line": {"width": 0}}, "line": {"width": 1.6}}
            ],
            "heatmap": [{"xgap": 2, "ygap": 2, "showscale": False}],
            "treemap": [
                {
                    "marker": {"line": {"width": 2, "color": "var(--sd-surface)"}},
                    "tiling": {"pad": 0},
                    "textfont": {"color": "var(--sd-ink)"},
                }
            ],
        },
    }


def graph(graph_id: str, label: str, height: int = 300, figure: Figure | None = None) -> html.Div:
    """Place a chart, with its name for those who do not see it; the card's table holds its numbers.

    Parameters
    ----------
    graph_id : str
        The ``dcc.Graph``'s id; its ``figure`` is what callbacks fill.
    label : str
        What is drawn, such as "Recency against number of orders".
    height : int
        Pixels, the same before and after it is drawn.
    figure : dict, optional
        Shown until a callback brings one.
    """
    return html.Div(
        dcc.Graph(
            id=graph_id,
            figure=figure
            or {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}},
            config=GRAPH_CONFIG,
            style={"height": f"{height}px"},
        ),
        className="sd-plot",
        role="img",
        **attributes(aria_label=label),
    )


def up_title(text: str, left: int, above: int = 8) -> dict[str, Any]:
    """Name the vertical axis above it, where no word is turned; the picture's margin has room for it.

    Parameters
    ----------
    text : str
    left : int
        Pixels of the margin beside the axis.
    above : int
        Pixels from the axis to the name.
    """
    return {
        "text": text,
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": 4 - left,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "yshift": above,
        "font": {"size": 11, "color": "var(--sd-muted)"},
    }


def packed(values: ArrayLike) -> dict[str, str]:
    """Pack an array as plotly.js takes it without parsing: base64 of its bytes.

    Parameters
    ----------
    values : array_like of numbers, any shape
        Two dimensions (a heat map's z) keep their shape. Whole numbers take 32 bits when they fit.

    Returns
    -------
    dict
        ``dtype`` and ``bdata``, and ``shape`` for two dimensions.

    Raises
    ------
    TypeError
        If the values are not numbers.
    """
    array = np.asarray(values)
    if array.dtype.kind in "iu" and array.dtype.itemsize == 8:
        fits = array.size == 0 or (array.min() >= -(2**31) and array.max() < 2**31)
        array = array.astype("i4" if fits else "f8")
    little = array.dtype.newbyteorder("<")
    if little not in _CODES:
        raise TypeError(f"plotly.js knows no numbers of type {array.dtype}.")
    bytes_ = array.astype(little, copy=False).tobytes()
    sent = {"dtype": _CODES[little], "bdata": base64.b64encode(bytes_).decode("ascii")}
    if array.ndim == 2:
        sent["shape"] = f"{array.shape[0]}, {array.shape[1]}"
    return sent


def _scale(colours: list[str]) -> list[list[float | str]]:
    return [[place / (len(colours) - 1), colour] for place, colour in enumerate(colours)]
