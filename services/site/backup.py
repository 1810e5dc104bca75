"""The site's records in one file, table by table, and back again, into SQLite or PostgreSQL alike.

The file is JSON, a line a row, packed with gzip: first what it is, then the rows and the files of the ledger,
last a SHA-256 of all before. Sessions, tries to sign in, jobs, sources and alerts stay out
(``info={"backup": False}`` in the tables), and rows for which a table's ``info["backup_of"]`` does not hold.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, func, inspect, select, text, true
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError

from services.core.refusals import Refusal
from services.site.backup_contents import Unfit, check
from services.site.ledger import Ledger
from services.site.ledger.saving import lines_of, restoring
from services.site.people.audit import What, add_within
from services.site.state import State
from services.site.state.schema import TooNew, known, migrate, version_of
from services.site.state.tables import metadata

FORMAT = "segment-desk-state"
_KEPT = [table for table in metadata.sorted_tables if table.info.get("backup", True)]
_BATCH = 1_000
_SHAPES = (AttributeError, LookupError, TypeError, ValueError)
"""What comes of values that are of another kind than those of a backup."""


@dataclass(frozen=True)
class Receipt:
    """What a file holds: when it was made (UTC, ISO 8601), its tables' version, rows by table, files kept.

    ``files`` is None in a backup from before there was a ledger.
    """

    made_at: str
    version: str
    rows: dict[str, int]
    files: int | None = None


class NoBackup(Refusal):
    """A file that cannot be restored: another kind of file, a part of one, or a changed one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}” is not a backup of this site, or is damaged: nothing was restored. Choose "
            f"another.",
            "file",
        )


def backup(state: State, path: Path, ledger: Ledger | None = None) -> Receipt:
    """Write the records of one moment into a new file that nobody else may read; the site goes on.

    Parameters
    ----------
    state : State
    path : Path
    ledger : Ledger, optional
        Its files are saved, too.

    Raises
    ------
    Refusal
        If there is such a file already, or it cannot be written; then there is none.
    StateUnusable
    """
    if path.exists():
        raise Refusal(f"There is already a file “{path.name}”. Choose another name.", "file")
    partial = path.with_name(f"{path.name}.partial")
    try:
        with (
            os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
            state.reading_one_moment() as connection,
        ):
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
                receipt = _write(connection, packed, ledger)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
    except OSError as fault:
        raise Refusal(f"“{path}” cannot be written: {fault.strerror}.", "file") from None
    finally:
        partial.unlink(missing_ok=True)
    return receipt


def restore(
    state: State, path: Path, who: str, *, replace: bool = False, ledger: Ledger | None = None
) -> Receipt:
    """Make the records of a file those of the site, brought up to date; all of them or nothing.

    A file with a ledger also replaces the files of the site's; who is killed meanwhile restores again.

    Parameters
    ----------
    state : State
    path : Path
    who : str
        Stands in the audit log.
    replace : bool
        Throw away the records that there are.
    ledger : Ledger, optional
        Takes the files.

    Raises
    ------
    NoBackup, TooNew, Unfit
    Refusal
        If there are records and they are not to be replaced.
    StateUnusable
    """
    receipt = read(path)
    with _files(path, receipt, ledger) as put_files, state.migrating() as connection:
        there = any(connection.execute(select(table).limit(1)).first() for table in _KEPT)
        if not replace and (there or (ledger and ledger.entries())):
            raise Refusal(
                "The site already has records, and restoring would replace them. Back them up first, then "
                "add --replace.",
                "replace",
            )
        _empty(connection)
        migrate(connection, receipt.version)
        try:
            _fill(connection, path)
        except OperationalError:
            raise
        except (SQLAlchemyError, *_SHAPES):
            raise NoBackup(path) from None
        migrate(connection)
        _count_on(connection)
        rows = sum(receipt.rows.values())
        add_within(connection, who, What.BACKUP, path.name, rows=rows, result="restored")
        put_files()
    return receipt


@contextmanager
def _files(path: Path, receipt: Receipt, ledger: Ledger | None) -> Iterator[Callable[[], None]]:
    if ledger is None or receipt.files is None:
        yield lambda: None
        return
    lines = (json.loads(line, object_hook=_to_bytes) for line in _lines(path))
    with ExitStack() as held:
        try:
            put_in_place = held.enter_context(restoring(ledger, lines))
        except (zlib.error, *_SHAPES):
            raise NoBackup(path) from None
        yield put_in_place


def read(path: Path) -> Receipt:
    """Check a file from end to end, and every row of it, and say what it holds.

    Raises
    ------
    NoBackup, TooNew, Unfit
    Refusal
        If there is no such file, or it cannot be opened.
    """
    try:
        lines = list(islice(_lines(path), 1))
        head = json.loads(lines[0]) if lines else None
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            raise NoBackup(path)
        end = _end_of(path)
        made_at, version = datetime.fromisoformat(head["made_at"]).isoformat(), str(head["version"])
        if version not in known():
            raise TooNew(f"The backup “{path.name}”", version)
        rows = _checked(path)
        if {name: rows[name] for name in end["rows"]} != end["rows"] or rows.keys() - end["rows"].keys():
            raise NoBackup(path)
    except (EOFError, zlib.error, gzip.BadGzipFile, RecursionError, *_SHAPES):
        raise NoBackup(path) from None
    except OSError as fault:
        raise Refusal(f"“{path}” cannot be read: {fault.strerror}.", "file") from None
    return Receipt(made_at, version, end["rows"], end.get("files"))


def _write(connection: Connection, packed: gzip.GzipFile, ledger: Ledger | None) -> Receipt:
    digest = hashlib.sha256()

    def line(value: object) -> None:
        made = json.dumps(value, default=_of_bytes, ensure_ascii=False, allow_nan=False).encode() + b"\n"
        digest.update(made)
        packed.write(made)

    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    version = str(version_of(connection))
    columns = {table.name: [column.name for column in table.columns] for table in _KEPT}
    line({"format": FORMAT, "made_at": made_at, "version": version, "columns": columns})
    rows = dict.fromkeys(columns, 0)
    for table in _KEPT:
        query = select(table).where(table.info.get("backup_of", true())).order_by(*table.primary_key.columns)
        for row in connection.execution_options(yield_per=_BATCH).execute(query):
            line([table.name, *row])
            rows[table.name] += 1
    files = len(ledger.entries()) if ledger else None
    for each in lines_of(ledger) if ledger else ():
        line(each)
    line({"rows": rows, "files": files, "sha256": digest.hexdigest()})
    return Receipt(made_at, version, rows, files)


def _lines(path: Path) -> Iterator[bytes]:
    with gzip.open(path, "rb") as packed:
        yield from packed


def _end_of(path: Path) -> dict[str, Any]:
    """Return the last line, which fits all lines before it."""
    digest = hashlib.sha256()
    last = b""
    for line in _lines(path):
        digest.update(last)
        last = line
    end: dict[str, Any] = json.loads(last)
    if end["sha256"] != digest.hexdigest():
        raise ValueError
    return end


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the rows with the names of their tables."""
    lines = (json.loads(line, object_hook=_to_bytes) for line in _lines(path))
    columns: dict[str, list[str]] = next(lines)["columns"]
    for line in lines:
        if isinstance(line, list):
            yield line[0], dict(zip(columns[line[0]], line[1:], strict=True))


def _checked(path: Path) -> Counter[str]:
    """Look at every row, and count them by table."""
    tables = {table.name: table for table in _KEPT}
    counted: Counter[str] = Counter()
    for name, row in _rows(path):
        counted[name] += 1
        check(path.name, tables[name], counted[name], row)
    return counted


def _empty(connection: Connection) -> None:
    metadata.drop_all(connection)
    connection.execute(text("DROP TABLE alembic_version"))
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION audit_only_grows()"))


def _fill(connection: Connection, path: Path) -> None:
    tables = MetaData()
    tables.reflect(connection)  # as they were when the backup was made
    for name, of_table in groupby(_rows(path), key=lambda row: row[0]):
        table = tables.tables[name]
        while batch := [row for _name, row in islice(of_table, _BATCH)]:
            if batch[0].keys() - table.columns.keys():  # they would be left out without a word
                raise NoBackup(path)
            try:
                connection.execute(table.insert(), batch)
            except IntegrityError:
                why = f"rows of {name} lack a value, contradict each other or refer to what is not there"
                raise Unfit(path.name, why) from None


def _count_on(connection: Connection) -> None:
    """Have PostgreSQL give out numbers after those that came with the rows; SQLite does by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        sequences = inspect(connection).get_columns(table.name)
        for column in sequences:
            if "nextval(" in str(column["default"]):
                highest = select(func.coalesce(func.max(table.c[column["name"]]), 0) + 1).scalar_subquery()
                sequence = func.pg_get_serial_sequence(table.name, column["name"])
                connection.execute(select(func.setval(sequence, highest, False)))


def _of_bytes(value: object) -> dict[str, str]:
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode()}
    raise TypeError(f"{type(value).__name__} in a table: say here how it is written.")


def _to_bytes(value: dict[str, Any]) -> object:
    return b64decode(value["bytes"]) if set(value) == {"bytes"} else value
