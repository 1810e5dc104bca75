"""What a page says, taken from its components as a browser gets them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_BLOCKS = ("P", "Li", "Dt", "Dd", "Td", "Th", "Figcaption")  # not headings, which are names
#: Between the cells of a row.
BAR = " | "


@dataclass(frozen=True)
class Said:
    """One sentence: ``where`` is the card or the key figure, ``search`` the view's query."""

    tab: str
    where: str
    text: str
    search: str = ""


def figures(strip: Any) -> Iterator[tuple[str, str]]:
    """Return name and value of each key figure of a strip, what stands below it after a bar."""
    for part in walk(strip):
        if part["props"].get("className") == "sd-kpi":
            name, value, below = part["props"]["children"]
            yield text_of(name), f"{text_of(value)} | {text_of(below)}".rstrip(" |")


def walk(part: Any) -> Iterator[dict[str, Any]]:
    """Return every component of a plain page."""
    if isinstance(part, list):
        for each in part:
            yield from walk(each)
    elif isinstance(part, dict) and "props" in part:
        yield part
        yield from walk(part["props"].get("children"))


def texts(part: Any) -> Iterator[str]:
    """Return the texts of blocks: paragraphs, entries of lists, values."""
    for each in walk(part):
        if each["type"] in _BLOCKS and (text := text_of(each)):
            yield text


def text_of(part: Any) -> str:
    """Return all words of a component, with plain blanks."""
    if isinstance(part, dict):
        return text_of(part.get("props", {}).get("children"))
    if isinstance(part, list):
        return "".join(text_of(each) for each in part)
    return "" if part is None else str(part).replace("\u00a0", " ")


def cards(shown: Any) -> Iterator[tuple[str, str]]:
    """Return what cards say: where (title, and the part after a colon) and the text; a row is its cells."""
    for part in walk(shown):
        if part["type"] == "Section":
            title = next((spaced(each) for each in walk(part) if each["type"] == "H2"), "")
            yield from _inside(title, part)


def _inside(title: str, section: Any) -> Iterator[tuple[str, str]]:
    name = ""
    for part in walk(section):
        kind, shape = part["type"], str(part["props"].get("className"))
        if kind == "P" and "sd-note" not in shape:
            yield title, text_of(part)
        elif "sd-note" in shape:
            yield f"{title}: note", text_of(part)
        elif kind == "Dt":
            name = text_of(part)
        elif kind == "Dd":
            yield f"{title}: {name}", text_of(part)
        elif kind == "Tr" and any(each["type"] == "Td" for each in walk(part)):
            cells = [each for each in walk(part) if each["type"] in ("Td", "Th")]
            yield f"{title}: row", BAR.join(spaced(each) for each in cells)
        elif "data-written" in part["props"]:
            for row in json.loads(part["props"]["data-written"])["rows"]:
                yield f"{title}: row", BAR.join(row)


def spaced(part: Any) -> str:
    """Return the words of a component with a blank between its parts, as a badge shows them."""
    return " ".join(" ".join(_leaves(part)).split())


def _leaves(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from _leaves(part.get("props", {}).get("children"))
    elif isinstance(part, list):
        for each in part:
            yield from _leaves(each)
    elif part is not None:
        yield str(part).replace("\u00a0", " ")
