"""The setting TRAIN_OPTIONS: the options of ``train`` that ``make run`` passes on."""

from __future__ import annotations

import re
import shlex

import click

from services.cli.files.training import options_of, train_command
from services.core.presets import Preset
from services.core.refusals import Refusal
from services.core.text.shell import in_quotes
from services.training.options import TrainOptions

#: DATA, PRESET and MODELS_DIR name the first three; a start always activates, and prints no receipt.
_SAID_OTHERWISE = {"files", "preset", "models", "no_activate", "as_json"}
_OPTIONS = click.Command(
    "make run",
    params=[option for option in train_command.params if option.name not in _SAID_OTHERWISE],
    add_help_option=False,
)

#: What a refusal may ask for, with a value for where its sentence gives none.
_ASKED_FOR = {
    "--columns": "customer=NAME",
    "--date-order": "dmy",
    "--encoding": "cp1252",
    "--separator": "tab",
    "--decimal": ".",
    "--only-currency": "EUR",
    "--header-row": "3",
    "--sheet": "all",
    "--accept-unreadable": "",
}
_VALUE = r"""dmy|mdy|ymd|[.,]|[A-Z]{3}\b|utf-16-le|"[^"]*"|'[^']*'|\w+=[^\s“”"']*[^\s“”"'.,;:)]"""
_NAMED = re.compile(rf"({'|'.join(_ASKED_FOR)})(?: ({_VALUE}))?")


def read_options(text: str, preset: Preset) -> TrainOptions:
    """Read options as a shell would and ``train`` does.

    Parameters
    ----------
    text : str
        ``--date-order dmy --k 5``; empty for none.
    preset : Preset

    Raises
    ------
    Refusal
        If an option or its value is none that ``make run`` can pass on.
    """
    try:
        choices = _OPTIONS.make_context("make run", shlex.split(text)).params
    except click.NoSuchOption as error:
        known = ", ".join(option.opts[0] for option in _OPTIONS.params)
        raise Refusal(
            f"TRAIN_OPTIONS holds {error.option_name}, but only {known} can be used there (name the preset "
            "with PRESET).",
            "TRAIN_OPTIONS",
        ) from None
    except click.UsageError as error:
        raise Refusal(f"TRAIN_OPTIONS is {text!r}: {error.format_message()}", "TRAIN_OPTIONS") from None
    except ValueError:
        raise Refusal(f"TRAIN_OPTIONS is {text!r}: a quotation mark is missing.", "TRAIN_OPTIONS") from None
    return options_of(preset, **choices)


def how_to_pass(sentence: str) -> str:
    """Add to a refusal that asks for an option of ``train`` how ``make run`` takes it."""
    named = _NAMED.search(sentence)
    if named is None:
        return sentence
    option, value = named.groups()
    told = f"{option} {value or _ASKED_FOR[option]}".strip()
    return f"{sentence} With make run: TRAIN_OPTIONS={in_quotes(told)}."
