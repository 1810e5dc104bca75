"""From a file of any form to the table ``raw_lines``: each role's texts as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from services.core.full_disk import says_full
from services.core.language.messages import _, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.reading.archives import MAX_BYTES
from services.reading.source import Source, size_of
from services.training.lines import engine as engines
from services.training.lines.engine import Engine, EngineError, outgrows
from services.training.reading.cells import typed
from services.training.reading.cells.dates import ORDERS
from services.training.reading.columns import headers, layouts
from services.training.reading.columns.headers import Columns, Schema
from services.training.reading.files import delimited, local_encodings, workbook
from services.training.reading.files.copying import COPY_SEPARATOR, MAX_FIELD, MAX_ROWS
from services.training.reading.files.delimited import Copied, Progress
from services.training.reading.files.totals import BELOW
from services.training.reading.report import ReadOptions
from services.training.reading.settling.rows import Understood, make_lines
from services.training.reading.settling.verdicts import Told


@dataclass
class Loaded:
    """What is known once ``raw_lines`` is made.

    Attributes
    ----------
    form : str
        As ``services.reading.source.recognise`` tells it.
    columns : Columns
    rows : int
        Data rows, as lines of orders where a layout has several in a row.
    encoding, separator : str or None
        Of a text.
    warnings : list of str
    no_lines : int
        Those of the rows that are no lines of orders.
    told : Told or None
        What columns beside the roles say of the rows.
    """

    form: str
    columns: Columns
    rows: int
    encoding: str | None = None
    separator: str | None = None
    warnings: list[str] = field(default_factory=list)
    no_lines: int = 0
    told: Told | None = None

    @property
    def typed_cells(self) -> bool:
        """Whether the file itself knows numbers from texts."""
        return self.form in ("xlsx", "parquet")


def load_raw(
    source: Source,
    engine: Engine,
    options: ReadOptions,
    schema: Schema,
    scratch: Path,
    progress: Progress | None = None,
) -> Loaded:
    """Make ``raw_lines`` of a file: see ``services.training.reading.cells.typed.load``.

    Parameters
    ----------
    source : Source
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
    schema = with_layout(schema, options.layout)
    scratch.mkdir(parents=True, exist_ok=True)
    if source.form == "parquet":
        return _load_parquet(source.path, engine, options.columns, schema, scratch)
    copy = scratch / "rows.csv"
    reader = workbook if source.form == "xlsx" else delimited
    try:
        copied = reader.copy_rows(source, options, schema, copy, progress)
        with local_encodings.doubted(copied.encoding, options):
            found = _load_copy(engine, copy, copied, schema)
    finally:
        copy.unlink(missing_ok=True)
    warnings = [*copied.warnings, *found.remarks]
    return Loaded(
        source.form,
        found.columns,
        found.lines,
        copied.encoding,
        copied.separator,
        warnings,
        found.no_lines,
        found.told,
    )


def look_at(
    source: Source, engine: Engine, options: ReadOptions, schema: Schema, scratch: Path
) -> tuple[Columns, int]:
    """Give the columns of a table without reading it, and how large it is among others of its form.

    Raises
    ------
    Refusal
        If it cannot be read, or its columns do not do.
    """
    schema = with_layout(schema, options.layout)
    if source.form == "xlsx":
        return workbook.look_at(source, options, schema)
    if source.form == "parquet":
        with linked(source.path, scratch) as link:
            names = [name for name, _type in engines.parquet_columns(engine, link)]
            return headers.match(names, options.columns, schema), engines.parquet_size(engine, link)[1]
    return delimited.look_at(source, options, schema), size_of(source)


def _check(options: ReadOptions) -> None:
    if options.date_order not in (None, *ORDERS):
        raise Refusal(
            _("The date order must be one of {orders}.", orders=", ".join(ORDERS)),
            "date_order",
            option="--date-order",
            choices=ORDERS,
        )
    if options.decimal not in (None, ".", ","):
        raise Refusal(
            _("The decimal sign must be a point or a comma."),
            "decimal",
            option="--decimal",
            choices=(".", ","),
        )


def with_layout(schema: Schema, wanted: str | None) -> Schema:
    """Give a schema the layouts that are looked for: the one that is wanted, none, or all that are known."""
    if wanted is None:
        return schema
    if wanted.lower() == layouts.NO_LAYOUT:
        return replace(schema, layouts=())
    return replace(schema, layouts=(layouts.load(wanted),), forced=True)


def _load_copy(engine: Engine, copy: Path, copied: Copied, schema: Schema) -> Understood:
    cells = [f"c{number}" for number in range(len(copied.columns.names))]
    origin = engines.from_copy(copy, COPY_SEPARATOR, ["line", "bad", "odd", *cells])
    bad = "bad"
    if copied.totals:
        lines = ", ".join(f"'{line}'" for line in copied.totals)
        bad = f"CASE WHEN line IN ({lines}) THEN '{BELOW}' ELSE bad END"
    found = make_lines(engine, origin, typed.Row("line", bad, "odd <> ''", cells), copied.columns, schema)
    if found.rows != copied.rows:
        raise RuntimeError(f"{copied.rows} rows were copied and {found.rows} loaded")
    return found


@contextmanager
def linked(path: Path, scratch: Path) -> Iterator[Path]:
    """Give a Parquet file under a name of ours, since the engine reads * and [ in a name as a pattern."""
    scratch.mkdir(parents=True, exist_ok=True)
    link = scratch / "rows.parquet"
    link.unlink(missing_ok=True)
    link.symlink_to(path.resolve())
    try:
        yield link
    except EngineError as error:
        if says_full(error) or outgrows(error):
            raise
        raise Refusal(_("The Parquet file is damaged or incomplete. Save it again."), "file") from error
    finally:
        link.unlink(missing_ok=True)


def _load_parquet(
    path: Path, engine: Engine, given: Mapping[str, str | int], schema: Schema, scratch: Path
) -> Loaded:
    with linked(path, scratch) as link:
        rows, size = engines.parquet_size(engine, link)
        if rows > MAX_ROWS or size > MAX_BYTES:
            raise Refusal(
                plural(
                    "The file holds {n} row, or unpacks to over 4 GB. Split it.",
                    "The file holds {n} rows, or unpacks to over 4 GB. Split it.",
                    rows,
                    n=number(rows),
                ),
                "file",
            )
        if not rows:
            raise Refusal(_("The file has columns and no data rows."), "file")
        types = engines.parquet_columns(engine, link)
        columns = headers.match([name for name, _type in types], given, schema)
        cells = [f"c{number}" for number in range(len(types))]
        texts = [
            f"{_as_text(name, type_)} AS {cell}" for cell, (name, type_) in zip(cells, types, strict=True)
        ]
        # in steps, so that no cell is made or looked at twice
        origin = (
            f"(SELECT *, CASE WHEN odd OR length(joined) > {MAX_FIELD} THEN {typed.bad_cells_sql(cells)} "
            f"ELSE '' END AS bad FROM (SELECT *, regexp_matches(joined, '[^ -~]') AS odd "
            f"FROM (SELECT *, concat({', '.join(cells)}) AS joined "
            f"FROM (SELECT file_row_number, {', '.join(texts)} FROM {engines.from_parquet(link)}))))"
        )
        row = typed.Row("file_row_number + 1", "bad", "odd", cells)
        found = make_lines(engine, origin, row, columns, schema)
    return Loaded(
        "parquet",
        found.columns,
        found.lines,
        warnings=found.remarks,
        no_lines=found.no_lines,
        told=found.told,
    )


def _as_text(name: str, type_: str) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    text = f"coalesce({quoted}::VARCHAR, '')"
    # a whole number in a column of floats has no decimals of its own
    text = f"regexp_replace({text}, '\\.0$', '')" if type_ in ("DOUBLE", "FLOAT") else text
    # with three decimals a number could be taken for thousands
    typed_number = type_ in ("DOUBLE", "FLOAT") or type_.startswith("DECIMAL")
    return f"regexp_replace({text}, '(\\.[0-9]{{3}})$', '\\10')" if typed_number else text
