"""The card that takes a file of many rows; ``assets/predict/rows.js`` sends it and shows what came of it."""

from __future__ import annotations

from dash import html

from layouts.ids import Predict
from layouts.parts import button, card
from layouts.parts.attributes import attributes


def rows_card() -> html.Section:
    """Return the card as first shown. A file input of Dash's own has no label for those who listen."""
    drop = html.Div(
        [
            html.P([html.B("Drop a CSV here"), ", or"]),
            button("Choose a file", Predict.ROWS_CHOOSE),
            html.P(id=Predict.ROWS_HINT, className="sd-muted"),
        ],
        id=Predict.ROWS_DROP,
        className="sd-rows-drop",
    )
    return card(
        "Many rows at once",
        "A file with three columns comes back with segment, cluster and margin.",
        [drop, html.Div(id=Predict.ROWS, className="sd-rows-answer", **attributes(aria_live="polite"))],
        note="Rows that fail come back with the reason in the last column. Nothing is stored.",
        width=5,
    )
