"""What all commands share: the models folder, the two forms of an answer, and how a refusal ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
import orjson

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.serving.release.active import Releases
from services.serving.release.loaded import Loaded
from services.site.settings import Settings

if TYPE_CHECKING:
    from services.serving.rules.sets import RuleCount

#: What a command's context notes: whether JSON is asked for, and the command's options by name.
_JSON, _OPTIONS = f"{__name__}.json", f"{__name__}.options"

_OF_DISK = (errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EACCES, errno.ENOTDIR)


class Commands(click.Group):
    """A group whose refusals are one sentence on stderr and an exit code, never a traceback."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Note whether a JSON value is asked for, which a command that cannot be parsed does not tell."""
        context.meta[_JSON] = "--json" in args[: args.index("--") if "--" in args else None]
        if args[:1] == ["--json"]:
            end(Refusal("Put --json after the command: python -m services releases --json."), context)
        return super().parse_args(context, args)

    def invoke(self, context: click.Context) -> Any:
        """Run a command; a Refusal ends the program with its sentence, and JSON where that was asked for."""
        try:
            return super().invoke(context)
        except click.UsageError as error:
            if context.meta[_JSON]:
                click.echo(as_json({"refused": _refused(Refusal(error.format_message()), _named(error))}))
            raise
        except Refusal as refusal:
            end(refusal, context)
        except UnicodeEncodeError:
            end(Refusal("The command contains invalid UTF-8. Please retype it."), context)
        except BrokenPipeError:
            sys.exit(0)
        except OSError as fault:
            end(of_disk(fault), context)


def end(refusal: Refusal, context: click.Context) -> NoReturn:
    """End the program with a refusal: its sentence on stderr, with ``--json`` also an object on stdout."""
    click.echo(str(refusal), err=True)
    if context.meta[_JSON]:
        click.echo(as_json({"refused": refused(refusal, context)}))
    sys.exit(refusal.exit_code)


def refused(refusal: Refusal, context: click.Context) -> dict[str, Any]:
    """Return a refusal as ``--json`` prints it, with the option that its field is given by."""
    return _refused(refusal, context.meta.get(_OPTIONS, {}).get(refusal.field))


def _refused(refusal: Refusal, asked: click.Parameter | None) -> dict[str, Any]:
    """Return what ``--json`` prints of a refusal; ``asked`` is the option that its field is given by."""
    offered = asked.type.choices if asked and isinstance(asked.type, click.Choice) else ()
    return {
        # an argument can hold bytes that are no text
        "message": str(refusal).encode(errors="backslashreplace").decode(),
        "field": refusal.field or (asked.name if asked else None),
        "option": refusal.option or (asked.opts[0] if asked else None),
        "choices": list(refusal.choices or offered) or None,
    }


def _named(error: click.UsageError) -> click.Parameter | None:
    """Return the option that a command cannot be parsed for, if it is a known one."""
    asked = error.param if isinstance(error, click.BadParameter) else None
    return asked if isinstance(asked, click.Option) else None


def _note_options(context: click.Context, _option: click.Parameter, value: bool) -> bool:
    options = (each for each in context.command.params if isinstance(each, click.Option))
    context.meta[_OPTIONS] = {each.name: each for each in options}
    return value


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def group() -> None:
    """Segment Desk: segments, clusters and basket rules from a file of transactions."""


def of_disk(fault: OSError) -> Refusal:
    """Return what to tell of a full or read-only disk; any other fault is raised again."""
    if fault.errno not in _OF_DISK:
        raise fault
    why = os.strerror(fault.errno).lower()
    told = (
        _("“{file}” cannot be read or written: {why}. Nothing was changed.", file=fault.filename, why=why)
        if fault.filename
        else _("A file cannot be read or written: {why}. Nothing was changed.", why=why)
    )
    way = _("Check the disk, then try again.")
    return Refusal(f"{told} {way}")


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
    return click.option(
        "--json",
        "as_json",
        is_flag=True,
        is_eager=True,
        callback=_note_options,
        help="Print one JSON value, also for a refusal.",
    )(command)


def active_release(models: Path) -> Loaded:
    """Return the active release of a models folder."""
    return Releases(models).at(None)


def rules_told(count: RuleCount) -> str:
    """Say how many rules there are, in the words of the tab Baskets."""
    rules, sets = ("" if number == 1 else "s" for number in count)
    return f"{count.rules:,} rule{rules} from {count.sets:,} product set{sets}"


def show(value: Any, wanted: bool, text: Callable[[], str]) -> None:
    """Print an answer: as JSON where it is wanted, else as text."""
    click.echo(as_json(value) if wanted else text())


def as_json(value: Any) -> str:
    """Return ``value`` as one line of strict JSON: numbers keep every digit, infinity and NaN are null."""
    return orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY).decode()
