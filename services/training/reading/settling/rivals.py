"""Columns that are as good as each other by their names, told apart by what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.core.language import lists
from services.core.language.messages import _, later, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.core.roles import in_words
from services.core.text.shell import Pair
from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.reading.columns.addresses import written
from services.training.reading.columns.headers import refuse_missing
from services.training.reading.columns.schema import Columns, Schema

#: SQL patterns of a cell that may be a date, whatever the form, and of one that may be a number.
_DATE = (
    r"^\D{0,15}("
    r"[0-9]{1,4} ?[-/.年년] ?[0-9]{1,2} ?[-/.月월] ?[0-9]{1,4}"
    r"|[0-9]{1,2}(st|nd|rd|th)?[-. /]+\pL{3,12}\.?[-. ,/]+[0-9]{2,4}"
    r"|\pL{3,12}\.? [0-9]{1,2},? [0-9]{4}"
    r"|(19|20)[0-9]{6}([0-9]{6})?$|1[0-9]{9}([0-9]{3})?$)"
)
_NUMBER = r"^[^0-9\pL]*\pL{0,3}[^0-9\pL]*[0-9][0-9.,'’ \x{a0}\x{202f}]*[^0-9\pL]*\pL{0,3}[^0-9\pL]*$"
_LOOKS = {"date": _DATE, "quantity": _NUMBER, "price": _NUMBER, "amount": _NUMBER}

#: Share of the filled cells that must look like what the role holds.
_ENOUGH = 0.5
#: The same for a column whose name says nothing.
_SURELY = 0.95
_MONEY = ("amount",)


def rival(role: str, number: int) -> str:
    """Name the column of ``raw_lines`` that holds the cells of a role's rival."""
    return f"{role}_rival_{number}"


def settle(engine: Engine, columns: Columns, schema: Schema) -> Columns:
    """Decide which of several columns plays each role but the money, over the whole file.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` is, with a column for each rival, which is put in the place of the role's where it
        wins. Rivals for the money stay: see ``services.training.reading.settling.money``.
    columns : Columns
    schema : Schema

    Raises
    ------
    Refusal
        A question, where two columns hold different things and nothing parts them; or if what is needed is
        nowhere.
    """
    columns = _like_their_roles(engine, columns)
    for role in [role for role in columns.rivals if role not in _MONEY]:
        columns = _settle_one(engine, columns, role)
    columns = _like_their_roles(engine, columns)
    if columns.layout is None:
        absent = {role for role in columns.given if role not in columns.roles}
        refuse_missing(columns.names, schema.missing(columns.roles, absent), None)
    return columns


def _like_their_roles(engine: Engine, columns: Columns) -> Columns:
    """Take a role from a column that has only words of it in its name, and holds something else."""
    for role in [role for role, reason in columns.reasons.items() if reason == "by words in its name"]:
        if role in _LOOKS and role not in columns.rivals and _looks(engine, [role], role)[role] < _ENOUGH:
            engine.execute(f"UPDATE raw_lines SET {role} = NULL")
            columns = _without(columns, role)
    return columns


def _without(columns: Columns, role: str) -> Columns:
    return replace(
        columns,
        roles={each: place for each, place in columns.roles.items() if each != role},
        reasons={each: why for each, why in columns.reasons.items() if each != role},
    )


def _settle_one(engine: Engine, columns: Columns, role: str) -> Columns:
    """Keep the first candidate that holds what the role holds, unless others hold something else."""
    places = {role: columns.roles[role]} if role in columns.roles else {}
    places |= {rival(role, number): place for number, place in enumerate(columns.rivals[role])}
    share = _looks(engine, list(places), role)
    enough = _ENOUGH if role in columns.roles else _SURELY
    fitting = [each for each in places if share[each] >= enough] or [
        each for each in places if role in columns.roles
    ][:1]
    apart = _apart(engine, fitting, role)
    if len(apart) > 1:
        _ask(engine, role, {each: columns.names[places[each]] for each in apart}, columns, places)
    rest = {each: found for each, found in columns.rivals.items() if each != role}
    if not apart:
        return replace(columns, rivals=rest)
    chosen = apart[0]
    dropped = ", ".join(each for each in places if each != role)
    taken = f"{chosen} AS {role}" if chosen != role else ""
    engine.execute(
        f"CREATE OR REPLACE TABLE raw_lines AS SELECT * EXCLUDE ({dropped})"
        + (f" REPLACE ({taken})" if taken else "")
        + " FROM raw_lines"
    )
    why = (
        later("by what it holds").text
        if chosen != role or len(fitting) < len(places)
        else columns.reasons[role]
    )
    return replace(
        columns,
        roles={**columns.roles, role: places[chosen]},
        reasons={**columns.reasons, role: why},
        rivals=rest,
    )


def _looks(engine: Engine, cells: Sequence[str], role: str) -> dict[str, float]:
    """Give the share of each column's filled cells that look like what a role holds; 0 of none."""
    shares = ", ".join(f"({_share(cell, role)})::DOUBLE" for cell in cells)
    found = engine.execute(f"SELECT {shares} FROM raw_lines WHERE bad IS NULL").fetchone()
    return dict(zip(cells, map(float, found or ()), strict=True))


def _share(cell: str, role: str) -> str:
    if role not in _LOOKS:
        return f"count({cell}) > 0"
    looks = f"regexp_matches({cell}, {engines.text(_LOOKS[role])})"
    return f"coalesce(count(*) FILTER ({looks}) / nullif(count({cell}), 0), 0)"


def _apart(engine: Engine, cells: Sequence[str], role: str) -> list[str]:
    """Leave out columns that tell the same apart as an earlier one, and invoices of several customers."""
    kept: list[str] = []
    if role == "invoice" and len(cells) > 1:
        cells = [cell for cell in cells if _is_of_one_customer(engine, cell)] or cells[:1]
    for cell in cells:
        if not any(_alike(engine, cell, other, role) for other in kept):
            kept.append(cell)
    return kept


def _is_of_one_customer(engine: Engine, cell: str) -> bool:
    found = engine.execute(
        "SELECT count(*), count(*) FILTER (customers > 1) "
        "FROM (SELECT count(DISTINCT customer) AS customers "
        f"FROM raw_lines WHERE bad IS NULL AND {cell} IS NOT NULL GROUP BY {cell})"
    ).fetchone()
    return found is not None and found[1] <= (1 - _SURELY) * found[0]


def _alike(engine: Engine, one: str, other: str, role: str) -> bool:
    if role in ("customer", "invoice"):
        counts = engine.execute(
            f"SELECT count(DISTINCT {one}), count(DISTINCT {other}), count(DISTINCT ({one}, {other})) "
            f"FILTER ({one} IS NOT NULL OR {other} IS NOT NULL) FROM raw_lines WHERE bad IS NULL"
        ).fetchone()
        return counts is not None and counts[0] == counts[1] == counts[2]
    differ = engine.execute(
        f"SELECT count(*) FROM raw_lines WHERE bad IS NULL AND {one} IS DISTINCT FROM {other}"
    ).fetchone()
    return differ == (0,)


def _ask(
    engine: Engine, role: str, names: Mapping[str, str], columns: Columns, places: Mapping[str, int]
) -> None:
    told = []
    for cell in names:
        distinct, least, most = engine.execute(
            f"SELECT count(DISTINCT {cell}), min({cell}), max({cell}) FROM raw_lines WHERE bad IS NULL"
        ).fetchone() or (0, "", "")
        told.append(
            plural(
                "The column {column} holds {n} value ({least} … {most}).",
                "The column {column} holds {n} different values ({least} … {most}).",
                distinct,
                n=number(distinct),
                column=called(columns.names, places[cell]),
                least=least,
                most=most,
            )
        )
    pairs = [pair_of(role, columns.names, places[cell]) for cell in names]
    said = say_which(pairs)
    if role == "price" and "quantity" in columns.roles and "amount" not in columns.roles:
        whole = [pair_of("amount", columns.names, places[cell]) for cell in names]
        of_lines = _(
            "If one of them is what all pieces of the line cost, add {options}.", options=options(whole)
        )
        said += f" {of_lines}"
        pairs += whole
    asked = plural(
        "{n} column may be the {role}.", "{n} columns may be the {role}.", len(names), role=in_words(role)
    )
    raise Refusal(" ".join([asked, *told, said]), "columns", option="--columns", choices=tuple(pairs))


def options(pairs: Sequence[str]) -> str:
    """Write the options that give these pairs, one of which is to be chosen."""
    return lists.either([f"--columns {pair}" for pair in pairs])


def say_which(pairs: Sequence[str]) -> str:
    """Ask which of these pairs it is."""
    return _("Say which it is: {options}.", options=options(pairs))


def called(names: Sequence[str], place: int, example: str = "") -> str:
    """Name a column in a sentence: by its place, and by what stands in it, where its name stands twice."""
    if not names[place]:
        return _("“column {n}”", n=place + 1)
    if [name.casefold() for name in names].count(names[place].casefold()) == 1:
        return f"“{names[place]}”"
    if example:
        return _(
            "“{column}” in column {n}, such as {example},",
            column=names[place],
            n=place + 1,
            example=example[:40],
        )
    return _("“{column}” in column {n}", column=names[place], n=place + 1)


def pair_of(role: str, names: Sequence[str], place: int) -> Pair:
    """Write the pair that gives a role to a column; by position where its name stands twice."""
    twice = [name.casefold() for name in names].count(names[place].casefold()) > 1
    return Pair(f"{role}=#{place + 1}" if twice or not names[place] else written(role, names[place]))
