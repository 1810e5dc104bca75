"""Presets as data: what F counts, how values are scored, how segments are drawn, what clusters see.

The shipped ones are the TOML files beside this module; ``load`` also takes a file of the user's own.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from services.core.language.messages import _
from services.core.presets.model import Cleaning, Clusters, Group, Preset, Rfm, Scoring, Segments
from services.core.presets.places import line_of
from services.core.refusals import NotFound, Refusal

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = [
    "DEFAULT",
    "Cleaning",
    "Clusters",
    "Group",
    "Preset",
    "Rfm",
    "Scoring",
    "Segments",
    "load",
    "parse",
    "shipped",
]

DEFAULT = "standard"


def shipped() -> dict[str, Preset]:
    """Return the presets that come with the product, by id."""
    folder = files(__name__)
    presets = (
        parse(entry.read_text("utf-8"), entry.name)
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    )
    return {
        preset.id: preset for preset in sorted(presets, key=lambda preset: (preset.id != DEFAULT, preset.id))
    }


def load(name_or_path: str) -> Preset:
    """Return a shipped preset by id, or one from a TOML file.

    Raises
    ------
    NotFound
        If it is neither.
    Refusal
        If the file is no valid preset.
    """
    known = shipped()
    if name_or_path in known:
        return known[name_or_path]
    path = Path(name_or_path)
    if path.suffix == ".toml" and path.is_file():
        try:
            return parse(path.read_text("utf-8"), path.name)
        except UnicodeDecodeError:
            raise Refusal(
                _("{file} is not UTF-8 text. Save it as UTF-8.", file=path.name), "preset"
            ) from None
    raise NotFound(
        _(
            "There is no preset {name}. These exist: {presets}.",
            name=repr(name_or_path),
            presets=", ".join(known),
        ),
        "preset",
        option="--preset",
        choices=tuple(known),
    )


def parse(text: str, name: str) -> Preset:
    """Read a preset from TOML.

    Parameters
    ----------
    text : str
    name : str
        What the sentences call it.

    Raises
    ------
    Refusal
        If it is no valid preset; the sentence names the line.
    """
    try:
        return Preset.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Refusal(_("{file} is not valid TOML: {error}.", file=name, error=error), "preset") from None
    except ValidationError as error:
        first = error.errors()[0]
        line = line_of(text, first["loc"])
        places = {
            "file": name,
            "setting": ".".join(str(part) for part in first["loc"]) or _("the preset"),
            "wrong": _reason(first),
        }
        raise Refusal(
            _("{file}, line {line}: {setting}: {wrong}.", line=line, **places)
            if line
            else _("{file}: {setting}: {wrong}.", **places),
            "preset",
        ) from None


def _reason(error: ErrorDetails) -> str:
    """Say what is wrong in the file's words where pydantic speaks of its own."""
    said = {"missing": _("is missing"), "extra_forbidden": _("there is no such setting")}
    return said.get(error["type"], error["msg"].removeprefix("Value error, "))
