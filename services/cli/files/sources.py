"""Commands about sources that renew themselves: ``python -m services sources [renew]``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from services.cli.base import json_option, show
from services.cli.state import opened_state, operator
from services.core.refusals import Refusal
from services.site.settings import Settings
from services.site.sources import DATABASE, FOLDER, Source, Sources, Standing, configured, failing
from services.site.sources.folder import Files

if TYPE_CHECKING:
    from services.brought.renewing import Renewed
    from services.site.state import State

_BY_HAND_SECONDS = 1_800
"""How long a source is left to a command that was killed."""


@click.group("sources", invoke_without_command=True)
@json_option
@click.pass_context
def sources_command(context: click.Context, as_json: bool) -> None:
    """Show the sources that the settings name and how each stands, or renew one."""
    if context.invoked_subcommand is None:
        settings = Settings.from_environment()
        with opened_state(settings) as state:
            found = _plain(settings, state)
        show(found, as_json, lambda: "\n".join(map(_line, found)) or _NONE)


@sources_command.command("renew")
@click.argument("source", type=click.Choice((FOLDER, DATABASE)))
@json_option
def renew(source: str, as_json: bool) -> None:
    """Renew SOURCE now, as the worker does when it is due; files that were refused are tried once more."""
    settings = Settings.from_environment()
    found = next((each for each in configured(settings) if each.name == source), None)
    if found is None:
        names = {FOLDER: "SOURCE_FOLDER", DATABASE: "SOURCE_URL and SOURCE_QUERY"}
        raise Refusal(f"There is no such source: set {names[source]}.", "source")
    with opened_state(settings) as state:
        renewed = _renew(settings, state, found)
    answer = {
        "changed": renewed.done.changed,
        **{name: [e.told() for e in getattr(renewed, name)] for name in ("added", "replaced", "expired")},
        "refused": [{"file": name, "reason": reason} for name, reason in renewed.refused],
    }
    show(answer, as_json, lambda: "\n".join(_said(renewed)))


def _renew(settings: Settings, state: State, source: Source) -> Renewed:
    from services.brought.asking import ask_for_training
    from services.brought.renewing import Renewing

    sources, who = Sources(state), f"{operator()[:40]}:{os.getpid()}"
    if not sources.claim(source, who, _BY_HAND_SECONDS, early=True):
        raise Refusal("The worker, or another command, is renewing this source. Wait until it has ended.")
    try:
        renewing = Renewing(settings, state)
        if source.name == FOLDER:
            assert settings.source_folder is not None
            files = Files(state).look(settings.source_folder, 0, again=True)
            renewed = renewing.folder(source, files, lambda _file: None)
        else:
            renewed = renewing.database(source)
    except Refusal as refusal:
        sources.failed(source, who, str(refusal))
        raise
    except BaseException:
        sources.give_back(source, who)
        raise
    sources.succeeded(source, who, renewed.done, train=settings.source_train)
    if settings.source_train:
        ask_for_training(settings, state)
    return renewed


_NONE = "No sources are set: SOURCE_FOLDER names a folder, SOURCE_URL and SOURCE_QUERY a database."


def _plain(settings: Settings, state: State) -> list[dict[str, Any]]:
    found = failing(settings, state)
    return [
        {
            "name": each.source.name,
            "where": each.source.where,
            "every": each.source.every,
            **{name: _moment(each, name) for name in ("tried_at", "changed_at", "next_at", "failing_since")},
            "failure": each.failure,
            "files": [
                {"file": fault.file, "reason": fault.sentence}
                for fault in found
                if fault.file is not None and fault.source == each.source.name
            ],
        }
        for each in Sources(state).standing(configured(settings))
    ]


def _moment(standing: Standing, name: str) -> str | None:
    at = getattr(standing, name)
    return at.isoformat() if at else None


def _line(each: dict[str, Any]) -> str:
    tried = f"last tried {each['tried_at']}" if each["tried_at"] else "not tried yet"
    changed = f", last changed {each['changed_at']}" if each["changed_at"] else ""
    lines = [f"{each['name']:<9} {each['where']}: {tried}{changed}"]
    lines += [f"  fails since {each['failing_since']}: {each['failure']}"] * bool(each["failure"])
    lines += [f"  {file['file']}: {file['reason']}" for file in each["files"]]
    return "\n".join(lines)


def _said(renewed: Renewed) -> list[str]:
    lines = [
        f"{name.capitalize()} {entry.id}  {entry.name}: {entry.rows:,} rows"
        for name in ("added", "replaced", "expired")
        for entry in getattr(renewed, name)
    ]
    return [*lines, *(reason for _name, reason in renewed.refused)] or ["Nothing has changed."]
