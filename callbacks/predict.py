"""Callbacks of the tab Predict."""

from __future__ import annotations

from typing import Any

from dash import Dash


def register(app: Dash, services: Any) -> None:
    """Attach the tab's callbacks to ``app``."""
