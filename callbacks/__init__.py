"""Wiring: a module per tab, each with ``register(app, services)``; nothing is attached at import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import Dash

from callbacks import (
    audiences,
    baskets,
    clusters,
    customers,
    customers_contact,
    data,
    movement,
    playbooks,
    predict,
    presets,
    segments,
    shell,
)

if TYPE_CHECKING:
    from services.serving import Services


def register(app: Dash, services: Services) -> None:
    """Attach every callback to ``app``."""
    for module in (
        shell,
        segments,
        customers,
        customers_contact,
        predict,
        baskets,
        clusters,
        playbooks,
        movement,
        presets,
        audiences,
        data,
    ):
        module.register(app, services)
