"""The command ``python -m services check-config``."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import click

from services.cli.base import end, json_option, show
from services.core.refusals import Refusal
from services.site.settings import READERS, Settings


@click.command("check-config")
@json_option
def check_config_command(as_json: bool) -> None:
    """Print the settings as the site reads them, secrets never; or every mistake, a line each."""
    settings, mistakes = Settings.read()
    if mistakes:
        lines = "\n".join(map(str, mistakes))
        end(Refusal(lines, mistakes[0].field), click.get_current_context())
    shown = {name: _shown(settings, name) for name in READERS}
    show(shown, as_json, lambda: "\n".join(f"{name:<16} {value}" for name, value in shown.items()))


def _shown(settings: Settings, name: str) -> Any:
    field = next(field for field in fields(Settings) if field.name == name.lower())
    value = getattr(settings, field.name)
    if value is None:
        return "not set"
    if not field.repr:
        return "set, not shown"
    if isinstance(value, tuple):
        return ", ".join(value) or "any"
    return int(value) if isinstance(value, int) else str(value) or "none"
