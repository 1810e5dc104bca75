"""A training on the ledger is asked for after a source has changed it, as the card on Data would ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from services.core import presets
from services.core.presets import Preset
from services.core.refusals import Refusal, ReleaseUnusable
from services.releases import read_current
from services.releases.folders import releases_root
from services.releases.manifest import read_manifest
from services.site.jobs.asking import asked_for, carried
from services.site.jobs.queue import Jobs
from services.site.ledger import Ledger
from services.site.settings import Settings
from services.site.sources import Sources
from services.site.state import State, StateUnusable
from services.site.versions.preset_store import PresetVersions
from services.site.versions.presets import SavedPresets

WHO = "source"
"""Who asks, in the list of jobs and in the log."""


def preset_of(settings: Settings, state: State) -> Preset:
    """Return the preset that is trained with after a source has changed.

    Raises
    ------
    Refusal
        If there is none of that name.
    """
    if settings.preset in presets.shipped() or Path(settings.preset).suffix == ".toml":
        return presets.load(settings.preset)
    return SavedPresets(PresetVersions(state)).find(settings.preset)


def _options(settings: Settings) -> dict[str, Any]:
    """Return the options of the active release as they go on from Data, too."""
    models = settings.models_dir
    try:
        active = read_current(models)
        made = read_manifest(releases_root(models) / active, active) if active else None
    except ReleaseUnusable:
        made = None
    return carried(Ledger(settings.state_dir).entries(), made)


def ask_for_training(settings: Settings, state: State) -> bool:
    """Ask for a training where a source has changed the ledger since the last one was asked for.

    Returns
    -------
    bool
        Whether one was asked for. While another one waits or runs it is asked for later.

    Raises
    ------
    StateUnusable
    """
    sources = Sources(state)
    if not sources.to_train():
        return False
    asked = asked_for(preset_of(settings, state), _options(settings), None)
    try:
        Jobs(state).ask(WHO, asked)
    except StateUnusable:
        raise
    except Refusal:
        return False
    sources.trained()
    return True
