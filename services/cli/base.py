"""What all commands share: the models folder, the two forms of an answer, and how a refusal ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from services.core.refusals import Refusal
from services.core.strictjson import dumps
from services.serving.loaded import Loaded
from services.serving.releases import Releases
from services.site.settings import Settings

_OF_DISK = (errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.ENOTDIR)


class Commands(click.Group):
    """A group whose refusals are one sentence on stderr and an exit code, never a traceback."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command; a Refusal ends the program with its sentence."""
        try:
            return super().invoke(context)
        except Refusal as refusal:
            click.echo(str(refusal), err=True)
            sys.exit(refusal.exit_code)
        except UnicodeEncodeError:
            click.echo("Something in the command is no text in UTF-8: type it anew.", err=True)
            sys.exit(Refusal.exit_code)
        except BrokenPipeError:
            sys.exit(0)
        except OSError as fault:
            click.echo(str(of_disk(fault)), err=True)
            sys.exit(Refusal.exit_code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def group() -> None:
    """Segment Desk: segments, clusters and basket rules from a file of transactions."""


def of_disk(fault: OSError) -> Refusal:
    """Return what to tell of a full or read-only disk; any other fault is raised again."""
    if fault.errno not in _OF_DISK:
        raise fault
    where = f"“{fault.filename}”" if fault.filename else "A file"
    why = os.strerror(fault.errno).lower()
    return Refusal(
        f"{where} cannot be read or written: {why}. What was there before stands as it was; see to the disk, "
        "then try again."
    )


def models_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--models DIR``; the setting MODELS_DIR is its default."""

    @click.option(
        "--models",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder of releases.  [default: MODELS_DIR, else models]",
    )
    @wraps(command)
    def with_models(models: Path | None, **rest: Any) -> Any:
        return command(models=models or Settings.from_environment().models_dir, **rest)

    return with_models


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--json``: one strict JSON value on stdout instead of text."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")(command)


def active_release(models: Path) -> Loaded:
    """Return the active release of a models folder."""
    return Releases(models).at(None)


def show(value: Any, as_json: bool, text: Callable[[], str]) -> None:
    """Print an answer: as strict JSON, in which infinity and NaN are null, or as text."""
    click.echo(dumps(value) if as_json else text())
