"""Wiring: a module per tab, each with ``register(app, services)``; nothing is attached at import."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from dash import Dash

from services.site.tabs import TABS

if TYPE_CHECKING:
    from services.desk import Services


def register(app: Dash, services: Services) -> None:
    """Attach every callback to ``app``: the shell's, and those of each tab."""
    for folder in ("shell", *(tab.key for tab in TABS)):
        import_module(f"callbacks.{folder}.wiring").register(app, services)
