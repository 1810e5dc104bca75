"""Callbacks of the page of two releases: from the address to both side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import Dash, Input, Output, State, no_update

from callbacks.releases.publishing import register_publishing
from callbacks.releases.view import show
from callbacks.shared.steps import pressed_in, register_steps
from layouts.ids import Compare, Shell
from services.web.access.asking import asking

if TYPE_CHECKING:
    from services.desk import Services

Shown = dict[str, Any]
PAGE = {
    "sub": Output(Compare.SUB, "children"),
    "options": Output(Compare.CHOICE, "options"),
    "chosen": Output(Compare.CHOICE, "value"),
    "bar_hidden": Output(Compare.CHOICE_BAR, "hidden"),
    "page": Output(Compare.PAGE, "children"),
    "publish": Output(Compare.PUBLISH, "children"),
    "publish_hidden": Output(Compare.PUBLISH_BAR, "hidden"),
}


def register(app: Dash, services: Services) -> None:
    """Attach the page's callbacks to ``app``."""
    register_publishing(app, services)
    register_steps(app, Compare.STEP, [Input(Compare.CHOICE, "value")])

    @app.callback(
        output=PAGE | {"address": Output(Shell.ADDRESS, "search", allow_duplicate=True)},
        inputs={
            "step": Input(Compare.STEP, "data"),
            "_published": Input(Compare.REVISION, "data"),
            "chosen": State(Compare.CHOICE, "value"),
            "search": State(Shell.ADDRESS, "search"),
        },
        prevent_initial_call=True,
    )
    def on_step(step: Shown | None, _published: str | None, chosen: str | None, search: str | None) -> Shown:
        to: Any = f"?{urlencode({'with': chosen})}" if pressed_in(step) and chosen else no_update
        return show(services, search if to is no_update else to, asking()) | {"address": to}
