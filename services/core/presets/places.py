"""Where in a TOML file a setting stands, so that a sentence about it can name the line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

Place = tuple[str | int, ...]

_TABLE = re.compile(r"^\s*(\[{1,2})\s*([\w.\- ]+?)\s*\]{1,2}\s*(#.*)?$")
_KEY = re.compile(r"^\s*([\w.\- ]+?)\s*=")


def line_of(text: str, place: Sequence[str | int]) -> int | None:
    r"""Return the line of a setting, or of the nearest table around it.

    Parameters
    ----------
    text : str
        A valid TOML document, a setting a line as people write it.
    place : sequence of str or int
        Keys from the outside in, and numbers of list entries from 0: ``("segments", "groups", 3, "name")``.

    Returns
    -------
    int or None
        From 1; None where not even the outermost table stands in the file.

    Examples
    --------
    >>> line_of("[a]\nb = 1\n[[a.c]]\nd = 2\n[[a.c]]\nd = 3", ("a", "c", 1, "d"))
    6
    """
    lines: dict[Place, int] = {}
    for line, here in _settings(text):
        for length in range(1, len(here) + 1):
            lines.setdefault(here[:length], line)
    for length in range(len(place), 0, -1):
        if (found := lines.get(tuple(place[:length]))) is not None:
            return found
    return None


def _settings(text: str) -> Iterator[tuple[int, Place]]:
    """Give every table's and every key's line, in the order of the file."""
    table: Place = ()
    entries: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _TABLE.match(line):
            name = header[2].replace(" ", "")
            table = tuple(name.split("."))
            if header[1] == "[[":
                table = (*table, entries[name])
                entries[name] += 1
            yield number, table
        elif key := _KEY.match(line):
            yield number, (*table, *key[1].replace(" ", "").split("."))
