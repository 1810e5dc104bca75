"""A light: whether something is well, with the word that says it."""

from __future__ import annotations

from typing import Literal

from dash import html

from layouts.parts.badges import icon

Light = Literal["ok", "warn", "bad"]
_ICONS = {"ok": "done", "warn": "warning", "bad": "refused"}


def light(colour: Light, word: str) -> html.Span:
    """Show a light: a sign of its own shape in its colour, and the word, which alone says enough."""
    return html.Span([icon(_ICONS[colour]), html.Span(word)], className=f"sd-light sd-light-{colour}")
