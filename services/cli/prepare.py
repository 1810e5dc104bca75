"""What ``make run`` does before serving: ``python -m services.cli.prepare``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from services.cli.base import of_disk
from services.cli.files.run_options import how_to_pass, read_options
from services.cli.presets import find_preset
from services.cli.state import log_training, opened_state
from services.core.refusals import Refusal, ReleaseUnusable
from services.releases import WORK, Manifest, open_release, read_current
from services.site.customers.forgotten import Forgotten
from services.site.listening import check_free
from services.site.settings import Settings
from services.training.options import TrainOptions
from services.training.reading import digest_of
from services.training.run import train
from services.training.sample import write_sample

SAMPLE = "sample.csv.gz"


def prepare(settings: Settings) -> None:
    """Train a release of DATA, unless the active one was made of the same file, preset and options.

    Parameters
    ----------
    settings : Settings
        ``data`` is the file or a folder of files, the built-in sample when None; ``preset`` the way of
        segmenting; ``train_options`` options as ``train`` takes them.

    Raises
    ------
    Refusal
        If an option is wrong, or the file is missing or cannot be trained on; the active release stays.
    """
    path = settings.data or _sample(settings.state_dir)
    if not path.is_file() and not path.is_dir():
        raise Refusal(f"DATA names “{path}”, but there is no such file or folder.", "DATA")
    active = _active(settings.models_dir)
    preset = find_preset(settings.preset, lambda: settings)
    options = read_options(settings.train_options, preset)
    wanted = (digest_of([path]), preset.id, preset.version, options.recorded())
    if active is not None and _made_of(active) == wanted:
        return
    _tell(
        f"Training on {path.name} with the preset “{settings.preset}”; the next start will take only seconds."
    )
    try:
        with opened_state(settings) as state:
            made = train(
                path,
                settings.models_dir,
                options,
                work=settings.state_dir / WORK,
                tell=lambda step, _share: _tell(f"  {step}"),
                erased=Forgotten(state).among,
                memory_mb=settings.engine_memory_mb,
            )
            log_training(state, [path], made.id, active=True)
    except Refusal as refusal:
        refusal.args = (how_to_pass(str(refusal)),)
        raise


def _sample(folder: Path) -> Path:
    path = folder / SAMPLE
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        _tell("Writing the built-in sample, an invented gift shop.")
        partial = path.with_name(f"partial-{SAMPLE}")  # half of one would be trained on at every start
        write_sample(partial)
        partial.replace(path)
    return path


def _active(models: Path) -> Manifest | None:
    """Return the manifest of the active release; a damaged one counts as none and is said."""
    try:
        current = read_current(models)
        return open_release(models, current).manifest if current else None
    except ReleaseUnusable as fault:
        _tell(str(fault))
        return None


def _made_of(active: Manifest) -> tuple[str, str, int | None, dict[str, Any]]:
    # A release from before options were noted counts as made without any.
    options = TrainOptions().recorded() if active.options is None else active.options
    return active.source.sha256, active.preset, active.preset_definition.get("version"), options


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)


def start() -> int:
    """Prepare with the settings of the environment, say what hinders it, and return the exit code.

    On a full or read-only disk the release that is there is served.
    """
    try:
        settings = Settings.from_environment()
        check_free(settings.host, settings.port)
        prepare(settings)
    except OSError as fault:
        _tell(str(of_disk(fault)))
        if _active(settings.models_dir) is None:
            return Refusal.exit_code
        _tell("Nothing was trained; the site uses the release that is there.")
    except Refusal as refusal:
        _tell(str(refusal))
        return refusal.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(start())
