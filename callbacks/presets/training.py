"""The callback that asks for a training with the preset that is open, as it was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update

from callbacks.shared.trainings import train_again
from layouts.ids import Presets
from services.core.language.messages import _
from services.serving.presets.opening import base_of
from services.web.access.asking import Asking, asking

if TYPE_CHECKING:
    from services.core.presets import Preset
    from services.desk import Services

Shown = dict[str, Any]


def register_training(app: Dash, services: Services) -> None:
    """Attach the callback of the button to ``app``."""

    @app.callback(
        Output(Presets.TRAINED, "children"),
        Input(Presets.TRAIN, "n_clicks"),
        State(Presets.CHOICE, "value"),
        State(Presets.BASE, "data"),
        running=[(Output(Presets.TRAIN, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    def on_train(clicks: int | None, chosen: str | None, base: Shown | None) -> Any:
        return train(services, chosen, base, asking()) if clicks else no_update


def train(services: Services, chosen: str | None, base: Shown | None, who: Asking) -> Any:
    """Ask for a training with a preset, or say why none can be.

    Parameters
    ----------
    services : Services
    chosen : str or None
        Id of the preset that is open.
    base : dict or None
        ``preset`` and ``version`` that its fields began with.
    who : Asking
    """
    version = base["version"] if base and base["preset"] == chosen else None
    return train_again(
        services, who, _said, lambda active: base_of(services.presets, active, chosen or "", version)
    )


def _said(preset: Preset) -> str:
    if preset.version:
        return _(
            "with the preset “{preset}”, version {version}, as it was saved",
            preset=preset.name,
            version=preset.version,
        )
    return _("with the preset “{preset}”", preset=preset.name)
