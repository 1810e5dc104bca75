"""The command about presets, and which preset a name on the command line means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from services.cli.base import json_option, show
from services.cli.state import opened_state
from services.core import presets
from services.core.presets import Preset
from services.site.settings import Settings
from services.site.versions.preset_store import PresetVersions
from services.site.versions.presets import SavedPresets

if TYPE_CHECKING:
    from services.site.versions.presets import Saved


@click.command("presets")
@json_option
def presets_command(as_json: bool) -> None:
    """List the presets, which are ways of segmenting: those built in and those saved on the site."""
    with opened_state() as state:
        library = SavedPresets(PresetVersions(state))
        found = [_listed(preset) for preset in library.shipped.values()]
        found += [_listed(saved.preset, saved) for saved in library.latest()]
    show(found, as_json, lambda: "\n".join(map(_line, found)))


def find_preset(name: str, settings: Callable[[], Settings] = Settings.from_environment) -> Preset:
    """Return the preset of a name: shipped, a TOML file, or saved on the site (``our-shop``, ``our-shop@2``).

    Parameters
    ----------
    name : str
    settings : callable
        Asked only where the name is neither shipped nor a file.

    Raises
    ------
    NotFound
        If there is none.
    Refusal
        If it, or the site's state, cannot be read.
    """
    if name in presets.shipped() or Path(name).suffix == ".toml":
        return presets.load(name)
    with opened_state(settings()) as state:
        return SavedPresets(PresetVersions(state)).find(name)


def _listed(preset: Preset, saved: Saved | None = None) -> dict[str, Any]:
    return {
        "id": preset.id,
        "name": preset.name,
        "summary": preset.summary,
        "source": preset.source,
        "version": preset.version,
        "author": saved.author if saved else None,
        "saved_at": saved.saved_at.isoformat() if saved else None,
    }


def _line(preset: dict[str, Any]) -> str:
    line = f"{preset['id']:<14} {preset['summary']}"
    return f"{line} Version {preset['version']}, by {preset['author']}." if preset["author"] else line
