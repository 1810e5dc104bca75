"""The reading of a table of customers: a row each, with recency, frequency and monetary value in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from services.core.language.messages import later, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.training.lines import engine as engines
from services.training.lines.engine import Engine
from services.training.reading.cells import decimals, line_currencies, typed
from services.training.reading.cells.ids import Ids, look_at_ids
from services.training.reading.columns.headers import CUSTOMERS, TRANSACTIONS
from services.training.reading.gathering import gather
from services.training.reading.loading import load_raw
from services.training.reading.read import report_of
from services.training.reading.report import ReadOptions, ReadReport
from services.training.reading.settling import lifetimes

_AXES = ("recency", "frequency", "monetary")
_HIGHEST = 1_000_000_000
_SPAN = r"^(-?[0-9]+) days?( [-+]?[0-9:.]+)?$"

#: SQL of what a value may not be, and the reason.
_FAULTS = {
    "recency_read < 0": later("recency is below 0"),
    "frequency_read < 1 OR frequency_read <> floor(frequency_read)": later(
        "frequency is not a whole number from 1 up"
    ),
    f"greatest(recency_read, frequency_read) > {_HIGHEST}": later("a count is above 1,000,000,000"),
    "monetary_read < 0": later("monetary is below 0"),
}


def read_customers(path: Path, engine: Engine, options: ReadOptions, scratch: Path) -> ReadReport:
    """Read a table of customers into the engine's table ``read_customers``, one row a data row.

    Parameters
    ----------
    path : Path
        CSV (also packed), Excel workbook or Parquet; told by content, not by name.
    engine : Engine
    options : ReadOptions
        What is not to be detected.
    scratch : Path
        A folder of this run.

    Returns
    -------
    ReadReport

    Raises
    ------
    Refusal
        If the file cannot be read as a whole, or can be read in two ways.

    Notes
    -----
    ``read_customers``: ``line`` BIGINT, ``customer_id``, ``country`` VARCHAR, ``recency``, ``frequency``,
    ``monetary`` DECIMAL(18,4), NULL where the cell is blank, ``row_key`` UHUGEINT (equal for rows equal in
    every cell but the id), ``opted_out`` BOOLEAN, ``churned`` INTEGER (1 yes, 0 no, −1 blank, NULL for
    another word), ``unreadable`` VARCHAR (NULL, or the reason), ``cell``
    VARCHAR (the text that the reason speaks of).
    """
    gathered = gather([path], engine, options, CUSTOMERS, scratch)
    if len(gathered.sources) > 1:
        raise Refusal(
            plural(
                "There is {n} table of customers, and one is read. Name the file, or the sheet of a workbook "
                "with --sheet.",
                "There are {n} tables of customers, and one is read. Name the file, or the sheet of a "
                "workbook with --sheet.",
                len(gathered.sources),
            ),
            "sheet",
            option="--sheet",
        )
    loaded = load_raw(gathered.sources[0], engine, options, CUSTOMERS, scratch)
    lifetimes.refuse(loaded.columns)
    _days_of_spans(engine)
    called = {axis: loaded.columns.names[loaded.columns.roles[axis]] for axis in _AXES}
    decimal, doubt = decimals.read_numbers(engine, called, options.decimal, machine_made=loaded.typed_cells)
    currency = line_currencies.currency_of_table(engine)
    lifetimes.refuse_signature(engine, loaded.columns)
    found = look_at_ids(engine, options.keep_customer, options.drop_customer, orders=False)
    rounded = _type_customers(engine, found, options.texts)
    doubts = [doubt] if doubt else []
    said = [*gathered.warnings, *loaded.warnings, *doubts, *found.warnings]
    warnings = [*said, *([_rounded(rounded)] if rounded else [])]
    # A table of customers has none of the roles of transactions but these.
    ledger = {role: role in ("customer", "country") for role in TRANSACTIONS.roles}
    ledger |= {role: role in loaded.columns.roles for role in ("country", "opted_out", "churned")}
    report = report_of(path, engine, loaded, "read_customers", decimal, None, ledger, warnings, money=None)
    return replace(report, detected=replace(report.detected, currency=currency))


def _days_of_spans(engine: Engine) -> None:
    """Write the spans that data frames write, ``12 days 06:00:00``, as days."""
    engine.execute(
        f"""UPDATE raw_lines SET recency = regexp_extract(recency, {engines.text(_SPAN)}, 1)
            || CASE WHEN regexp_matches(recency, ' [-+]?[0:.]*[1-9][0-9:.]*$') THEN '.5' ELSE '' END
        WHERE regexp_matches(recency, {engines.text(_SPAN)})"""
    )


def _rounded(rows: int) -> str:
    return plural(
        "Recency has fractions of days in {n} row; they were rounded down to whole days.",
        "Recency has fractions of days in {n} rows; they were rounded down to whole days.",
        rows,
        n=number(rows),
    )


def _type_customers(engine: Engine, ids: Ids, texts: bool) -> int:
    """Make ``read_customers``; say in how many of its rows recency was rounded down."""
    numbers = ", ".join(
        f"TRY_CAST(n_{axis}.value AS {typed.MONEY}) AS {axis}_read, n_{axis}.kind AS {axis}_kind"
        for axis in _AXES
    )
    faults = [
        *(decimals.faults_sql(axis, f"{axis}_read") for axis in _AXES),
        *(f"WHEN {test} THEN '{reason.text}'" for test, reason in _FAULTS.items()),
    ]
    engine.execute("DROP TABLE IF EXISTS read_customers")
    engine.execute(f"""
        CREATE TABLE read_customers AS
        WITH parted AS (
            SELECT raw_lines.*, {numbers}, {ids.customer_id} AS customer_id
            FROM raw_lines {decimals.joins_sql(_AXES)}
        )
        SELECT line, customer_id, country, floor(recency_read)::DECIMAL(18, 4) AS recency,
            frequency_read AS frequency, monetary_read AS monetary, row_key, {typed.OPTED_OUT} AS opted_out,
            {typed.CHURNED} AS churned,
            CASE WHEN bad IS NOT NULL THEN bad {" ".join(faults)} {ids.faults} END AS unreadable,
            {typed.blamed_sql(_AXES)} AS cell{typed.texts_sql(CUSTOMERS, texts)}
        FROM parted
    """)
    found = engine.execute(
        f"SELECT count(*) FROM raw_lines {decimals.joins_sql(['recency'])} "
        "WHERE n_recency.value <> floor(n_recency.value)"
    ).fetchone()
    engine.execute("DROP TABLE raw_lines")
    engine.execute("DROP TABLE numbers")
    return int(found[0]) if found else 0
