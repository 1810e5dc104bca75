"""How a database is opened: SQLite to write, SQLite on a disk that takes no change, PostgreSQL.

What a statement failed with is logged; ``hide_parameters`` keeps ids, notes and digests out of that.

The system drops all of a process's locks on a file when the process closes any descriptor of it. SQLite
knows that and puts such closing off: nothing else may open the file while it is in use, not even to read it.
"""

from __future__ import annotations

import os
import sqlite3
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, StaticPool

from services.core.refusals import Refusal
from services.site.state.patience import ANSWERS_SECONDS, LOCKED_MS, connected
from services.site.state.schema import migrate

_POOL = {"pool_timeout": ANSWERS_SECONDS, "hide_parameters": True}


def make(path: Path) -> None:
    """Make the file where there is none, nobody else's to read; one that is there is not opened.

    Asked under the lock of ``State``, which everybody holds who opens the file for the first time: so nobody
    has a new one in use when its descriptor is closed.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def sqlite(path: Path) -> Engine:
    """Open a file for changes."""
    engine = create_engine(f"sqlite:///{path}", pool_size=32, max_overflow=0, **_POOL)
    return _with_transactions(
        engine,
        f"busy_timeout={LOCKED_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        # what is removed is overwritten: an erased customer leaves no bytes in the file
        "secure_delete=ON",
    )


def sqlite_as_it_stands(path: Path) -> Engine:
    """Open a file only to read it, on a disk that takes no change; each connection looks anew how."""

    def connect() -> sqlite3.Connection:
        # SQLite reads changes that wait in its side files; where they are missing it can do without
        waiting = path.with_name(f"{path.name}-wal")
        ways = ["mode=ro"]
        if not waiting.exists() or not waiting.stat().st_size:
            ways.append("mode=ro&immutable=1")
        for way in ways:
            raw = sqlite3.connect(f"file:{quote(str(path))}?{way}", uri=True, check_same_thread=False)
            try:
                raw.execute("SELECT count(*) FROM sqlite_master")
            except sqlite3.OperationalError:
                raw.close()
                if way == ways[-1]:
                    raise
            else:
                break
        return raw

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    return _with_transactions(engine, f"busy_timeout={LOCKED_MS}", "query_only=ON")


def no_records() -> Engine:
    """Open a database without any record, kept nowhere."""
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False, "isolation_level": None}
    )
    with engine.begin() as connection:
        migrate(connection)
    return engine


def postgres(url: str) -> Engine:
    """Open a PostgreSQL database.

    Raises
    ------
    Refusal
        If it is the address of something else.
    """
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise Refusal("DATABASE_URL does not start with postgresql://.", "DATABASE_URL")
    # as many as a worker has threads: with fewer, one would wait for another's wait, and then for its own
    size = {"pool_size": 5, "max_overflow": 27}
    engine = create_engine(f"postgresql+psycopg://{rest}", pool_pre_ping=True, **size, **_POOL)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, given: list[Any], named: dict[str, Any]) -> object:
        return connected(*given, **named)

    return engine


def close_before_forks(engine: Engine) -> None:
    """Have nothing open when this process forks; parent and child open connections of their own afterwards.

    A child has none of the parent's locks, and SQLite would not know it: it would take the locks that the
    parent's connections hold for its own, and others would remove files that it goes on writing.
    """
    known = weakref.ref(engine)

    def close() -> None:
        if (opened := known()) is not None:
            opened.dispose()

    os.register_at_fork(before=close)


def _with_transactions(engine: Engine, *pragmas: str) -> Engine:
    @event.listens_for(engine, "connect")
    def set_up(raw: Any, _record: object) -> None:
        raw.isolation_level = None  # transactions begin below, not where the driver guesses
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("desk_writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # waits now rather than failing half-way
        elif options.get("desk_one_moment"):
            connection.exec_driver_sql("BEGIN")

    return engine
