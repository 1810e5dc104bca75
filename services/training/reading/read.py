"""The reading of files of transactions, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from services.core.refusals import Refusal
from services.reading import source
from services.reading.source import Source
from services.training.lines.engine import Engine
from services.training.reading import unreadable
from services.training.reading.cells import decimals, line_currencies, moments, times, typed
from services.training.reading.cells.ids import look_at_ids
from services.training.reading.columns.headers import TRANSACTIONS
from services.training.reading.files.delimited import Progress
from services.training.reading.gathering import digest_of, gather
from services.training.reading.loading import Loaded, load_raw
from services.training.reading.report import Detected, FileRead, ReadOptions, ReadReport
from services.training.reading.settling import cents, documents, guests, order_sums, reductions
from services.training.reading.settling import money as monies
from services.training.reading.several import read_together

AMOUNT, MADE = "amount", "quantity × price"


def read_files(
    paths: Sequence[Path],
    engine: Engine,
    options: ReadOptions,
    scratch: Path,
    progress: Progress | None = None,
) -> ReadReport:
    """Read files of transactions into the engine's table ``read_lines``, one row a data row.

    Parameters
    ----------
    paths : sequence of Path
        CSV (also packed), Excel workbooks, Parquet, told by content, not by name; and folders of them.
    engine : Engine
        From `services.training.lines.engine.open_engine`.
    options : ReadOptions
        What is not to be detected.
    scratch : Path
        A folder of this run, for a copy of the rows that is removed again.
    progress : callable, optional
        Is told the share of the files that was read, from 0 to 1.

    Returns
    -------
    ReadReport
        What was detected, and examples of what could not be read.

    Raises
    ------
    Refusal
        If a file cannot be read as a whole, or can be read in two ways; the field is the name of
        the option that would decide, or ``file``.

    Notes
    -----
    ``read_lines``: ``line`` BIGINT (physical line where the row starts; row of the sheet; row of a
    Parquet file from 1; of the n-th further table from n times ``LINES_OF_A_FILE``), ``customer_id``,
    ``invoice``, ``product``, ``description``, ``country``, ``status``, ``currency``, ``email`` VARCHAR,
    ``bought_at`` TIMESTAMP, ``quantity``, ``amount`` DECIMAL(18,4), ``price`` DECIMAL(20,10), ``row_key``
    UHUGEINT (equal for rows equal in every cell), ``unreadable`` VARCHAR (NULL, or the reason), ``cell``
    VARCHAR (the text that the reason speaks of), ``opted_out`` BOOLEAN, ``refunded`` DECIMAL(18,4); where
    several tables were read ``file`` VARCHAR, which it stands in, and ``overlap`` BOOLEAN, whether a later
    one has the line, too. ``invoice`` is NULL where the file names none. Where ``options.texts`` also
    ``texts`` VARCHAR[]: see
    ``services.training.reading.cells.typed.texts_sql``.
    """
    gathered = gather(paths, engine, options, TRANSACTIONS, scratch)
    tables = gathered.sources
    done = 0

    def read(table: Source, told: ReadOptions) -> ReadReport:
        nonlocal done
        report = _read(
            table, engine, told.of(table.path), scratch, progress and (lambda share: progress(part(share)))
        )
        done += 1
        return report

    def part(share: float) -> float:
        return min((done + share) / len(tables), 1.0)

    report = read(tables[0], options) if len(tables) == 1 else read_together(tables, engine, options, read)
    currency = line_currencies.settle_currency(engine, options.only_currency)
    report = replace(report, detected=replace(report.detected, currency=currency))
    report.warnings[:0] = gathered.warnings
    report.warnings.extend(guests.stand_in(engine, report))
    # what was left out of a folder counts, too, so that it is looked at again where it changed
    return replace(report, sha256=digest_of(paths)) if any(path.is_dir() for path in paths) else report


def _read(
    table: Source, engine: Engine, options: ReadOptions, scratch: Path, progress: Progress | None
) -> ReadReport:
    loaded = load_raw(table, engine, options, TRANSACTIONS, scratch, progress)
    layout = loaded.columns.layout
    given = options.date_order or (layout.date_order if layout else None)
    workbook = loaded.form == "xlsx"
    called = {role: loaded.columns.names[place] for role, place in loaded.columns.roles.items()}
    order, remarks = moments.read_moments(engine, called["date"], given, machine_made=workbook)
    remarks += times.read_times(engine)
    remarks += cents.settle_cents(engine, loaded.columns)
    refunded = loaded.told.refunded if loaded.told else None
    numbers = {role: called.get(role, role) for role in typed.NUMBERS}
    numbers |= monies.further_numbers(loaded.columns) | ({"refunded": refunded} if refunded else {})
    decimal, doubt = decimals.read_numbers(engine, numbers, options.decimal, machine_made=loaded.typed_cells)
    order_sums.keep(engine, before := loaded.columns)
    loaded.columns, decided = monies.settle_money(engine, loaded.columns, TRANSACTIONS)
    ids = look_at_ids(engine, options.keep_customer, options.drop_customer)
    roles = loaded.columns.roles
    line_currencies.read_currencies(engine, "amount" if "amount" in roles else "price")
    discount, reduced = reductions.settle_discount(engine, loaded.columns)
    typed.type_lines(engine, roles, ids, discount, options.texts, refunded is not None)
    decided += order_sums.settle(engine, before, loaded.columns)
    if progress:
        progress(1.0)
    warnings = loaded.warnings + remarks + ([doubt] if doubt else []) + decided + ids.warnings + reduced
    if loaded.told and loaded.told.returned:
        warnings += documents.said_of_documents(engine, loaded.told.returned, loaded.columns)
    ledger = {role: role in loaded.columns.roles for role in TRANSACTIONS.roles}
    money = AMOUNT if ledger["amount"] else f"{MADE} − discount" if discount else MADE
    return report_of(table.path, engine, loaded, "read_lines", decimal, order, ledger, warnings, money)


def report_of(
    path: Path,
    engine: Engine,
    loaded: Loaded,
    table: str,
    decimal: str,
    date_order: str | None,
    ledger: dict[str, bool],
    warnings: list[str],
    money: str | None,
) -> ReadReport:
    """Say what was read into the engine's ``table`` and how.

    Raises
    ------
    Refusal
        If no row could be read.
    """
    layout = loaded.columns.layout
    columns = {role: loaded.columns.names[place] for role, place in loaded.columns.roles.items()}
    reasons, examples = unreadable.found(engine, table, columns)
    if (lost := sum(reasons.values())) == loaded.rows - loaded.no_lines and lost:
        sentence = unreadable.nothing_can_be_read(loaded.rows, examples[0], loaded.form)
        raise Refusal(sentence, "file", option="--columns")
    file = FileRead(path.name, source.digest(path), path.stat().st_size, loaded.rows)
    return ReadReport(
        form=loaded.form,
        name=file.name,
        sha256=file.sha256,
        bytes=file.bytes,
        rows=loaded.rows,
        unreadable=lost,
        detected=Detected(
            encoding=loaded.encoding,
            separator=loaded.separator,
            decimal=decimal,
            date_order=date_order,
            columns=columns,
            ignored=loaded.columns.ignored,
            money=money,
            reasons={
                role: loaded.columns.reasons[role] for role in columns if role in loaded.columns.reasons
            },
        ),
        ledger=ledger,
        warnings=warnings,
        examples=examples,
        reasons=reasons,
        files=[file],
        no_lines=loaded.no_lines,
        layout=layout.id if layout else None,
        statuses=(layout.statuses if layout else {}) | (loaded.told.statuses if loaded.told else {}),
        refunded=loaded.told.refunded if loaded.told else None,
        refunded_pieces=loaded.told is not None and loaded.told.pieces,
    )
