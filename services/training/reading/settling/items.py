"""Orders whose lines stand in one row: a column each, or packed into a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.training.lines import engine as engines
from services.training.reading.cells.typed import Row
from services.training.reading.columns.layouts.model import Items
from services.training.reading.columns.names import fold
from services.training.reading.columns.schema import Columns
from services.training.reading.columns.telling import as_in

#: Lines that an order of one row may have.
MOST = 500


def spread(source: str, row: Row, columns: Columns, items: Items) -> tuple[str, Row, Columns]:
    """Give every line of an order a row of its own.

    Parameters
    ----------
    source : str
        A FROM clause of rows that are orders.
    row : Row
    columns : Columns
    items : Items
        Where the lines stand.

    Returns
    -------
    tuple of str, Row and Columns
        The same for lines: behind the cells of the order stand those of its line, and its number there. An
        order without lines stays as one row.
    """
    spelled = {fold(name): place for place, name in reversed(list(enumerate(columns.names)))}
    cells = [f"cell_{number}" for number in range(len(row.cells))]
    found = _wide(spelled, cells, items.columns)
    if found:
        roles, lines, inside, named = found
    else:
        roles, lines, inside, named = _packed(spelled, cells, items)
    blank = "{" + ", ".join(f"'{role}': ''" for role in roles) + "}"
    taken = ", ".join(f"coalesce({cell}, '') AS {name}" for cell, name in zip(row.cells, cells, strict=True))
    behind = [f"item.{role}" for role in roles]
    spread_out = (
        "(SELECT * EXCLUDE (items), unnest(items) AS item, generate_subscripts(items, 1) AS item_number "
        "FROM ("
        f"SELECT *, CASE WHEN len(found) = 0 THEN [{blank}] ELSE found END AS items FROM ("
        f"SELECT *, {lines} AS found FROM ("
        f"SELECT ({row.line}) AS line_at, ({row.bad}) AS bad_for, ({row.odd}) AS is_odd, {taken} FROM "
        f"{source}))))"
    )
    width = len(columns.names)
    return (
        spread_out,
        Row("line_at", "bad_for", "is_odd", [*cells, *behind, "item_number::VARCHAR"]),
        replace(
            columns,
            names=[*columns.names, *(named[role] for role in roles)],
            roles={
                **columns.roles,
                **{role: width + number for number, role in enumerate(roles) if role not in columns.given},
            },
            reasons={
                **{role: as_in(columns.layout) for role in roles if columns.layout},
                **columns.reasons,
            },
            inside=columns.inside | inside,
        ),
    )


def _wide(
    spelled: Mapping[str, int], cells: Sequence[str], templates: Mapping[str, str]
) -> tuple[list[str], str, frozenset[int], dict[str, str]] | None:
    """Find the columns of the first, the second, … line; None where there are none."""
    lines, inside, standing = [], set(), set()
    for number in range(1, MOST + 1):
        places = {
            role: place
            for role, template in templates.items()
            if (place := spelled.get(fold(template.replace("{n}", str(number))))) is not None
        }
        if not places:
            break
        lines.append(places)
        standing |= set(places)
        inside |= set(places.values())
    if not lines:
        return None
    roles = [role for role in templates if role in standing]
    structs = ", ".join(
        "{"
        + ", ".join(f"'{role}': {cells[line[role]]}" if role in line else f"'{role}': ''" for role in roles)
        + "}"
        for line in lines
    )
    filled = " || ".join(f"trim(each.{role})" for role in roles)
    return (
        roles,
        f"list_filter([{structs}], lambda each: {filled} <> '')",
        frozenset(inside),
        {role: templates[role].replace("{n}", "1…") for role in roles},
    )


def _packed(
    spelled: Mapping[str, int], cells: Sequence[str], items: Items
) -> tuple[list[str], str, frozenset[int], dict[str, str]]:
    roles = list(items.fields)
    places = []
    name = items.cell or ""
    if "{n}" in name:
        for number in range(1, MOST + 1):
            place = spelled.get(fold(name.replace("{n}", str(number))))
            if place is None:
                break
            places.append(place)
    elif fold(name) in spelled:
        places.append(spelled[fold(name)])
    texts = [_parted(cells[place], items.parted_by) for place in places]
    whole = f"flatten([{', '.join(texts)}])" if texts else "[]::VARCHAR[]"
    fields = ", ".join(
        f"'{role}': trim(regexp_extract(each, {engines.text(pattern)}, 1))"
        for role, pattern in items.fields.items()
    )
    lines = f"list_transform(list_filter({whole}, lambda each: trim(each) <> ''), lambda each: {{{fields}}})"
    shown = name.replace("{n}", "1…")
    return roles, lines, frozenset(places), {role: f"{shown} ({role})" for role in roles}


def _parted(cell: str, parted_by: str | None) -> str:
    if parted_by is None:
        return f"[{cell}]"
    return f"string_split(regexp_replace({cell}, {engines.text(parted_by)}, chr(30) || '\\1', 'g'), chr(30))"
