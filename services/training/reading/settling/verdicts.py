"""Whether a row is a sale, by every column that says so: what they say is joined into one status."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from services.core.language.messages import later
from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.lines.statuses import JOINT, MOST_VALUES, folded, meaning, tells_of_orders
from services.training.reading.columns.names import fit
from services.training.reading.columns.schema import Columns, Schema
from services.training.reading.settling import documents

#: Kinds of columns in the order in which they are looked for, and asked.
_KINDS = ("statuses", "deliveries", "refunds", "flags", "refunded", "pieces", "tests", "modes", "live")

_SUMS = ("refunded", "pieces")

#: Headers of a test that may be the arm of an experiment where they hold 0 and 1.
_EXPERIMENTS = ("test",)

_DIGITS = r"^[^0-9\pL]*\pL{0,3}[^0-9\pL]*[0-9][0-9.,'’ \x{a0}\x{202f}]*[^0-9\pL]*\pL{0,3}[^0-9\pL]*$"


@dataclass(frozen=True)
class Told:
    """What further columns say of the rows.

    Attributes
    ----------
    columns : Columns
        With the role ``status`` where any of them says that a row is no sale.
    statuses : dict of str to bool
        Texts of theirs to whether a row with them is a sale.
    refunded : str or None
        The column that says how much was given back; ``raw_lines`` has it as ``refunded``.
    pieces : bool
        Whether that is pieces rather than money.
    returned : Returned or None
        Rows whose kind says that money goes back.
    """

    columns: Columns
    statuses: dict[str, bool] = field(default_factory=dict)
    refunded: str | None = None
    pieces: bool = False
    returned: documents.Returned | None = None


def further_columns(columns: Columns, schema: Schema) -> dict[str, int]:
    """Find the columns that may say that a row is no sale, by their names.

    Parameters
    ----------
    columns : Columns
        Where a person named the column of the status, none is looked for but how much was given back.
    schema : Schema

    Returns
    -------
    dict of str to int
        Name in ``raw_lines``, such as ``statuses_0``, to position.
    """
    if "status" not in schema.known:
        return {}
    used = {*columns.roles.values(), *columns.inside, *(p for each in columns.rivals.values() for p in each)}
    found: dict[str, int] = {}
    for place, name in enumerate(columns.names):
        if place in used:
            continue
        kinds = _kinds(name, schema)
        for kind in kinds if "status" not in columns.given else [each for each in kinds if each in _SUMS]:
            found[f"{kind}_{place}"] = place
    return found


def of_orders(cells: Mapping[str, int], columns: Columns) -> list[str]:
    """Name those cells that are the order's rather than a line's, so that they are filled down."""
    return [
        cell
        for cell, place in cells.items()
        if cell.partition("_")[0] in ("statuses", "deliveries", "tests", "modes", "live")
        and not {"item", "line", "lineitem"} & set(folded(columns.names[place]).split())
    ]


def settle_verdicts(engine: Engine, columns: Columns, cells: Mapping[str, int]) -> Told:
    """Join what every column says into ``status``, over the whole file.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` is, which is changed.
    columns : Columns
    cells : mapping of str to int
        What ``further_columns`` gives.

    Notes
    -----
    Several texts stand with ``JOINT`` between them. Of a delivery only what came back, was cancelled or
    failed is taken in: what is not sent yet is a sale.
    """
    known = _of_given(engine, columns)
    parts: dict[int, str] = {}
    for cell, place in cells.items():
        told = _part(engine, cell, columns.names[place])
        if told is not None:
            parts[place] = told[0]
            known |= told[1]
    returned = None
    for cell in (each for each in cells if each.startswith("documents_")):
        found = documents.settle_documents(engine, cell, columns.names[cells[cell]])
        if found is None:
            continue
        if found.no_sales:
            parts[cells[cell]] = _those(cell, found.no_sales)
            known |= dict.fromkeys(found.no_sales, False)
        columns = replace(columns, inside=columns.inside | {cells[cell]})
        returned = returned or found
    refunded = _refunded(engine, cells, set(parts))
    name = None
    if refunded is not None:
        engine.execute(f"ALTER TABLE raw_lines RENAME {refunded} TO refunded")
        columns = replace(columns, inside=columns.inside | {cells[refunded]})
        name = columns.names[cells[refunded]]
    else:
        engine.execute("ALTER TABLE raw_lines ADD COLUMN refunded VARCHAR")
    pieces = refunded is not None and refunded.startswith("pieces")
    return Told(_joined(engine, columns, parts), known, name, pieces, returned)


def _kinds(name: str, schema: Schema) -> list[str]:
    spelled, listed = folded(name), _table()["names"]
    found = [kind for kind in _KINDS if spelled in listed[kind]]
    if not found and fit(name, schema.known["status"], "status"):
        found = ["statuses"]
    return found or (["documents"] if documents.is_kind(name) else [])


def _part(engine: Engine, cell: str, name: str) -> tuple[str, dict[str, bool]] | None:
    """Give SQL of what a column adds to the status, and which of its texts are known to be no sale."""
    kind, words = cell.partition("_")[0], _table()["words"]
    if kind in ("documents", *_SUMS):
        return None
    values = distinct(engine, cell)
    if not values or len(values) > MOST_VALUES:
        return None
    spelled = {value: folded(value) for value in values}
    if kind == "statuses":
        told = {meaning(value) for value in values} & {"taken", "partly", "sold"}
        return (cell, {}) if told and tells_of_orders(name, values) else None
    if kind == "deliveries":
        back = [value for value in values if meaning(value) in ("taken", "partly") and _is_back(value)]
        return (_those(cell, back), {}) if back else None
    if kind == "refunds":
        return _of_refunds(cell, name, values)
    if kind == "modes":
        meant = [value for value in values if spelled[value] in words["test"]]
    elif not _is_yes_or_no(name, set(spelled.values())):
        return None
    else:
        wanted = words["no" if kind == "live" else "yes"]
        meant = [value for value in values if spelled[value] in wanted]
    return (_named(cell, name, meant), _no_sales(name, meant)) if meant else None


def _of_given(engine: Engine, columns: Columns) -> dict[str, bool]:
    """Read the yes and no of a column that a person named for the status, such as ``Returned``."""
    if "status" not in columns.given & set(columns.roles):
        return {}
    name, words, names = columns.names[columns.roles["status"]], _table()["words"], _table()["names"]
    live = folded(name) in names["live"]
    says = live or meaning(name) == "taken" or any(folded(name) in names[each] for each in ("flags", "tests"))
    values = distinct(engine, "status")
    if not says or len(values) > MOST_VALUES or not _is_yes_or_no(name, {folded(each) for each in values}):
        return {}
    meant = [value for value in values if folded(value) in words["no" if live else "yes"]]
    said = _named("status", name, meant) if meant else "NULL"
    engine.execute(f"UPDATE raw_lines SET status = {said} WHERE bad IS NULL")
    return _no_sales(name, meant)


def _is_yes_or_no(name: str, spelled: set[str]) -> bool:
    words = _table()["words"]
    experiment = folded(name) in _EXPERIMENTS and spelled <= {"0", "1"}
    return spelled <= {*words["yes"], *words["no"]} and not experiment


def _of_refunds(cell: str, name: str, values: Sequence[str]) -> tuple[str, dict[str, bool]] | None:
    words = _table()["words"]
    done = [
        value
        for value in values
        if folded(value) in words["done"] or (meaning(value) == "taken" and _is_back(value))
    ]
    part = [value for value in values if folded(value) in words["part"] or meaning(value) == "partly"]
    sql = [f"WHEN {cell} IN ({_listed(done)}) THEN {_of(name, cell)}"] if done else []
    sql += [f"WHEN {cell} IN ({_listed(part)}) THEN 'partial refund'"] if part else []
    return (f"CASE {' '.join(sql)} END", _no_sales(name, done)) if sql else None


def _refunded(engine: Engine, cells: Mapping[str, int], used: Collection[int]) -> str | None:
    """Choose the column that says how much was given back, money before pieces."""
    for kind in _SUMS:
        for cell, place in cells.items():
            if cell.partition("_")[0] != kind or place in used:
                continue
            row = engine.execute(
                f"SELECT count({cell}), count(*) FILTER (regexp_matches({cell}, {engines.text(_DIGITS)})), "
                f"count(*) FILTER (regexp_matches({cell}, '[1-9]')) FROM raw_lines WHERE bad IS NULL"
            ).fetchone()
            if row and row[2] and row[0] == row[1]:
                return cell
    return None


def _joined(engine: Engine, columns: Columns, parts: Mapping[int, str]) -> Columns:
    if not parts:
        return columns
    first = columns.roles.get("status")
    names = [columns.names[place] for place in parts]
    told = list(parts.values())
    if first is not None and _is_of_orders(engine, columns.names[first]):
        names.insert(0, columns.names[first])
        told = ["status", *(f"nullif({each}, status)" for each in told)]
    engine.execute(
        f"UPDATE raw_lines SET status = nullif(concat_ws({engines.text(JOINT)}, {', '.join(told)}), '') "
        "WHERE bad IS NULL"
    )
    return replace(
        columns,
        names=[*columns.names, JOINT.join(names)],
        roles={**columns.roles, "status": len(columns.names)},
        reasons={**columns.reasons, "status": later("every column that says what is no sale").text},
        inside=columns.inside | set(parts) | ({first} if "status" in told and first is not None else set()),
    )


def _is_of_orders(engine: Engine, name: str) -> bool:
    values = distinct(engine, "status")
    return len(values) > MOST_VALUES or tells_of_orders(name, values)


def distinct(engine: Engine, cell: str) -> list[str]:
    """Give the different texts of a column of ``raw_lines``, ``MOST_VALUES`` + 1 of them at most."""
    found = engine.execute(
        f"SELECT DISTINCT {cell} FROM raw_lines WHERE bad IS NULL AND {cell} IS NOT NULL "
        f"ORDER BY 1 LIMIT {MOST_VALUES + 1}"
    ).fetchall()
    return [text for (text,) in found]


def _is_back(value: str) -> bool:
    return any(stem in folded(value) for stem in _table()["words"]["back"])


def _those(cell: str, values: Sequence[str]) -> str:
    return f"CASE WHEN {cell} IN ({_listed(values)}) THEN {cell} END"


def _named(cell: str, name: str, values: Sequence[str]) -> str:
    return f"CASE WHEN {cell} IN ({_listed(values)}) THEN {_of(name, cell)} END"


def _of(name: str, cell: str) -> str:
    return f"{engines.text(f'{name}: ')} || {cell}"


def _no_sales(name: str, values: Sequence[str]) -> dict[str, bool]:
    return {f"{name}: {value}": False for value in values}


def _listed(values: Sequence[str]) -> str:
    return ", ".join(engines.text(value) for value in values)


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return documents.folded_words("verdicts.toml")
