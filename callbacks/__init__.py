"""Wiring: a module per tab, each with ``register(app, services)``; nothing is attached at import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import Dash

from callbacks.audiences import wiring as audiences_wiring
from callbacks.baskets import wiring as baskets_wiring
from callbacks.clusters import wiring as clusters_wiring
from callbacks.customers import contact as contact_wiring
from callbacks.customers import wiring as customers_wiring
from callbacks.data import wiring as data_wiring
from callbacks.movement import wiring as movement_wiring
from callbacks.playbooks import wiring as playbooks_wiring
from callbacks.predict import wiring as predict_wiring
from callbacks.presets import wiring as presets_wiring
from callbacks.segments import wiring as segments_wiring
from callbacks.shell import wiring as shell_wiring

if TYPE_CHECKING:
    from services.desk import Services


def register(app: Dash, services: Services) -> None:
    """Attach every callback to ``app``."""
    for module in (
        shell_wiring,
        segments_wiring,
        customers_wiring,
        contact_wiring,
        predict_wiring,
        baskets_wiring,
        clusters_wiring,
        playbooks_wiring,
        movement_wiring,
        presets_wiring,
        audiences_wiring,
        data_wiring,
    ):
        module.register(app, services)
