"""The engine of the bulk work: the only module that names DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw

from services.core.full_disk import says_full
from services.core.language.messages import _
from services.core.language.written import number
from services.core.refusals import Refusal

#: A connection, for the modules that pass one on.
Engine = duckdb.DuckDBPyConnection

#: What the engine raises when it cannot do what it is told.
EngineError = duckdb.Error

#: 100 columns of 10,000 characters of up to 4 bytes.
MAX_LINE_BYTES = 4_200_000

#: Bound of an engine's buffers, in megabytes, where nobody sets another.
MEMORY_MB = 750


def open_engine(folder: Path, memory_mb: int = MEMORY_MB) -> Engine:
    """Open an engine whose tables live in memory, and on disk as far as they outgrow it.

    A file of tables would be compressed and written as a whole, which takes as long as all the rest.

    Parameters
    ----------
    folder : Path
        A scratch folder of this run; what the engine spills is written there.
    memory_mb : int
        Bound of the engine's buffers, in megabytes. The process needs some 200 MB beside them.

    Returns
    -------
    Engine
        To be closed by the caller.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return duckdb.connect(
        ":memory:",
        config={
            "memory_limit": f"{memory_mb}MB",
            "threads": 2,
            "temp_directory": str(folder / "spilled"),
            # no result may depend on the order of rows, and keeping it costs memory
            "preserve_insertion_order": False,
            # nothing is ever fetched from a network
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )


@contextmanager
def opened_engine(folder: Path, memory_mb: int = MEMORY_MB) -> Iterator[Engine]:
    """Give an engine, and close it.

    Parameters
    ----------
    folder, memory_mb
        As ``open_engine`` takes them.

    Raises
    ------
    Refusal
        If something does not fit the engine's memory, whatever it spills.
    """
    with open_engine(folder, memory_mb) as engine:
        try:
            yield engine
        except EngineError as error:
            if not outgrows(error):
                raise
            raise Refusal(
                _(
                    "Reading this needs more memory than it is allowed, {n} MB. Set ENGINE_MEMORY_MB to "
                    "more, then start again.",
                    n=number(memory_mb),
                )
            ) from error


def outgrows(error: EngineError) -> bool:
    """Return whether an error says that the engine's own bound of memory is reached, and not the disk's."""
    of_memory = isinstance(error, duckdb.OutOfMemoryException) and " used)" in str(error)
    return of_memory and not says_full(error)


def text(value: str) -> str:
    """Quote ``value`` as a text literal of SQL."""
    return "'" + value.replace("'", "''") + "'"


def values(engine: Engine, name: str, columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Make a small table of rows that Python knows; one of the same name is replaced.

    Parameters
    ----------
    engine : Engine
    name : str
    columns : mapping
        Names to types of SQL, in the order of the rows' values.
    rows : sequence of tuple
        Some thousands at most.
    """
    types = ", ".join(f"{column} {type_}" for column, type_ in columns.items())
    # one list of structs: a statement a row takes a hundred times as long
    listed = [dict(zip(columns, row, strict=True)) for row in rows]
    engine.execute(
        f"CREATE OR REPLACE TABLE {name} AS SELECT unnest(?::STRUCT({types})[], recursive := true)", [listed]
    )


def from_copy(path: Path, separator: str, columns: list[str]) -> str:
    """Give the FROM clause for a canonical copy: UTF-8, LF, no header, every cell a text.

    Parameters
    ----------
    path : Path
        The copy.
    separator : str
        One character.
    columns : list of str
        Names for its columns, in order. An empty cell is an empty text, never NULL.

    Returns
    -------
    str
        SQL, to stand behind ``FROM``.
    """
    types = ", ".join(f"{text(name)}: 'VARCHAR'" for name in columns)
    names = ", ".join(text(name) for name in columns)
    return (
        f"read_csv({text(str(path))}, auto_detect=false, header=false, delim={text(separator)}, "
        "quote='\"', escape='\"', "
        f"new_line='\\n', encoding='utf-8', strict_mode=true, max_line_size={MAX_LINE_BYTES}, "
        f"columns={{{types}}}, force_not_null=[{names}])"
    )


def write_sorted(engine: Engine, copy: Path, width: int, target: Path) -> None:
    """Write the rows of a canonical copy in an order that depends on them alone.

    Parameters
    ----------
    engine : Engine
    copy : Path
        Cells separated by commas.
    width : int
        Its columns.
    target : Path
        Separated by commas, without a header.
    """
    columns = [f"c{place}" for place in range(width)]
    cells = ", ".join(f"nullif({name}, '') AS {name}" for name in columns)
    engine.execute("SET preserve_insertion_order = true")
    engine.execute(
        f"COPY (SELECT {cells} FROM {from_copy(copy, ',', columns)} ORDER BY ALL) "
        f"TO {text(str(target))} (FORMAT csv, HEADER false)"
    )


def from_parquet(path: Path) -> str:
    """Give the FROM clause for a Parquet file, with ``file_row_number`` counted from 0."""
    return f"read_parquet({text(str(path))}, file_row_number=true)"


def parquet_columns(engine: Engine, path: Path) -> list[tuple[str, str]]:
    """Name the columns of a Parquet file with their types, in the file's order."""
    found = engine.execute(f"DESCRIBE SELECT * FROM read_parquet({text(str(path))})").fetchall()
    return [(str(row[0]), str(row[1])) for row in found]


def parquet_size(engine: Engine, path: Path) -> tuple[int, int]:
    """Rows and unpacked bytes that a Parquet file declares."""
    name = text(str(path))
    rows = engine.execute(f"SELECT coalesce(sum(num_rows), 0) FROM parquet_file_metadata({name})").fetchone()
    size = engine.execute(
        f"SELECT coalesce(sum(total_uncompressed_size), 0) FROM parquet_metadata({name})"
    ).fetchone()
    return int(rows[0]) if rows else 0, int(size[0]) if size else 0


def table(engine: Engine, name: str) -> nw.LazyFrame:
    """Return a table of the engine as a lazy frame."""
    return nw.from_native(engine.table(name))


def streamed(engine: Engine, frame: nw.LazyFrame, portion: int = 1_000) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a lazy frame, however many, a portion at a time; the engine is busy meanwhile."""
    found = engine.execute(frame.to_native().sql_query())
    while rows := found.fetchmany(portion):
        yield from rows


def materialise(engine: Engine, frame: nw.LazyFrame, name: str) -> nw.LazyFrame:
    """Compute a lazy frame once, keep it as the table ``name``, and return that."""
    frame.to_native().create(name)
    return table(engine, name)
