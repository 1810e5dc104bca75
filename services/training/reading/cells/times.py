"""From the texts of a column of times to seconds of the day, in the engine."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.reading.cells import date_words as words
from services.training.reading.cells import moments, texts
from services.training.reading.cells.clocks import Clock, clock_at
from services.training.reading.cells.date_forms import Layout, layout_of
from services.training.reading.cells.engine_clocks import CLOCK_COLUMNS, clock_row, clock_sql, shift_sql

#: Share of the cells that have to be times for a column to be one of times.
_MOST = 0.5

_NUMBER = re.compile("0{1,6}")
_PART_OF_DAY = re.compile("0[.,]0+")

#: SQL of the seconds that bare digits mean, by how many digits the column's longest have.
_HOURS = "CASE WHEN number < 24 THEN number * 3600 END"
_HOURS_MINUTES = (
    "CASE WHEN number < 2400 AND number % 100 < 60 THEN number // 100 * 3600 + number % 100 * 60 END"
)
_HOURS_MINUTES_SECONDS = (
    "CASE WHEN number < 240000 AND number // 100 % 100 < 60 AND number % 100 < 60 "
    "THEN number // 10000 * 3600 + number // 100 % 100 * 60 + number % 100 END"
)
_BARE = {1: _HOURS, 2: _HOURS, 3: _HOURS_MINUTES, 4: _HOURS_MINUTES}

#: SQL that joins ``raw_lines`` to ``times``.
JOIN = "LEFT JOIN times ON times.text = raw_lines.time"


def read_times(engine: Engine) -> list[str]:
    """Make ``times``: every different text of ``raw_lines.time`` and the seconds of the day that it is.

    Parameters
    ----------
    engine : Engine
        Where ``raw_lines`` and ``moments`` are.

    Returns
    -------
    list of str
        Why the column was left aside; then ``times`` is empty and the texts in ``raw_lines`` are gone.

    Notes
    -----
    ``times``: ``text`` VARCHAR, ``seconds`` BIGINT; less the zone's where the text names one, so that it may
    be below 0 or beyond a day.
    """
    engine.execute("DROP TABLE IF EXISTS time_texts")
    engine.execute(f"""
        CREATE TABLE time_texts AS SELECT *, {texts.shape_sql("folded")} AS shape FROM (
            SELECT time AS text, count(*) AS rows, {texts.folded_sql("time")} AS folded
            FROM raw_lines WHERE time IS NOT NULL GROUP BY time)
    """)
    shapes = [
        row[0]
        for row in engine.execute(
            "SELECT shape FROM time_texts WHERE shape IS NOT NULL GROUP BY shape "
            f"ORDER BY sum(rows) DESC, shape LIMIT {texts.MOST_SHAPES}"
        ).fetchall()
    ]
    _write(engine, shapes)
    remark = _why_not(engine)
    if remark:
        engine.execute("UPDATE raw_lines SET time = NULL")
        engine.execute("DELETE FROM times")
    engine.execute("DROP TABLE time_texts")
    engine.execute("DROP TABLE time_shapes")
    return [remark] if remark else []


def _write(engine: Engine, shapes: Sequence[str]) -> None:
    rows = [
        (shape, "clock", *clock_row(clock)) if clock else (shape, kind, *clock_row(Clock()))
        for shape in shapes
        for clock, kind in [_read(shape)]
        if clock or kind
    ]
    engines.values(engine, "time_shapes", {"shape": "VARCHAR", "kind": "VARCHAR"} | CLOCK_COLUMNS, rows)
    longest = max((len(shape) for shape in shapes if _NUMBER.fullmatch(shape)), default=0)
    engine.execute("DROP TABLE IF EXISTS times")
    clock = f"epoch(TRY_CAST('1970-01-01 ' || {clock_sql()} AS TIMESTAMP))::BIGINT"
    engine.execute(f"""
        CREATE TABLE times AS
        SELECT text, rows, CASE kind
            WHEN 'clock' THEN {clock} - 60 * ({shift_sql()})
            WHEN 'part' THEN round(TRY_CAST(replace(folded, ',', '.') AS DOUBLE) * 86400)::BIGINT
            ELSE {_BARE.get(longest, _HOURS_MINUTES_SECONDS)} END AS seconds
        FROM (SELECT *, TRY_CAST(folded AS BIGINT) AS number FROM time_texts JOIN time_shapes USING (shape))
        WHERE kind <> 'part' OR folded[1] = '0'
    """)


def _read(shape: str) -> tuple[Clock | None, str]:
    if _NUMBER.fullmatch(shape):
        return None, "bare"
    if _PART_OF_DAY.fullmatch(shape):
        return None, "part"
    if found := clock_at(shape, 0):
        rest = shape[found[1] :].strip(" .")
        if not rest or words.is_filler(rest):
            return found[0], ""
    layout = layout_of(shape)
    return (layout.clock, "") if isinstance(layout, Layout) and layout.clock.hour[1] else (None, "")


def _why_not(engine: Engine) -> str | None:
    row = engine.execute(
        "SELECT coalesce(sum(rows), 0), (SELECT coalesce(sum(rows), 0) FROM time_texts) "
        "FROM times WHERE seconds IS NOT NULL"
    ).fetchone()
    times, cells = row or (0, 0)
    if times < _MOST * cells:
        return "The time column also holds other things and was ignored; only the date column was read."
    own = engine.execute(
        f"SELECT 1 FROM (SELECT {moments.READ} AS day FROM raw_lines {moments.JOIN} WHERE time IS NOT NULL) "
        "WHERE day <> date_trunc('day', day) LIMIT 1"
    ).fetchone()
    return "The dates have times of their own, so the time column was ignored." if own else None
