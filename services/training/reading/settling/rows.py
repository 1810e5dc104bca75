"""From the rows of a source to ``raw_lines``: every role's texts, settled and filled down."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.core.language.messages import _, plural
from services.core.language.written import number
from services.training.lines import engine as engines
from services.training.lines.cleaning import NO_LINE
from services.training.lines.engine import Engine
from services.training.reading.cells import typed
from services.training.reading.cells.ids import nobody_sql
from services.training.reading.columns.layouts import Layout, place_of
from services.training.reading.columns.names import RoleNames, fold
from services.training.reading.columns.schema import Columns, Schema
from services.training.reading.settling import blanks, fill, items, pieces, rivals, verdicts
from services.training.reading.settling.verdicts import Told

#: What fills a cell without saying anything.
_KIND = "kind_of_line"


@dataclass(frozen=True)
class Understood:
    """What the rows of a source are once they are read as lines.

    Attributes
    ----------
    columns : Columns
        Every role settled but the money.
    rows : int
        Rows that were loaded.
    lines : int
        Rows of ``raw_lines``.
    remarks : list of str
        What was done that a person should know.
    no_lines : int
        Those of the lines that are none of orders.
    told : Told or None
        What columns beside the roles say of the rows.
    """

    columns: Columns
    rows: int
    lines: int
    remarks: list[str]
    no_lines: int
    told: Told | None = None


def make_lines(engine: Engine, source: str, row: typed.Row, columns: Columns, schema: Schema) -> Understood:
    """Make ``raw_lines`` of a source: see ``services.training.reading.cells.typed.load``.

    Parameters
    ----------
    engine : Engine
    source : str
        A FROM clause.
    row : Row
        What to take from it.
    columns : Columns
    schema : Schema

    Raises
    ------
    Refusal
        If two columns may play a role and what they hold does not tell them apart, or none does.
    """
    columns, passed = blanks.pass_over(engine, source, row, columns, schema)
    columns, row, kept = _with_layout(engine, source, columns, row)
    if columns.layout and columns.layout.items:
        source, row, columns = items.spread(source, row, columns, columns.layout.items)
    others = {
        rivals.rival(role, number): place
        for role, places in columns.rivals.items()
        for number, place in enumerate(places)
    }
    beside = verdicts.further_columns(columns, schema)
    further = others | kept | beside
    wider = replace(schema, known={**schema.known, **dict.fromkeys(further, RoleNames(()))})
    typed.load(engine, source, row, columns.roles | further, wider)
    lines = rows = _count(engine, "raw_lines")
    if columns.layout and columns.layout.items:
        rows = _count_distinct(engine)
    remarks, no_lines = passed, 0
    columns, decided = pieces.settle_pieces(engine, columns)
    columns = rivals.settle(engine, columns, schema)
    remarks += decided + fill.fill_down(engine, columns, verdicts.of_orders(beside, columns))
    if kept and columns.layout and columns.layout.lines:
        no_lines = _part_lines(engine, columns.layout.lines.keep, schema)
    told = verdicts.settle_verdicts(engine, columns, beside)
    columns = told.columns
    if columns.layout and columns.layout.items:
        remarks.insert(0, _several(rows, lines))
    if columns.layout and columns.layout.says:
        remarks.append(columns.layout.says)
    return Understood(columns, rows, lines, remarks, no_lines, told)


def _with_layout(
    engine: Engine, source: str, columns: Columns, row: typed.Row
) -> tuple[Columns, typed.Row, dict[str, int]]:
    """Add the cells that a layout makes of several, and find the column that tells lines from other rows."""
    layout = columns.layout
    if layout is None or not layout.identified_by:
        return columns, row, {}
    spelled = {fold(name): place for place, name in reversed(list(enumerate(columns.names)))}
    made: dict[str, tuple[str, str, set[int]]] = {}
    if "customer" in columns.roles and "customer" not in columns.given:
        made |= _customer(columns, row, layout, spelled)
    if "product" in columns.roles and "product" not in columns.given and layout.items is None:
        made |= _product(engine, source, columns, row, layout, spelled)
    names, cells, roles, inside = [*columns.names], [*row.cells], dict(columns.roles), set(columns.inside)
    for role, (name, cell, places) in made.items():
        inside |= places
        roles[role] = len(cells)
        names.append(name)
        cells.append(cell)
    kept = {}
    if layout.lines and (place := place_of(spelled, layout.lines.column)) is not None:
        kept[_KIND] = place
        inside.add(place)
    changed = replace(columns, names=names, roles=roles, inside=frozenset(inside))
    return changed, replace(row, cells=cells), kept


def _customer(
    columns: Columns, row: typed.Row, layout: Layout, spelled: dict[str, int]
) -> dict[str, tuple[str, str, set[int]]]:
    found = [columns.roles["customer"], *(place_of(spelled, each) for each in layout.customer_else)]
    places = list(dict.fromkeys(place for place in found if place is not None))
    if len(places) == 1 and not layout.nobody:
        return {}
    theirs = ", ".join(engines.text(each.lower()) for each in ("", *layout.nobody))
    tests = " ".join(
        f"WHEN lower(trim({cell})) NOT IN ({theirs}) AND NOT {nobody_sql(cell)} THEN {cell}"
        for cell in (row.cells[place] for place in places)
    )
    name = ", else ".join(columns.names[place] for place in places)
    return {"customer": (name, f"CASE {tests} ELSE '' END", set(places))}


def _product(
    engine: Engine, source: str, columns: Columns, row: typed.Row, layout: Layout, spelled: dict[str, int]
) -> dict[str, tuple[str, str, set[int]]]:
    """Name a product that has no code by the next column that the layout knows."""
    found = [place_of(spelled, [each]) for each in layout.roles.get("product", [])]
    places = [place for place in dict.fromkeys(found) if place is not None]
    first = columns.roles["product"]
    others = places[places.index(first) + 1 :] if first in places else []
    if not others or not blanks.leaves_out(engine, source, row, first):
        return {}
    places = [first, *others]
    cells = ", ".join(f"nullif(trim({row.cells[place]}), '')" for place in places)
    name = ", else ".join(columns.names[place] for place in places)
    return {"product": (name, f"coalesce({cells}, '')", set(places))}


def _part_lines(engine: Engine, keep: list[str], schema: Schema) -> int:
    """Set rows that are no lines aside, each with what it says of itself, and count them."""
    wanted = ", ".join(engines.text(each.lower()) for each in keep)
    # without a list any text will do, but an order that is one row is a line whatever it says
    of_lines = f"SELECT invoice FROM raw_lines WHERE {_KIND} IS NOT NULL AND invoice IS NOT NULL"
    alone = f"invoice IS NULL OR invoice NOT IN ({of_lines})"
    line = f"coalesce(lower({_KIND}), '') IN ({wanted})" if keep else f"{_KIND} IS NOT NULL OR ({alone})"
    engine.execute(
        "CREATE OR REPLACE TEMP TABLE no_lines AS "
        f"SELECT line FROM raw_lines WHERE bad IS NULL AND NOT ({line})"
    )
    count = _count(engine, "no_lines")
    if count:
        blank = ", ".join(f"{role} = NULL" for role in schema.roles)
        engine.execute(
            f"UPDATE raw_lines SET bad = {engines.text(NO_LINE)} || coalesce(': ' || {_KIND}, ''), "
            f"bad_row = concat_ws('|', {', '.join(schema.roles)}), {blank} "
            "WHERE line IN (SELECT line FROM no_lines)"
        )
    engine.execute("DROP TABLE no_lines")
    return count


def _count(engine: Engine, source: str) -> int:
    found = engine.execute(f"SELECT count(*) FROM {source}").fetchone()
    return int(found[0]) if found else 0


def _count_distinct(engine: Engine) -> int:
    found = engine.execute("SELECT count(DISTINCT line) FROM raw_lines").fetchone()
    return int(found[0]) if found else 0


def _several(orders: int, lines: int) -> str:
    if lines == 1:
        return _("1 order holds 1 line.")
    return plural(
        "{n} order holds {lines} lines.",
        "{n} orders hold {lines} lines.",
        orders,
        n=number(orders),
        lines=number(lines),
    )
