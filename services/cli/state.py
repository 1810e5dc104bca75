"""The site's state for commands, and how the audit log names who runs one."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from services.site.people.audit import Audit, What
from services.site.settings import Settings
from services.site.state import State, StateUnusable


@contextmanager
def opened_state(settings: Settings | None = None) -> Iterator[State]:
    """Give the state that the settings name, else the environment; it is closed when the block ends."""
    settings = settings or Settings.from_environment()
    state = State(settings.state_dir, settings.database_url)
    try:
        yield state
    finally:
        state.close()


def log_what_is_done(state: State, what: What, who: str | None = None, **entry: Any) -> None:
    """Log what a command did; where that cannot be, say so on stderr: what is done stays done."""
    try:
        Audit(state).add(who or operator(), what, **entry)
    except StateUnusable:
        click.echo(
            f"The {what.value} could not be recorded in the audit log, because the site's records cannot be "
            "written.",
            err=True,
        )


def log_training(state: State, paths: Sequence[Path], release: str, *, active: bool) -> None:
    """Log that a release was made of files."""
    result = "active" if active else "not activated"
    log_what_is_done(
        state,
        What.TRAINING,
        subject=", ".join(path.name or str(path) for path in paths),
        release=release,
        result=result,
    )


def operator() -> str:
    """Return who runs the command, for the audit log."""
    try:
        return f"cli:{getpass.getuser()}"
    except KeyError:  # a container's user may have no name
        return f"cli:{os.getuid()}"
