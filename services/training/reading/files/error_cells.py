"""Cells of a workbook that hold an error such as ``#N/A``, which the reader gives for blank ones."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from services.reading.source import CHUNK

_CELL = re.compile(rb"<(?:\w+:)?c\b((?:[^>/]|/(?!>))*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_ERROR = re.compile(rb't="e"')
_AT = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_END = b"row>"

#: What stands for a formula of which the program that wrote it saved no value.
UNSAVED = "#formula without a saved value"

#: A row that is longer is looked through in pieces, so that nothing piles up.
_LONGEST = 32 * CHUNK


def error_cells(path: Path, sheet: str) -> dict[int, list[tuple[int, str]]]:
    """Find the errors of a sheet, and its formulas without a value.

    Parameters
    ----------
    path : Path
        A workbook that was looked through and declares no entities.
    sheet : str
        Its name.

    Returns
    -------
    dict of int to list of (int, str)
        Row from 1 to places from 0 and the errors there.
    """
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    with zipfile.ZipFile(path) as archive:
        member = _member_of(archive, sheet)
        if member is None:
            return found
        for rows in _whole_rows(archive, member):
            formulas = _FORMULA.search(rows) is not None
            if not formulas and not _ERROR.search(rows):
                continue
            for attributes, content in _CELL.findall(rows):
                at, value = _AT.search(attributes), _VALUE.search(content)
                if _ERROR.search(attributes) and at and value:
                    found[int(at[2])].append((_place(at[1]), value[1].decode("utf-8", "replace")))
                elif formulas and at and _is_unsaved(attributes, content, value):
                    found[int(at[2])].append((_place(at[1]), UNSAVED))
    return found


def _is_unsaved(attributes: bytes, content: bytes, value: re.Match[bytes] | None) -> bool:
    """Say whether a formula has no value; an empty text is one."""
    return bool(_FORMULA.search(content)) and not (value and value[1]) and b't="str"' not in attributes


def _whole_rows(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Give the sheet in pieces that end with a row, one piece at a time in memory."""
    with archive.open(member) as part:
        rest = b""
        while chunk := part.read(CHUNK):
            seen = rest + chunk
            end = seen.rfind(_END) + len(_END) if _END in seen else len(seen) // _LONGEST * len(seen)
            yield seen[:end]
            rest = seen[end:]
        yield rest


def _member_of(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Name the part of the archive that a sheet stands in."""
    names = set(archive.namelist())
    links = "xl/_rels/workbook.xml.rels"
    if links not in names:
        return None
    targets = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(archive.read(links))}
    for node in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if node.tag.rpartition("}")[2] == "sheet" and node.get("name") == sheet:
            link = next((value for name, value in node.attrib.items() if name.endswith("}id")), None)
            target = targets.get(link, "")
            member = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            return member if member in names else None
    return None


def _place(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
