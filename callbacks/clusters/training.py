"""The callback that asks for a training with the number of clusters that is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, State, no_update

from callbacks.shared.trainings import train_again
from layouts.ids import Clusters
from layouts.parts import refusal
from layouts.plain import plain
from services.core.language.messages import _, plural
from services.web.access.asking import Asking, asking

if TYPE_CHECKING:
    from services.desk import Services

LEAST, MOST = 2, 20
"""As ``train --k`` takes them."""


def register_training(app: Dash, services: Services) -> None:
    """Attach the callback of the button to ``app``."""

    @app.callback(
        Output(Clusters.TRAINED, "children"),
        Input(Clusters.TRAIN, "n_clicks"),
        State(Clusters.K, "value"),
        running=[(Output(Clusters.TRAIN, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    def on_train(clicks: int | None, chosen: str | None) -> Any:
        return train(services, chosen, asking()) if clicks else no_update


def train(services: Services, chosen: str | None, who: Asking) -> Any:
    """Ask for a training with ``chosen`` clusters, or say why none can be."""
    k = int(chosen) if chosen and chosen.isascii() and chosen.isdecimal() and len(chosen) < 4 else 0
    if not LEAST <= k <= MOST:
        return plain(refusal(_("Choose from {least} to {most} clusters.", least=LEAST, most=MOST)))
    return train_again(
        services,
        who,
        lambda _preset: plural("with {n} cluster", "with {n} clusters", k),
        lambda active: active.preset,
        k,
    )
