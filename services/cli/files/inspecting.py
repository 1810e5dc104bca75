"""The command ``inspect``: how a file is understood, without a training."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from services.cli.base import json_option, refused, show
from services.cli.files import inspected
from services.cli.files.training import options_of, say_rejected, train_command
from services.cli.presets import find_preset
from services.cli.state import opened_state
from services.releases import WORK, working_folder
from services.site.customers.forgotten import Forgotten
from services.site.settings import Settings
from services.site.state import FILE

if TYPE_CHECKING:
    from services.training.ledger.cleaned import Erased

#: What ``train`` asks of a release, and not of the reading of its file.
_OF_RELEASES = {"k", "seed", "all_codes", "items", "support", "no_activate", "models", "as_json"}


@click.command("inspect")
@click.option(
    "--try-choices", is_flag=True, help="Say with --json what each answer to a question would come to."
)
@json_option
@click.pass_context
def inspect_command(
    context: click.Context,
    files: tuple[Path, ...],
    preset: str,
    as_json: bool,
    try_choices: bool,
    **choices: Any,
) -> None:
    """Say how FILE is understood: columns, formats, rows and rules, money, questions; nothing is stored."""
    from services.training.ledger import trying
    from services.training.ledger.inspecting import inspect

    options = options_of(find_preset(preset), **choices)
    settings = Settings.from_environment()
    memory_mb = settings.engine_memory_mb
    with known_erased(settings) as erased, work_folder(settings) as scratch:
        found = inspect(files, options, scratch, erased, memory_mb=memory_mb)
        questions = [refused(each, context) for each in found.questions]
        for question, asked in zip(found.questions, questions, strict=True) if try_choices else ():
            told = replace(options, rejected=None)
            asked["tried"] = trying.try_choices(files, told, question, scratch, erased, memory_mb)
    answer = {**found.as_json(), "questions": questions}
    show(answer, as_json, lambda: inspected.text(answer))
    if found.cleaned:
        say_rejected(options.rejected, sum(found.cleaned.rejected.values()))
    if questions:
        for each in questions:
            click.echo(each["message"], err=True)
        sys.exit(found.questions[0].exit_code)


# Before the options of every command: those of the reading, as train declares them.
inspect_command.params[:0] = [each for each in train_command.params if each.name not in _OF_RELEASES]


@contextmanager
def known_erased(settings: Settings) -> Iterator[Erased | None]:
    """Give who was erased, where the site has records at all: an inspection makes none."""
    if not settings.database_url and not (settings.state_dir / FILE).is_file():
        yield None
        return
    with opened_state(settings) as state:
        yield Forgotten(state).among


@contextmanager
def work_folder(settings: Settings) -> Iterator[Path]:
    """Give a folder for what is worked on, below the state folder where that is there."""
    if settings.state_dir.is_dir():
        with working_folder(settings.state_dir / WORK) as folder:
            yield folder
        return
    with TemporaryDirectory(prefix="segment-desk-") as name:
        yield Path(name)
