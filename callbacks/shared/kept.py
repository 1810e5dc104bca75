"""Outputs that stay as they are."""

from __future__ import annotations

from typing import Any

from dash import no_update


def kept(outputs: dict[str, Any]) -> dict[str, Any]:
    """Return the answer that changes none of some outputs, which dicts may hold in dicts."""
    return {name: kept(output) if isinstance(output, dict) else no_update for name, output in outputs.items()}
