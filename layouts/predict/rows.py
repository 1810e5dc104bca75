"""The card that takes a file of many rows; ``assets/predict/rows.js`` sends it and shows what came of it."""

from __future__ import annotations

from dash import html

from layouts.ids import Predict
from layouts.parts import card
from layouts.parts.attributes import attributes
from layouts.parts.sent_files import drop
from services.core.language.messages import _


def rows_card() -> html.Section:
    """Return the card as first shown."""
    place = drop(
        _("Drop a CSV here"),
        _("Choose a file"),
        zone=Predict.ROWS_DROP,
        chooser=Predict.ROWS_CHOOSE,
        hint=Predict.ROWS_HINT,
    )
    return card(
        _("Many rows at once"),
        _("A file with three columns comes back with segment, cluster and margin."),
        [place, html.Div(id=Predict.ROWS, className="sd-rows-answer", **attributes(aria_live="polite"))],
        note=_("Rows that fail come back with the reason in the last column. Nothing is stored."),
        width=5,
    )
