"""The card that takes a file of many rows; ``assets/predict/rows.js`` sends it and shows what came of it."""

from __future__ import annotations

from dash import html

from layouts.ids import Predict
from layouts.parts import card
from layouts.parts.attributes import attributes
from layouts.parts.sent_files import drop


def rows_card() -> html.Section:
    """Return the card as first shown."""
    place = drop(
        "Drop a CSV here",
        "Choose a file",
        zone=Predict.ROWS_DROP,
        chooser=Predict.ROWS_CHOOSE,
        hint=Predict.ROWS_HINT,
    )
    return card(
        "Many rows at once",
        "A file with three columns comes back with segment, cluster and margin.",
        [place, html.Div(id=Predict.ROWS, className="sd-rows-answer", **attributes(aria_live="polite"))],
        note="Rows that fail come back with the reason in the last column. Nothing is stored.",
        width=5,
    )
