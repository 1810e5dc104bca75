"""How a person names a column: by its header, quoted where it looks like something else, or by its place."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence

from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.core.text.column_names import plain

#: In the place of a column's name: no column has this role.
NONE = "-"

#: Headers that a sentence lists.
_SHOWN = 20

_PLACE = re.compile(r"#?([0-9]+)")
_NEEDS_QUOTES = re.compile(r"-|#?[0-9]+|\".*\"|\s.*|.*\s", re.DOTALL)

#: How a column is named whose header stands so often.
_BY_PLACE = {
    2: later("Name its column by position: --columns {a} or {b}."),
    3: later("Name its column by position: --columns {a} or {b} or {c}."),
    4: later("Name its column by position: --columns {a} or {b} or {c} or {d}."),
}


class NoColumn(Refusal):
    """No column is the one that is meant; the sentence lists ``found``, the columns that there are."""

    def __init__(self, sentence: str, found: Sequence[str]) -> None:
        super().__init__(sentence, "columns", option="--columns")
        self.found = tuple(found)


def parse_columns(text: str) -> dict[str, str | int]:
    """Read ``customer=NAME,date=3`` into roles and header names or 1-based positions.

    Parameters
    ----------
    text : str
        Pairs parted by commas. ``#3`` and ``3`` are the third column. A name with a comma, or one that looks
        like a position or like ``-``, stands in quotes as in a CSV: ``amount="Total, net",price="2023"``.

    Raises
    ------
    Refusal
        If a part is not ``role=column``, or a role is named twice.
    """
    columns: dict[str, str | int] = {}
    for part in _parts(text):
        role, equals, name = (each.strip() for each in part.partition("="))
        if not equals or not role or not name:
            raise Refusal(
                _(
                    "--columns takes role=column pairs, such as customer=CustomerID; “{pair}” is not one.",
                    pair=part,
                ),
                "columns",
                option="--columns",
            )
        if role in columns:
            raise Refusal(
                _("--columns names {role} twice. Name one column for it.", role=role),
                "columns",
                option="--columns",
            )
        columns[role] = _value(name)
    return columns


def _parts(text: str) -> list[str]:
    """Part at commas that stand in no quotes."""
    parts, quoted, start = [], False, 0
    for place, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted and text[start:place].rstrip().endswith("=") if not quoted else False
        elif sign == "," and not quoted:
            parts.append(text[start:place])
            start = place + 1
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def _value(name: str) -> str | int:
    place = _PLACE.fullmatch(name) if name.isascii() else None
    if place:
        return int(place[1])
    unquoted = _unquoted(name)
    # quotes stay where the name would be something else without them
    return name if unquoted is None or _NEEDS_QUOTES.fullmatch(unquoted) else unquoted


def _unquoted(name: str) -> str | None:
    if len(name) < 2 or name[0] != '"' or name[-1] != '"':
        return None
    return next(csv.reader([name]))[0]


def written(role: str, name: str) -> str:
    """Write the pair that gives a role to a column, as ``parse_columns`` reads it.

    Examples
    --------
    >>> written("amount", "Total, net"), written("price", "2023"), written("date", "Day")
    ('amount="Total, net"', 'price="2023"', 'date=Day')
    """
    odd = not name or "," in name or "=" in name or _NEEDS_QUOTES.fullmatch(name)
    return f"{role}=" + ('"' + name.replace('"', '""') + '"' if odd else name)


def positions(options: Mapping[str, str | int]) -> dict[str, int] | None:
    """Give the 0-based positions if every column is named by a position, else None."""
    named = {role: str(value) for role, value in options.items() if value != NONE}
    found = {role: _PLACE.fullmatch(value) for role, value in named.items() if value.isascii()}
    if not named or len(found) < len(named) or not all(found.values()):
        return None
    return {role: int(place[1]) - 1 for role, place in found.items() if place}


def place_in(names: Sequence[str], role: str, value: str | int, tidy: Sequence[str]) -> int:
    """Find the column that a person names.

    Parameters
    ----------
    names : sequence of str
        Headers.
    role : str
        What the column is given for.
    value : str or int
        Its header, also spelled otherwise, in quotes or not; or its position from 1.
    tidy : sequence of str
        ``names`` as they are shown.

    Raises
    ------
    Refusal
        If there is no such column, or several.
    """
    wanted = str(value)
    quoted = _unquoted(wanted) if isinstance(value, str) else None
    if quoted is not None:
        wanted = quoted
    place = None if quoted is not None or not wanted.isascii() else _PLACE.fullmatch(wanted)
    if place and 1 <= int(place[1]) <= len(names):
        return int(place[1]) - 1
    for spell in (lambda name: name, str.casefold, plain):
        spelled = [spell(name) for name in tidy]
        look = spell(" ".join(wanted.split())[:80])
        found = [number for number, name in enumerate(spelled) if look and name == look]
        if len(found) > 1:
            pairs = tuple(f"{role}=#{number + 1}" for number in found)
            raise Refusal(_several(wanted, pairs), "columns", option="--columns", choices=pairs)
        if found:
            return found[0]
    said = _("There is no column {column} for {role}.", column=repr(wanted[:80]), role=role)
    raise NoColumn(f"{said} {found_names(tidy)}", tidy)


def _several(header: str, pairs: Sequence[str]) -> str:
    said = plural(
        "The header {header} appears {n} time.",
        "The header {header} appears {n} times.",
        len(pairs),
        header=repr(header[:80]),
    )
    shown = pairs[: max(_BY_PLACE)]
    way = _BY_PLACE[len(shown)](**dict(zip("abcd", shown, strict=False)))
    return f"{said} {way}"


def found_names(names: Sequence[str]) -> str:
    """Say which headers a file has, the first twenty."""
    shown = ", ".join(name or _("(no name)") for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    if more <= 0:
        return _("Found: {columns}.", columns=shown)
    return plural(
        "Found: {columns} and {n} more.",
        "Found: {columns} and {n} more.",
        more,
        n=number(more),
        columns=shown,
    )
