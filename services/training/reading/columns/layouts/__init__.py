"""Exports that are known: a TOML file each beside this module, or one of a shop's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.training.reading.columns.layouts.model import Layout, place_of

__all__ = ["NO_LAYOUT", "Layout", "load", "place_of", "recognise", "shipped_layouts"]

NO_LAYOUT = "none"


@cache
def shipped_layouts() -> tuple[Layout, ...]:
    """Return the layouts that come with the product, by name of their file."""
    entries = (entry for entry in files(__name__).iterdir() if entry.name.endswith(".toml"))
    return tuple(
        parse(entry.read_text("utf-8"), entry.name) for entry in sorted(entries, key=lambda entry: entry.name)
    )


def load(name_or_path: str) -> Layout:
    """Return a shipped layout by its id, or one from a TOML file.

    Raises
    ------
    Refusal
        If it is neither, or the file is no valid layout.
    """
    path = Path(name_or_path)
    if path.suffix == ".toml" and path.is_file():
        return parse(path.read_text("utf-8", errors="replace"), path.name)
    known = {layout.id: layout for layout in shipped_layouts()}
    if name_or_path not in known:
        raise Refusal(
            _(
                "There is no layout “{name}”. Choose from {layouts}, or name a TOML file of your own: "
                "python -m services layouts lists what identifies each.",
                name=name_or_path[:80],
                layouts=", ".join([*known, NO_LAYOUT]),
            ),
            "layout",
            option="--layout",
            choices=(*known, NO_LAYOUT),
        )
    return known[name_or_path]


def parse(text: str, file: str) -> Layout:
    """Read a layout from the text of a TOML file; the file's name is its id.

    Raises
    ------
    Refusal
        If it is no TOML, or no layout.
    """
    try:
        return Layout.model_validate({**tomllib.loads(text), "id": Path(file).stem})
    except tomllib.TOMLDecodeError as error:
        said = _("{file} is not valid TOML: {error}.", file=file, error=error)
        raise Refusal(said, "layout", option="--layout") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = (
            _("{file} is not a valid layout at {place}: {error}.", file=file, place=place, error=first["msg"])
            if place
            else _("{file} is not a valid layout: {error}.", file=file, error=first["msg"])
        )
        raise Refusal(said, "layout", option="--layout") from None


def recognise(names: Sequence[str], layouts: Sequence[Layout]) -> Layout | None:
    """Return the layout that a header is of: the one that most headers identify."""
    fitting = {layout.fits(names): layout for layout in reversed(layouts)}
    best = max(fitting, default=0)
    return fitting[best] if best else None


def without_header(first: Sequence[str], layouts: Sequence[Layout]) -> Layout | None:
    """Return the layout that a first row is of, where files of that kind have no header."""
    return next((layout for layout in layouts if _looks_like(first, layout.first_row)), None)


def _looks_like(row: Sequence[str], patterns: Sequence[str]) -> bool:
    return len(row) == len(patterns) > 0 and all(
        re.fullmatch(pattern, cell.strip()) for cell, pattern in zip(row, patterns, strict=True)
    )
