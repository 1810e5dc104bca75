"""Callbacks of the tab Help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output

from callbacks.help.view import shown
from callbacks.shared.remembered import remembered
from layouts.help.words import FACTS
from layouts.ids import Help, Shell

if TYPE_CHECKING:
    from services.desk import Services


def register(app: Dash, services: Services) -> None:
    """Attach the tab's callbacks to ``app``."""

    @app.callback(
        output={
            "method": Output(Help.METHOD, "children"),
            "facts": {word: Output(Help.fact(word), "children") for word in FACTS},
        },
        inputs={"release_id": Input(Shell.RELEASE, "data")},
    )
    def on_open(release_id: str | None) -> dict[str, Any]:
        release = services.releases.at(release_id)
        zone = services.settings.time_zone
        return remembered(services, ("help", release.id, zone), lambda: shown(release, zone))
