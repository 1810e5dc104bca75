"""Callbacks of the page on how the site is doing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output

from callbacks.status.view import show
from layouts.ids import Shell, Status
from services.web.access.asking import asking

if TYPE_CHECKING:
    from services.desk import Services


def register(app: Dash, services: Services) -> None:
    """Attach the page's callback to ``app``."""

    @app.callback(
        output={"page": Output(Status.PAGE, "children"), "sub": Output(Status.SUB, "children")},
        inputs={"_release": Input(Shell.RELEASE, "data")},
    )
    def on_open(_release: str | None) -> dict[str, Any]:
        return show(services, asking(), datetime.now(UTC))
