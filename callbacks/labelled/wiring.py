"""Callbacks of the page on churn learned from a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output
from dash.exceptions import PreventUpdate

from callbacks.labelled.view import show, show_column
from layouts.ids import Labelled, Shell

if TYPE_CHECKING:
    from services.desk import Services

PAGE = {
    "missing": Output(Labelled.MISSING, "children"),
    "hidden": Output(Labelled.BODY, "hidden"),
    "sub": Output(Labelled.SUB, "children"),
    "form": Output(Labelled.FORM, "children"),
    "models": Output(Labelled.MODELS, "children"),
    "insight": Output(Labelled.INSIGHT, "children"),
    "hint": Output(Labelled.ROWS_HINT, "children"),
    "options": Output(Labelled.COLUMN, "options"),
    "column": Output(Labelled.COLUMN, "value"),
}
COLUMN = {
    "finding": Output(Labelled.COLUMN_FINDING, "children"),
    "spread": Output(Labelled.SPREAD, "figure"),
    "rates": Output(Labelled.RATES, "figure"),
    "spread_style": Output(Labelled.SPREAD, "style"),
    "rates_style": Output(Labelled.RATES, "style"),
    "table": Output(Labelled.COLUMN_TABLE, "children"),
    "note": Output(Labelled.COLUMN_NOTE, "children"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""

    @app.callback(output=PAGE, inputs={"search": Input(Shell.ADDRESS, "search")})
    def on_address(search: str | None) -> dict[str, Any]:
        return show(services.settings.models_dir, search)

    @app.callback(output=COLUMN, inputs={"name": Input(Labelled.COLUMN, "value")}, prevent_initial_call=True)
    def on_column(name: str | None) -> dict[str, Any]:
        shown = show_column(services.settings.models_dir, name)
        if shown is None:
            raise PreventUpdate
        return shown
