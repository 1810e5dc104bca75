"""The ledger of the site: ``python -m services ledger``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from services.cli.base import json_option, models_option, show
from services.cli.files import compared
from services.cli.files.training import options_of, train_and_tell, train_command
from services.cli.presets import find_preset
from services.cli.state import log_what_is_done, opened_state, operator
from services.core.presets import DEFAULT
from services.core.refusals import ReleaseUnusable
from services.releases import WORK, read_current, working_folder
from services.releases.folders import releases_root
from services.releases.manifest import read_manifest
from services.site.customers.forgotten import Forgotten
from services.site.ledger import Entry, Ledger
from services.site.ledger.retention import expire
from services.site.people.audit import What
from services.site.settings import Settings
from services.site.state import State

#: Options of ``train`` that say nothing of a file, or that the ledger does not take.
_OF_FILES = {"files", "table"}
_OF_TRAINING = _OF_FILES | {
    *("preset", "as_of", "k", "seed", "all_codes", "items", "support", "returns", "rejected"),
    *("no_activate", "models", "as_json"),
}


@click.group("ledger")
def ledger_group() -> None:
    """Keep the files that the site is trained on, and train on all of them together."""


@ledger_group.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """List the files of the ledger, the first added first."""
    entries = Ledger(Settings.from_environment().state_dir).entries()
    show(
        [entry.told() for entry in entries],
        as_json,
        lambda: "\n".join(map(_listed, entries)) or "The ledger has no files.",
    )


@ledger_group.command("add")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--by", help="Who brought FILE, for the log.  [default: who runs the command]")
@click.option("--replace", is_flag=True, help="Remove all other files from the ledger once FILE is kept.")
@json_option
def add_command(
    files: tuple[Path, ...], as_json: bool, by: str | None, replace: bool, **choices: Any
) -> None:
    """Add FILE to the ledger, as it is, if a training could read it; the site's releases stay."""
    from services.brought.adding import Bringing, add

    settings = Settings.from_environment()
    options = options_of(find_preset(DEFAULT), **choices)
    ledger, work = Ledger(settings.state_dir), settings.state_dir / WORK
    with opened_state(settings) as state, working_folder(work) as scratch:
        who = by or operator()
        bringing = Bringing(
            options,
            who,
            settings.ledger_months,
            Forgotten(state).among,
            "all" if replace else None,
            settings.engine_memory_mb,
        )
        done = add(ledger, files, bringing, scratch)
        for entry in done.added:
            added = {"subject": entry.name, "rows": entry.rows, "result": "added"}
            log_what_is_done(state, What.LEDGER, who=who, **added)
        for entry in done.replaced:
            gone = {"subject": entry.name, "rows": entry.rows, "result": "replaced"}
            log_what_is_done(state, What.LEDGER, who=who, **gone)
        _log_expired(state, done.expired)
    answer = {
        "added": [entry.told() for entry in done.added],
        "known": [entry.told() for entry in done.known],
        "replaced": [entry.told() for entry in done.replaced],
        "expired": [entry.told() for entry in done.expired],
        "notes": done.notes,
    }
    lines = [f"Added {_line(entry)}" for entry in done.added]
    lines += [f"Already added on {_day(entry)} by {entry.added_by}: {_line(entry)}" for entry in done.known]
    lines += [f"Replaced {_line(entry)}" for entry in done.replaced]
    lines += [*_expired(done.expired, settings.ledger_months), *done.notes]
    show(answer, as_json, lambda: "\n".join(lines))


@ledger_group.command("compare")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def compare_command(file: Path, as_json: bool, **choices: Any) -> None:
    """Say what FILE would bring to the ledger: customers, days, orders, prices; nothing is stored."""
    from services.brought.comparing import compare

    settings = Settings.from_environment()
    options = options_of(find_preset(DEFAULT), **choices)
    with opened_state(settings) as state, working_folder(settings.state_dir / WORK) as scratch:
        ledger, memory_mb = Ledger(settings.state_dir), settings.engine_memory_mb
        found = compare(ledger, file, options, scratch, Forgotten(state).among, memory_mb)
    show(found, as_json, lambda: compared.text(found))


@ledger_group.command("alike")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def alike_command(file: Path, as_json: bool) -> None:
    """Find the newest file of the ledger with the header of FILE, and what was said of its reading."""
    from services.brought.remembered import answers_of, find_alike

    settings = Settings.from_environment()
    with working_folder(settings.state_dir / WORK) as scratch:
        entry = find_alike(Ledger(settings.state_dir), file, scratch, settings.engine_memory_mb)
    found = {**entry.told(), "answers": answers_of(entry)} if entry else None
    show(found, as_json, lambda: _line(entry) if entry else "No file of the ledger has this header.")


@ledger_group.command("remove")
@click.argument("id")
@models_option
@json_option
def remove_command(id: str, models: Path, as_json: bool) -> None:
    """Remove the file ID from the ledger; releases made of it stay until the next training."""
    settings = Settings.from_environment()
    ledger = Ledger(settings.state_dir)
    entry = ledger.one(id)
    with opened_state(settings) as state, ledger.changing():
        ledger.remove(ledger.one(entry.id))
        log_what_is_done(state, What.LEDGER, subject=entry.name, rows=entry.rows, result="removed")
    release = _still_in(models, entry)
    held = f"\nThe active release {release} still holds what was in it, until the next training."
    show(
        {**entry.told(), "still_in": release},
        as_json,
        lambda: f"Removed {_line(entry)}{held if release else ''}",
    )


@ledger_group.command("train")
@models_option
@json_option
def train_on_ledger(models: Path, as_json: bool, no_activate: bool, preset: str, **choices: Any) -> None:
    """Make a release of all files in the ledger together, and activate it."""
    from services.brought.training import gather_ledger

    settings = Settings.from_environment()
    options = options_of(find_preset(preset), activate=not no_activate, **choices)
    ledger = Ledger(settings.state_dir)
    _remove_expired(ledger, settings)
    with working_folder(settings.state_dir / WORK) as scratch:
        files, options = gather_ledger(ledger, options, scratch)
        train_and_tell(files, models, options, as_json=as_json)


# Before the options of every command: those that train declares.
_READING = [each for each in train_command.params if each.name not in _OF_TRAINING]
add_command.params[:0] = _READING
compare_command.params[:0] = _READING
train_on_ledger.params[:0] = [
    each for each in train_command.params if each.name not in _OF_FILES | {"models", "as_json"}
]


def _line(entry: Entry) -> str:
    days = f"{entry.first_day.isoformat()} to {entry.last_day.isoformat()}"
    return f"{entry.id}  {entry.name}: {entry.rows:,} rows, {days}, {entry.size:,} bytes"


def _listed(entry: Entry) -> str:
    erased = "; rows of erased customers are gone" if len(entry.digests) > 1 else ""
    return f"{_line(entry)}, added on {_day(entry)} by {entry.added_by}{erased}"


def _day(entry: Entry) -> str:
    return entry.added_at.strftime("%Y-%m-%d")


def _remove_expired(ledger: Ledger, settings: Settings) -> None:
    if not ledger.entries() or settings.ledger_months is None:
        return
    with ledger.changing():
        gone = expire(ledger, settings.ledger_months)
    if gone:
        with opened_state(settings) as state:
            _log_expired(state, gone)
        click.echo("\n".join(_expired(gone, settings.ledger_months)), err=True)


def _expired(entries: Sequence[Entry], months: int | None) -> list[str]:
    return [
        f"Removed, because its last order is over {months} months old (LEDGER_MONTHS): {_line(entry)}"
        for entry in entries
    ]


def _log_expired(state: State, entries: Sequence[Entry]) -> None:
    for entry in entries:
        log_what_is_done(state, What.LEDGER, subject=entry.name, rows=entry.rows, result="expired")


def _still_in(models: Path, entry: Entry) -> str | None:
    """Return the active release, if it was made of the file."""
    try:
        current = read_current(models)
        files = read_manifest(releases_root(models) / current, current).source.files if current else []
    except ReleaseUnusable:
        return None
    return current if any(file.sha256 in entry.digests for file in files) else None
