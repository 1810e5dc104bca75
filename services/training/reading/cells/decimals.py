"""Numbers of a file: whether a comma or a point stands before the decimals, decided over all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.core.refusals import Refusal
from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.reading.cells import texts
from services.training.reading.cells.number_forms import ERROR, NUMBER, PERCENT, Form, form_of

#: How a number is kept until it is known what it is: wide enough for prices of a part of a cent.
WIDE = "DECIMAL(38, 10)"

_COLUMNS = {
    "shape": "VARCHAR", "led": "BOOLEAN", "kind": "VARCHAR", "decimals": "INT", "sign": "VARCHAR",
    "exponent": "BOOLEAN", "currency": "VARCHAR",
}  # fmt: skip
_OTHERWISE = {PERCENT: "is a percentage", ERROR: "is a spreadsheet's error"}


@dataclass(frozen=True)
class _Shape:
    shape: str
    led: bool
    rows: int
    example: str
    form: Form


def read_numbers(
    engine: Engine, roles: Mapping[str, str], given: str | None, *, machine_made: bool
) -> tuple[str, str | None]:
    """Make ``numbers``: every different text of the roles in ``raw_lines`` and the number that it is.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` is.
    roles : dict of str to str
        Its columns that hold numbers, and what the file calls each.
    given : str, optional
        The decimal sign, where the user names it.
    machine_made : bool
        Whether most numbers are typed ones, so that a point is right where nothing decides.

    Returns
    -------
    tuple of str and (str or None)
        The decimal sign, and a warning where some cells do not fit it.

    Raises
    ------
    Refusal
        If both signs fit and give other numbers, or some numbers fit only one and some only the other.

    Notes
    -----
    ``numbers``: ``text`` VARCHAR, ``kind`` VARCHAR, ``value`` DECIMAL(38,10), NULL where it is too large or
    no number, ``currency`` VARCHAR, ``share`` DECIMAL(38,10) of a percentage, 0.15 for 15%. What is no number
    of the file's kind has no row.
    """
    cells = " UNION ALL ".join(f"SELECT {role} AS text FROM raw_lines" for role in roles)
    engine.execute("DROP TABLE IF EXISTS number_texts")
    engine.execute(f"""
        CREATE TABLE number_texts AS
        SELECT *, {texts.shape_sql("folded")} AS shape, regexp_matches(folded, '^[^0-9]*0') AS led FROM (
            SELECT text, count(*) AS rows, {texts.folded_sql("text")} AS folded
            FROM ({cells}) WHERE text IS NOT NULL GROUP BY text)
    """)
    shapes = _shapes(engine)
    decimal, warning = (
        (given, None) if given else _decide(shapes, machine_made, lambda text: _column(engine, roles, text))
    )
    _write(engine, shapes, decimal, machine_made)
    return decimal, warning


def _shapes(engine: Engine) -> list[_Shape]:
    found = engine.execute(
        "SELECT shape, led, sum(rows)::BIGINT, min(text) FROM number_texts WHERE shape IS NOT NULL "
        f"GROUP BY shape, led ORDER BY 3 DESC, shape, led LIMIT {texts.MOST_SHAPES}"
    ).fetchall()
    formed = ((*row, form_of(row[0], row[1])) for row in found)
    return [_Shape(*row) for row in formed if row[-1] is not None]


def _column(engine: Engine, roles: Mapping[str, str], text: str) -> str:
    """Give what the file calls the column in which a text stands."""
    for role, name in roles.items():
        if engine.execute(f"SELECT 1 FROM raw_lines WHERE {role} = ? LIMIT 1", [text]).fetchone():
            return name
    raise LookupError(text)


def _decide(
    shapes: Sequence[_Shape], machine_made: bool, column: Callable[[str], str]
) -> tuple[str, str | None]:
    only: dict[str, list[_Shape]] = {
        sign: [each for each in shapes if set(each.form.decimals) == {sign}] for sign in (".", ",")
    }
    open_ones = [each.example for each in shapes if len(set(each.form.decimals.values())) == 2]
    undecided = min(open_ones, default="")
    rows = {sign: sum(each.rows for each in only[sign]) for sign in only}
    sign = "," if rows[","] > rows["."] else "."
    other = min(rows.values())
    if machine_made and undecided:
        # numbers that are typed have no such form: what other texts show decides
        texts_show = {",": bool(only[","]), ".": any("," in each.shape for each in only["."])}
        if texts_show["."] == texts_show[","]:
            raise _question(
                f"In the column “{column(undecided)}” the number {undecided[:40]!r} stands as text among "
                "typed ones and can be read in two ways, and no other text decides. Say which sign stands "
                "before the decimals with --decimal . or --decimal ,"
            )
        sign = "," if texts_show[","] else "."
    if not any(rows.values()):
        if undecided and not machine_made:
            raise _question(
                f"In the column “{column(undecided)}” the number {undecided[:40]!r} can be read in two ways, "
                "and no other cell decides. "
                "Say which sign stands before the decimals with --decimal . or --decimal ,"
            )
    elif other and not machine_made:
        raise _question(_contradiction(only, rows))
    elif other:
        return sign, (
            "Some numbers have a point before the decimals, as typed ones do, and others a comma; each was "
            "read as it is written."
        )
    return sign, None


def _contradiction(only: Mapping[str, Sequence[_Shape]], rows: Mapping[str, int]) -> str:
    told = [
        f"{rows[sign]:,} {'has' if rows[sign] == 1 else 'have'} a {name} before the decimals, such as "
        f"“{only[sign][0].example[:40]}”"
        for sign, name in ((".", "point"), (",", "comma"))
    ]
    return (
        f"The numbers of the file contradict each other: {told[0]}, and {told[1]}. Say which is right with "
        "--decimal . or --decimal , (the rows of the others are then set aside as unreadable)."
    )


def _question(sentence: str) -> Refusal:
    return Refusal(sentence, "decimal", option="--decimal", choices=(".", ","))


def _write(engine: Engine, shapes: Sequence[_Shape], decimal: str, machine_made: bool) -> None:
    # a typed number has a point, whatever stands in cells of text beside it
    signs = [
        next(iter(each.form.decimals)) if machine_made and len(each.form.decimals) == 1 else decimal
        for each in shapes
    ]
    rows = [
        (
            each.shape,
            each.led,
            each.form.kind,
            each.form.decimals.get(sign, 0),
            "-" if each.form.negative else "",
            each.form.exponent,
            each.form.currency,
        )
        for each, sign in zip(shapes, signs, strict=True)
        if sign in each.form.decimals or each.form.kind == ERROR
    ]
    engines.values(engine, "number_shapes", _COLUMNS, rows)
    engine.execute("DROP TABLE IF EXISTS numbers")
    # the digits before and behind the decimal sign; no sign of thousands or money is left between them
    engine.execute(f"""
        CREATE TABLE numbers AS
        SELECT text, kind, currency, CASE WHEN kind = {engines.text(NUMBER)} THEN read END AS value,
            CASE WHEN kind = {engines.text(PERCENT)} THEN TRY_CAST(read / 100 AS {WIDE}) END AS share
        FROM (SELECT *, CASE WHEN exponent THEN TRY_CAST(replace(folded, ',', '.') AS {WIDE})
            ELSE TRY_CAST(sign || '0' || digits[:length(digits) - decimals] || '.'
                || digits[length(digits) - decimals + 1:] || '0' AS {WIDE}) END AS read
        FROM (SELECT *, regexp_replace(folded, '[^0-9]', '', 'g') AS digits FROM number_texts)
        JOIN number_shapes USING (shape, led))
    """)
    engine.execute("DROP TABLE number_texts")
    engine.execute("DROP TABLE number_shapes")


def joins_sql(roles: Sequence[str]) -> str:
    """Give SQL that joins each role's text in ``raw_lines`` to its number, as ``n_quantity`` and so on."""
    return " ".join(f"LEFT JOIN numbers AS n_{role} ON n_{role}.text = raw_lines.{role}" for role in roles)


def faults_sql(role: str, read: str) -> str:
    """Give the branches of a CASE that say what is wrong with a role's text.

    Parameters
    ----------
    role : str
    read : str
        SQL of its typed value; that of its kind is ``role_kind``.
    """
    kind = f"{role}_kind"
    otherwise = " ".join(
        f"WHEN {kind} = {engines.text(each)} THEN {engines.text(f'{role} {said}')}"
        for each, said in _OTHERWISE.items()
    )
    return (
        f"WHEN {role} IS NOT NULL AND {kind} IS NULL THEN '{role} is not a number' {otherwise} "
        f"WHEN {role} IS NOT NULL AND ({read}) IS NULL THEN '{role} is too large'"
    )
