"""The reading of one file, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from services.core.refusals import Refusal
from services.training.lines import engine as engines
from services.training.lines.engine import Engine, EngineError
from services.training.reading import delimited, headers, source, typed, workbook
from services.training.reading.copying import COPY_SEPARATOR, MAX_ROWS
from services.training.reading.dates import ORDERS
from services.training.reading.decoding import find_decoding
from services.training.reading.delimited import Progress
from services.training.reading.headers import Columns
from services.training.reading.report import Detected, ReadOptions, ReadReport, Unreadable

_EXAMPLES = 20


@dataclass
class _Loaded:
    """What is known once ``raw_lines`` is made."""

    columns: Columns
    rows: int
    encoding: str | None = None
    separator: str | None = None
    warnings: list[str] = field(default_factory=list)


def read_file(
    path: Path, engine: Engine, options: ReadOptions, scratch: Path, progress: Progress | None = None
) -> ReadReport:
    """Read a file of transactions into the engine's table ``read_lines``, one row a data row.

    Parameters
    ----------
    path : Path
        CSV (also packed), Excel workbook or Parquet; told by content, not by name.
    engine : Engine
        From `services.training.lines.engine.open_engine`.
    options : ReadOptions
        What is not to be detected.
    scratch : Path
        A folder of this run, for a copy of the rows that is removed again.
    progress : callable, optional
        Is told the share of the file that was read, from 0 to 1.

    Returns
    -------
    ReadReport
        What was detected, and examples of what could not be read.

    Raises
    ------
    Refusal
        If the file cannot be read as a whole, or can be read in two ways; the field is the name of
        the option that would decide, or ``file``.

    Notes
    -----
    ``read_lines``: ``line`` BIGINT (physical line where the row starts; row of the sheet; row of a
    Parquet file from 1), ``customer_id``, ``invoice``, ``product``, ``description``, ``country``
    VARCHAR, ``bought_at`` TIMESTAMP, ``quantity``, ``price``, ``amount`` DECIMAL(18,4), ``row_key``
    UHUGEINT (equal for rows equal in every cell), ``unreadable`` VARCHAR (NULL, or the reason).
    A blank invoice is made of the customer and the moment.
    """
    _check(options)
    form = source.recognise(path)
    scratch.mkdir(parents=True, exist_ok=True)
    if form == "parquet":
        loaded = _load_parquet(path, engine, options.columns, scratch)
    elif form == "xlsx":
        loaded = _load_workbook(path, engine, options.columns, scratch, progress)
    else:
        loaded = _load_text(path, form, engine, options, scratch, progress)
    roles = loaded.columns.roles
    typed_cells = form in ("xlsx", "parquet")
    order, remarks = typed.order_of_dates(engine, options.date_order)
    decimal, doubt = (
        (options.decimal, None) if options.decimal else typed.sign_of_decimals(engine, typed_cells)
    )
    typed.type_lines(engine, roles, order, decimal or ".", serials=form == "xlsx")
    if progress:
        progress(1.0)
    unreadable, examples = _unreadable(engine)
    if unreadable == loaded.rows:
        raise Refusal(
            f"None of the {loaded.rows:,} rows can be read. Line {examples[0].line}: {examples[0].reason}.",
            "file",
        )
    return ReadReport(
        form=form,
        name=path.name,
        sha256=source.digest(path),
        bytes=path.stat().st_size,
        rows=loaded.rows,
        unreadable=unreadable,
        detected=Detected(
            encoding=loaded.encoding,
            separator=loaded.separator,
            decimal=decimal or ".",
            date_order=order,
            columns={role: loaded.columns.names[place] for role, place in roles.items()},
            ignored=loaded.columns.ignored,
        ),
        ledger={role: role in roles for role in headers.ROLES},
        warnings=loaded.warnings + remarks + ([doubt] if doubt else []),
        examples=examples,
    )


def _check(options: ReadOptions) -> None:
    if options.date_order not in (None, *ORDERS):
        raise Refusal(f"The date order must be one of {', '.join(ORDERS)}.", "date_order")
    if options.decimal not in (None, ".", ","):
        raise Refusal("The decimal sign must be a point or a comma.", "decimal")


def _load_text(
    path: Path, form: str, engine: Engine, options: ReadOptions, scratch: Path, progress: Progress | None
) -> _Loaded:
    decoding = find_decoding(path, form, options.encoding)
    separator = delimited.find_separator(path, form, decoding, options.separator)
    copy = scratch / "rows.csv"
    try:
        columns, rows = delimited.copy_rows(path, form, decoding, separator, options.columns, copy, progress)
        _load_copy(engine, copy, columns, rows)
    finally:
        copy.unlink(missing_ok=True)
    warnings = [decoding.warning] if decoding.warning else []
    return _Loaded(columns, rows, decoding.encoding, separator, warnings)


def _load_workbook(
    path: Path, engine: Engine, given: Mapping[str, str | int], scratch: Path, progress: Progress | None
) -> _Loaded:
    copy = scratch / "rows.csv"
    try:
        columns, rows, sheet = workbook.copy_rows(path, given, copy, progress)
        _load_copy(engine, copy, columns, rows)
    finally:
        copy.unlink(missing_ok=True)
    return _Loaded(columns, rows, warnings=[f"The sheet {sheet!r} was read."] if sheet else [])


def _load_copy(engine: Engine, copy: Path, columns: Columns, rows: int) -> None:
    cells = [f"c{number}" for number in range(len(columns.names))]
    origin = engines.from_copy(copy, COPY_SEPARATOR, ["line", "bad", "odd", *cells])
    typed.load(engine, origin, typed.Row("line", "bad", "odd <> ''", cells), columns.roles)
    found = engine.execute("SELECT count(*) FROM raw_lines").fetchone()
    if found != (rows,):
        raise RuntimeError(f"{rows} rows were copied and {found} loaded")


def _load_parquet(path: Path, engine: Engine, given: Mapping[str, str | int], scratch: Path) -> _Loaded:
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
        columns = headers.match([name for name, _type in types], given)
        cells = [_as_text(name, type_) for name, type_ in types]
        row = typed.Row("file_row_number + 1", f"({typed.bad_cells_sql(cells)})", "true", cells)
        typed.load(engine, engines.from_parquet(link), row, columns.roles)
    except EngineError as error:
        raise Refusal("The Parquet file is damaged or incomplete. Save it again.", "file") from error
    finally:
        link.unlink(missing_ok=True)
    return _Loaded(columns, rows)


def _as_text(name: str, type_: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    text = f"coalesce({quoted}::VARCHAR, '')"
    # a whole number in a column of floats has no decimals of its own
    return f"regexp_replace({text}, '\\.0$', '')" if type_ in ("DOUBLE", "FLOAT") else text


def _unreadable(engine: Engine) -> tuple[int, list[Unreadable]]:
    count = engine.execute("SELECT count(unreadable) FROM read_lines").fetchone()
    found = engine.execute(
        "SELECT line, unreadable FROM read_lines WHERE unreadable IS NOT NULL "
        f"QUALIFY row_number() OVER (PARTITION BY unreadable ORDER BY line) <= {_EXAMPLES} ORDER BY line"
    ).fetchall()
    return (count[0] if count else 0), [Unreadable(line, reason) for line, reason in found]
