"""The rows of a query as a CSV without a header: read as they stream in, every value as its exact text."""

from __future__ import annotations

import csv
import datetime
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import URL, Connection, CursorResult, Engine, create_engine, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from services.core.language.messages import _, plural
from services.core.language.written import number
from services.core.refusals import Refusal
from services.site.setting_values import is_select
from services.site.sources.configured import without_password

MOST_BYTES = 4 * 1024**3
"""Of the rows as text; the reading of files ends there, too."""

_PORTION = 1_000
_CONNECT_SECONDS = 10
_LONGEST_ROW = 1_000_000
_LONGEST_REASON = 300
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}


@dataclass(frozen=True)
class Written:
    """What a query gave.

    Attributes
    ----------
    columns : tuple of str
    rows : int
    point : bool
        Whether typed numbers with decimals are among the values: they have a point before them.
    """

    columns: tuple[str, ...]
    rows: int
    point: bool


def write_rows(url: str, query: str, time_zone: str, target: Path) -> Written:
    """Write the rows of a query, a portion at a time; the database is only read.

    Parameters
    ----------
    url : str
        As ``services.site.setting_values.source_database`` takes it.
    query : str
        A SELECT, or the name of a table.
    time_zone : str
        In which moments with a zone are written, without it.
    target : Path
        UTF-8, a comma between cells, no header; NULL is an empty cell.

    Raises
    ------
    Refusal
        If the database does not answer or refuses, or gives what is no text, number, date or time.
    """
    writing = _Writing(ZoneInfo(time_zone))
    with _asked(url, query) as answer, target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        columns = tuple(map(str, answer.keys()))
        rows = 0
        for portion in answer.partitions(_PORTION):
            for row in portion:
                cells = writing.cells(columns, row)
                if sum(map(len, cells)) > _LONGEST_ROW:
                    raise Refusal(_too_long())
                writer.writerow(cells)
                rows += 1
            if file.tell() > MOST_BYTES:
                raise Refusal(_("The query gives more than 4 GB, which is more than can be read."))
    return Written(columns, rows, writing.point)


def _too_long() -> str:
    return plural(
        "A row of the query is longer than {n} character.",
        "A row of the query is longer than {n} characters.",
        _LONGEST_ROW,
        n=number(_LONGEST_ROW),
    )


class _Writing:
    """Makes values texts that say neither more nor less."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.point = False

    def cells(self, columns: Sequence[str], row: Sequence[Any]) -> list[str]:
        return [self._text(name, value) for name, value in zip(columns, row, strict=True)]

    def _text(self, column: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float | Decimal):
            self.point = True
            return format(Decimal(repr(value)) if isinstance(value, float) else value, "f")
        if isinstance(value, datetime.datetime):
            local = value.astimezone(self._zone).replace(tzinfo=None) if value.tzinfo else value
            return local.isoformat(" ")
        if isinstance(value, dict | list):
            return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
        if isinstance(value, int | datetime.date | datetime.time | datetime.timedelta | UUID):
            return str(value)
        raise Refusal(
            _(
                "The column “{column}” holds values that are not text, numbers, dates or times. Leave it out "
                "of SOURCE_QUERY, or turn it into text there.",
                column=column,
            )
        )


@contextmanager
def _asked(url: str, query: str) -> Iterator[CursorResult[Any]]:
    try:
        engine = _engine(url)
        with engine.connect() as opened:
            # no parameters: a colon or a percent sign of the query means nothing else
            options = {"stream_results": True, "max_row_buffer": _PORTION, "no_parameters": True}
            connection = _only_reading(opened).execution_options(**options)
            yield connection.exec_driver_sql(_statement(engine, query))
    except (DBAPIError, SQLAlchemyError) as fault:
        said = _("{database} cannot be read: {why}.", database=without_password(url), why=_reason(fault, url))
        raise Refusal(said) from None


def _engine(url: str) -> Engine:
    address = make_url(url)
    connecting: dict[str, Any] = {"connect_timeout": _CONNECT_SECONDS}
    if address.drivername == "sqlite":
        # only to read: a path that does not exist is not made a database
        path = f"file:{quote(str(Path(str(address.database)).absolute()))}"
        address, connecting = URL.create("sqlite", database=path, query={"mode": "ro", "uri": "true"}), {}
    else:
        address = address.set(drivername=_DRIVERS[address.drivername])
    try:
        return create_engine(address, poolclass=NullPool, connect_args=connecting, hide_parameters=True)
    except ModuleNotFoundError as missing:
        said = _(
            "The library {library}, which reads MySQL and MariaDB, is not installed: .venv/bin/python -m pip "
            "install {library}.",
            library=missing.name,
        )
        raise Refusal(said) from None


def _only_reading(connection: Connection) -> Connection:
    """Have the database itself refuse every change; SQLite's file is opened only to read."""
    if connection.dialect.name == "postgresql":
        return connection.execution_options(postgresql_readonly=True)
    if connection.dialect.name in ("mysql", "mariadb"):
        connection.exec_driver_sql("START TRANSACTION READ ONLY")
    return connection


def _statement(engine: Engine, query: str) -> str:
    if is_select(query):
        return query
    table = ".".join(map(engine.dialect.identifier_preparer.quote, query.split(".")))
    return f"SELECT * FROM {table}"


def _reason(fault: SQLAlchemyError, url: str) -> str:
    """Return the first line of what the database said, without the password."""
    said = str(fault.orig) if isinstance(fault, DBAPIError) else str(fault)
    password = make_url(url).password
    for secret in (password, quote(str(password), safe="")) if password else ():
        said = said.replace(str(secret), "•••")
    return (said.strip().splitlines() or [_("it gave no reason")])[0].rstrip(".:")[:_LONGEST_REASON]
