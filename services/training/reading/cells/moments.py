"""From the texts of dates to moments, in the engine: one format for a column, told by its different texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.reading.cells import dates, texts
from services.training.reading.cells.clocks import NOWHERE
from services.training.reading.cells.date_forms import NUMBER, Count, Layout, layout_of
from services.training.reading.cells.engine_clocks import (
    CLOCK_COLUMNS,
    clock_row,
    clock_sql,
    piece,
    shift_sql,
)

#: What the engine reads by itself: nearly every other file.
_PLAIN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$"

#: Excel's numbers of days that a workbook may hold; and those taken for days in a text, 1990 to 2099, where
#: nearly every cell has to be one.
_DAYS, _DAYS_IN_TEXT = (10_000, 80_000), (32_874, 73_050)
_EIGHT = "0" * 8
_NEARLY_ALL = 0.95
_FIRST_DAY = datetime(1899, 12, 30)

_COLUMNS = {
    "shape": "VARCHAR", "reason": "VARCHAR", "a_second": "BIGINT", "day_order": "VARCHAR", "month": "VARCHAR",
    **{f"{part}_{what}": "INT" for part in "abc" for what in ("at", "long")},
    **CLOCK_COLUMNS,
}  # fmt: skip


@dataclass(frozen=True)
class _Shape:
    shape: str
    rows: int
    example: str
    read: Layout | Count | str | None


def read_moments(
    engine: Engine, column: str, given: str | None, *, machine_made: bool
) -> tuple[str, list[str]]:
    """Make ``moments``: every different text of ``raw_lines.date`` that is not plain, and its moment.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` is.
    column : str
        What the file calls its column of dates.
    given : str, optional
        The order of day, month and year, where the user names it.
    machine_made : bool
        Whether the file is a workbook, in which numbers of days stand between dates.

    Returns
    -------
    tuple of str and list of str
        The order, and warnings.

    Raises
    ------
    Refusal
        If two orders fit the dates and differ, or none does.

    Notes
    -----
    ``moments``: ``text`` VARCHAR, ``moment`` TIMESTAMP without zone, in UTC where the text names a zone, cut
    to whole seconds, NULL where there is no such day; ``reason`` VARCHAR, where the text is no date.
    ``READ`` reads both these and plain dates.
    """
    engine.execute("DROP TABLE IF EXISTS date_texts")
    engine.execute(f"""
        CREATE TABLE date_texts AS SELECT *, {texts.shape_sql("folded")} AS shape FROM (
            SELECT date AS text, count(*) AS rows, {texts.folded_sql("date")} AS folded
            FROM raw_lines WHERE date IS NOT NULL AND NOT regexp_matches(date, '{_PLAIN}') GROUP BY date)
    """)
    shapes = _year_last(engine, _without_counts(engine, _shapes(engine), machine_made))
    _write(engine, shapes, {})
    orders, order, warnings = _orders(engine, shapes, column, given)
    _write(engine, shapes, orders)
    engine.execute("DROP TABLE IF EXISTS moments")
    engine.execute(
        f"CREATE TABLE moments AS SELECT text, reason, {_MOMENT} AS moment "
        "FROM date_texts JOIN date_shapes USING (shape)"
    )
    warnings += _of_zones(shapes) + ([] if machine_made else _of_counts(engine, shapes))
    engine.execute("DROP TABLE date_texts")
    engine.execute("DROP TABLE date_shapes")
    return order, warnings


#: SQL that joins ``raw_lines`` to ``moments``, and that reads a line's moment.
JOIN = "LEFT JOIN moments ON moments.text = raw_lines.date"
READ = f"CASE WHEN regexp_matches(date, '{_PLAIN}') THEN TRY_CAST(date AS TIMESTAMP) ELSE moments.moment END"
#: SQL of what is wrong with a line's date, whose moment is ``bought_at``; to stand in a CASE.
FAULTS = f"""
    WHEN date IS NULL THEN 'no date'
    WHEN date_reason IS NOT NULL THEN 'not a date but ' || date_reason
    WHEN bought_at IS NULL AND NOT date_known THEN 'not a date'
    WHEN bought_at IS NULL OR year(bought_at) NOT BETWEEN {dates.FIRST_YEAR} AND {dates.LAST_YEAR}
        THEN 'impossible date'
"""
KNOWN = f"regexp_matches(date, '{_PLAIN}') OR moments.text IS NOT NULL"


def _shapes(engine: Engine) -> list[_Shape]:
    found = engine.execute(
        "SELECT shape, sum(rows)::BIGINT, min(text) FROM date_texts WHERE shape IS NOT NULL "
        f"GROUP BY shape ORDER BY 2 DESC, shape LIMIT {texts.MOST_SHAPES}"
    ).fetchall()
    read = ((*row, layout_of(row[0])) for row in found)
    return [_Shape(*row) for row in read if row[-1] is not None]


def _without_counts(engine: Engine, shapes: Sequence[_Shape], machine_made: bool) -> list[_Shape]:
    """Take numbers of days for what they are only where a workbook, or all of the column, says so."""
    low, high = _DAYS if machine_made else _DAYS_IN_TEXT
    row = engine.execute(
        "SELECT (SELECT count(date) FROM raw_lines), coalesce(sum(rows) FILTER "
        f"(TRY_CAST(replace(folded, ',', '.') AS DOUBLE) BETWEEN {low} AND {high}), 0) "
        "FROM date_texts WHERE regexp_matches(shape, '^00000([.,]0+)?$')"
    ).fetchone()
    rows, days = row or (0, 0)
    if machine_made or (days and days >= _NEARLY_ALL * rows):
        return list(shapes)
    return [
        _Shape(each.shape, each.rows, each.example, NUMBER) if each.read == Count(0) else each
        for each in shapes
    ]


def _year_last(engine: Engine, shapes: list[_Shape]) -> list[_Shape]:
    """Take eight digits for days whose year stands last, where most of them are none with the year first."""
    row = engine.execute(
        "SELECT count(*), count(TRY_CAST(folded[:4] || '-' || folded[5:6] || '-' || folded[7:] AS DATE)) "
        f"FROM date_texts WHERE shape = '{_EIGHT}'"
    ).fetchone()
    if row is None or 2 * row[1] >= row[0]:
        return shapes
    last = Layout(((1, 2), (3, 2), (5, 4)), "")
    return [
        _Shape(each.shape, each.rows, each.example, last) if each.shape == _EIGHT else each for each in shapes
    ]


def _orders(
    engine: Engine, shapes: Sequence[_Shape], column: str, given: str | None
) -> tuple[dict[str, str], str, list[str]]:
    """Decide the order of day, month and year of the shapes that do not tell it, and of the column."""
    found = engine.execute(
        f"SELECT {', '.join(piece(part) for part in 'abc')}, min(text), day_order FROM date_texts "
        "JOIN date_shapes USING (shape) WHERE day_order IS NOT NULL AND month = '' "
        "GROUP BY ALL ORDER BY min(text)"
    ).fetchall()
    undecided = [dates.Day(row[:3], row[3]) for row in found if row[4] == ""]
    order = given or dates.decide_order(undecided, column)
    orders = {each.shape: order for each in shapes if isinstance(each.read, Layout) and not each.read.order}
    turned = [each.shape for each in shapes if isinstance(each.read, Layout) and each.read.turns]
    if turned and (given == "ymd" or (not given and _year_first(engine))):
        orders |= dict.fromkeys(turned, "ymd")
    warnings = []
    if undecided and (any(row[4] for row in found) or _plain_ones(engine)):
        warnings.append("Some dates have the year first and others do not; check that they are right.")
    return orders, order, warnings


def _year_first(engine: Engine) -> bool:
    """Say whether dates such as 45-Jan-08 have the year first, since some first number is no day."""
    row = engine.execute(
        f"SELECT max({piece('a')}::INT), max({piece('c')}::INT) FROM date_texts "
        "JOIN date_shapes USING (shape) WHERE day_order = 'dmy' AND a_long = 2 AND c_long = 2"
    ).fetchone()
    return row is not None and row[0] is not None and row[0] > 31 and row[1] <= 31


def _plain_ones(engine: Engine) -> bool:
    row = engine.execute(f"SELECT 1 FROM raw_lines WHERE regexp_matches(date, '{_PLAIN}') LIMIT 1").fetchone()
    return row is not None


def _write(engine: Engine, shapes: Sequence[_Shape], orders: Mapping[str, str]) -> None:
    engines.values(engine, "date_shapes", _COLUMNS, [_row(each, orders) for each in shapes])


def _row(each: _Shape, orders: Mapping[str, str]) -> tuple[object, ...]:
    layout = each.read if isinstance(each.read, Layout) else Layout((NOWHERE, NOWHERE, NOWHERE), "")
    return (
        each.shape,
        each.read if isinstance(each.read, str) else None,
        each.read.a_second if isinstance(each.read, Count) else None,
        orders.get(each.shape, layout.order) if each.read is layout else None,
        f"{layout.month:02d}" if layout.month else "",
        *(number for part in layout.parts for number in part),
        *clock_row(layout.clock),
    )


def _part(letter: str) -> str:
    places = {order: "abc"[order.index(letter)] for order in dates.ORDERS}
    branches = " ".join(f"WHEN '{order}' THEN {piece(part)}" for order, part in places.items())
    return f"CASE day_order {branches} END"


def _moment() -> str:
    year = _part("y")
    month = f"CASE WHEN month <> '' THEN month ELSE {_part('m')} END"
    century = (
        f"CASE length({year}) WHEN 4 THEN '' "
        f"WHEN 2 THEN CASE WHEN ({year}) >= '{dates.PIVOT}' THEN '19' ELSE '20' END END"
    )
    day = f"CASE WHEN length({_part('d')}) <= 2 THEN {_part('d')} END"
    dated = (
        f"TRY_CAST(({century}) || ({year}) || '-' || ({month}) || '-' || ({day}) || ' ' || ({clock_sql()}) "
        f"AS TIMESTAMP) - to_minutes({shift_sql()})"
    )
    number = "TRY_CAST(replace(folded, ',', '.') AS DECIMAL(38, 10))"
    low, high = _DAYS
    days = (
        f"CASE WHEN {number} BETWEEN {low} AND {high} THEN TIMESTAMP '{_FIRST_DAY:%Y-%m-%d}' "
        f"+ to_seconds(round({number} * 86400)::BIGINT) END"
    )
    counted = f"TIMESTAMP '1970-01-01' + to_seconds(floor({number} / a_second)::BIGINT)"
    # a number that begins with a zero counts nothing
    return (
        f"CASE WHEN a_second = 0 THEN {days} WHEN a_second > 0 AND folded[1] <> '0' THEN {counted} "
        f"WHEN a_second IS NULL THEN {dated} END"
    )


_MOMENT = _moment()


def _of_zones(shapes: Sequence[_Shape]) -> list[str]:
    clocks = [each.read.clock for each in shapes if isinstance(each.read, Layout) and each.read.clock.zoned]
    named = sorted({(clock.zone, clock.offset) for clock in clocks if clock.offset})
    told = ", ".join(f"{zone} is {_offset(minutes)}" for zone, minutes in named)
    return [f"Times with a zone were turned into UTC{f' ({told})' if told else ''}."] if clocks else []


def _offset(minutes: int) -> str:
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60}{f':{abs(minutes) % 60:02d}' if minutes % 60 else ''}"


_COUNTED = {
    0: "days as a spreadsheet counts them",
    1: "seconds since 1970, in UTC",
    1_000: "milliseconds since 1970, in UTC",
    1_000_000: "microseconds since 1970, in UTC",
    1_000_000_000: "nanoseconds since 1970, in UTC",
}


def _of_counts(engine: Engine, shapes: Sequence[_Shape]) -> list[str]:
    warnings = []
    for a_second in sorted({each.read.a_second for each in shapes if isinstance(each.read, Count)}):
        row = engine.execute(
            "SELECT text, moment FROM moments JOIN date_texts USING (text) JOIN date_shapes USING (shape) "
            f"WHERE a_second = {a_second} AND moment IS NOT NULL ORDER BY text LIMIT 1"
        ).fetchone()
        if row:
            warnings.append(
                f"Dates such as {row[0]} are numbers, read as {_COUNTED[a_second]}: {row[1]:%Y-%m-%d %H:%M}."
            )
    return warnings
