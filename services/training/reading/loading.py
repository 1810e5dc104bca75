"""From a file of any form to the table ``raw_lines``: each role's texts as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from services.core.full_disk import says_full
from services.core.refusals import Refusal
from services.training.lines import engine as engines
from services.training.lines.engine import Engine, EngineError
from services.training.reading.cells import typed
from services.training.reading.cells.dates import ORDERS
from services.training.reading.columns import headers, layouts
from services.training.reading.columns.headers import Columns, Schema
from services.training.reading.files import delimited, source, workbook
from services.training.reading.files.copying import COPY_SEPARATOR, MAX_ROWS
from services.training.reading.files.decoding import find_decoding
from services.training.reading.files.delimited import Progress
from services.training.reading.report import ReadOptions
from services.training.reading.settling.rows import Understood, make_lines


@dataclass
class Loaded:
    """What is known once ``raw_lines`` is made.

    Attributes
    ----------
    form : str
        As ``services.training.reading.files.source.recognise`` tells it.
    columns : Columns
    rows : int
        Data rows, as lines of orders where a layout has several in a row.
    encoding, separator : str or None
        Of a text.
    warnings : list of str
    """

    form: str
    columns: Columns
    rows: int
    encoding: str | None = None
    separator: str | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def typed_cells(self) -> bool:
        """Whether the file itself knows numbers from texts."""
        return self.form in ("xlsx", "parquet")


def load_raw(
    path: Path,
    engine: Engine,
    options: ReadOptions,
    schema: Schema,
    scratch: Path,
    progress: Progress | None = None,
) -> Loaded:
    """Make ``raw_lines`` of a file: see ``services.training.reading.cells.typed.load``.

    Parameters
    ----------
    path : Path
    engine : Engine
    options : ReadOptions
    schema : Schema
        What its columns may be.
    scratch : Path
        A folder of this run, made if it is not there; the copy in it is removed again.
    progress : callable, optional
        Is told the share of the file that was read, from 0 to 1.

    Raises
    ------
    Refusal
        If the file cannot be read as a whole, or an option is none.
    """
    _check(options)
    form = source.recognise(path)
    schema = _with_layout(schema, options.layout)
    scratch.mkdir(parents=True, exist_ok=True)
    if form == "parquet":
        return _load_parquet(path, engine, options.columns, schema, scratch)
    if form == "xlsx":
        return _load_workbook(path, engine, options.columns, schema, scratch, progress)
    return _load_text(path, form, engine, options, schema, scratch, progress)


def _check(options: ReadOptions) -> None:
    if options.date_order not in (None, *ORDERS):
        raise Refusal(
            f"The date order must be one of {', '.join(ORDERS)}.",
            "date_order",
            option="--date-order",
            choices=ORDERS,
        )
    if options.decimal not in (None, ".", ","):
        raise Refusal(
            "The decimal sign must be a point or a comma.", "decimal", option="--decimal", choices=(".", ",")
        )


def _with_layout(schema: Schema, wanted: str | None) -> Schema:
    if wanted is None:
        return schema
    if wanted.lower() == layouts.NO_LAYOUT:
        return replace(schema, layouts=())
    return replace(schema, layouts=(layouts.load(wanted),), forced=True)


def _load_text(
    path: Path,
    form: str,
    engine: Engine,
    options: ReadOptions,
    schema: Schema,
    scratch: Path,
    progress: Progress | None,
) -> Loaded:
    decoding = find_decoding(path, form, options.encoding)
    separator = delimited.find_separator(path, form, decoding, options.separator, schema)
    copy = scratch / "rows.csv"
    try:
        columns, rows = delimited.copy_rows(
            path, form, decoding, separator, options.columns, schema, copy, progress
        )
        found = _load_copy(engine, copy, columns, rows, schema)
    finally:
        copy.unlink(missing_ok=True)
    warnings = [*([decoding.warning] if decoding.warning else []), *found.remarks]
    return Loaded(form, found.columns, found.lines, decoding.encoding, separator, warnings)


def _load_workbook(
    path: Path,
    engine: Engine,
    given: Mapping[str, str | int],
    schema: Schema,
    scratch: Path,
    progress: Progress | None,
) -> Loaded:
    copy = scratch / "rows.csv"
    try:
        columns, rows, sheet = workbook.copy_rows(path, given, schema, copy, progress)
        found = _load_copy(engine, copy, columns, rows, schema)
    finally:
        copy.unlink(missing_ok=True)
    warnings = [*([f"The sheet {sheet!r} was read."] if sheet else []), *found.remarks]
    return Loaded("xlsx", found.columns, found.lines, warnings=warnings)


def _load_copy(engine: Engine, copy: Path, columns: Columns, rows: int, schema: Schema) -> Understood:
    cells = [f"c{number}" for number in range(len(columns.names))]
    origin = engines.from_copy(copy, COPY_SEPARATOR, ["line", "bad", "odd", *cells])
    found = make_lines(engine, origin, typed.Row("line", "bad", "odd <> ''", cells), columns, schema)
    if found.rows != rows:
        raise RuntimeError(f"{rows} rows were copied and {found.rows} loaded")
    return found


def _load_parquet(
    path: Path, engine: Engine, given: Mapping[str, str | int], schema: Schema, scratch: Path
) -> Loaded:
    # under a name of ours, since the engine reads * and [ in a name as a pattern
    link = scratch / "rows.parquet"
    link.unlink(missing_ok=True)
    link.symlink_to(path.resolve())
    try:
        rows, size = engines.parquet_size(engine, link)
        if rows > MAX_ROWS or size > source.MAX_BYTES:
            raise Refusal(f"The file holds {rows:,} rows, or unpacks to over 4 GB. Split it.", "file")
        if not rows:
            raise Refusal("The file has columns and no data rows.", "file")
        types = engines.parquet_columns(engine, link)
        columns = headers.match([name for name, _type in types], given, schema)
        cells = [_as_text(name, type_) for name, type_ in types]
        row = typed.Row("file_row_number + 1", f"({typed.bad_cells_sql(cells)})", "true", cells)
        found = make_lines(engine, engines.from_parquet(link), row, columns, schema)
    except EngineError as error:
        if says_full(error):
            raise
        raise Refusal("The Parquet file is damaged or incomplete. Save it again.", "file") from error
    finally:
        link.unlink(missing_ok=True)
    return Loaded("parquet", found.columns, found.lines, warnings=found.remarks)


def _as_text(name: str, type_: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    text = f"coalesce({quoted}::VARCHAR, '')"
    # a whole number in a column of floats has no decimals of its own
    return f"regexp_replace({text}, '\\.0$', '')" if type_ in ("DOUBLE", "FLOAT") else text
