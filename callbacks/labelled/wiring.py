"""Callbacks of the page on churn learned from a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output

from callbacks.labelled.view import show
from layouts.ids import Labelled, Shell

if TYPE_CHECKING:
    from services.desk import Services


def register(app: Dash, services: Services) -> None:
    """Attach the page's callback to ``app``."""

    @app.callback(
        output={"page": Output(Labelled.PAGE, "children"), "sub": Output(Labelled.SUB, "children")},
        inputs={"search": Input(Shell.ADDRESS, "search")},
    )
    def on_address(search: str | None) -> dict[str, Any]:
        return show(services.settings.models_dir, search)
