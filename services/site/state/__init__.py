"""What the site remembers: accounts, versions, audiences, the log. SQLite, or PostgreSQL by DATABASE_URL."""

from __future__ import annotations

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from services.core.refusals import Refusal

FILE = "site.sqlite"
_LOCK = ".migration.lock"
_WAIT_MS = 5_000
_MIGRATIONS = Path(__file__).parent / "migrations"


class StateUnusable(Refusal):
    """The site's state cannot be read or written: a full or read-only disk, a database that is away."""

    def __init__(self) -> None:
        super().__init__(
            "The site's own records cannot be read or written, so nothing was done. Tell the person who "
            "runs this site: the disk may be full or read-only, or the database away."
        )


class State:
    """The database of one site; opened and migrated when first asked.

    Parameters
    ----------
    folder : Path
        The state folder: holds the SQLite file, and the lock under which tables are brought up to date.
    url : str, optional
        A PostgreSQL database instead of the file.
    """

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self._folder = folder
        self._url = url
        self._engine: Engine | None = None
        self._opening = Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for single queries.

        Raises
        ------
        StateUnusable
        """
        try:
            with self._opened().connect() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as fault:
            raise StateUnusable from fault

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes all hold when the block ends, or none does.

        Raises
        ------
        StateUnusable
        """
        try:
            with (
                self._opened().connect().execution_options(desk_writes=True) as connection,
                connection.begin(),
            ):
                yield connection
        except (SQLAlchemyError, OSError) as fault:
            raise StateUnusable from fault

    @property
    def writable(self) -> bool:
        """Whether a change can be kept now."""
        try:
            with self.writing():
                return True
        except StateUnusable:
            return False

    def close(self) -> None:
        """Close every connection; the next question opens anew."""
        if self._engine is not None:
            self._engine.dispose()

    def _opened(self) -> Engine:
        if self._engine is None:
            with self._opening:
                if self._engine is None:
                    self._folder.mkdir(parents=True, exist_ok=True)
                    engine = _postgres(self._url) if self._url else _sqlite(self._folder / FILE)
                    self._migrate(engine)
                    _leave_to_parent(engine)
                    self._engine = engine
        return self._engine

    def _migrate(self, engine: Engine) -> None:
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        descriptor = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # one worker migrates, the others find it done
            with engine.connect().execution_options(desk_writes=True) as connection, connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        finally:
            os.close(descriptor)


def _sqlite(path: Path) -> Engine:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # nobody else's to read
    engine = create_engine(f"sqlite:///{path}", pool_size=32, max_overflow=0)

    @event.listens_for(engine, "connect")
    def set_up(raw: Any, _record: object) -> None:
        raw.isolation_level = None  # transactions begin below, not where the driver guesses
        for pragma in (
            f"busy_timeout={_WAIT_MS}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
        ):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("desk_writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # waits now rather than failing half-way

    return engine


def _postgres(url: str) -> Engine:
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise Refusal("DATABASE_URL does not start with postgresql://.", "DATABASE_URL")
    return create_engine(f"postgresql+psycopg://{rest}", pool_pre_ping=True)


def _leave_to_parent(engine: Engine) -> None:
    """Have a forked worker open connections of its own; those that it inherits stay the parent's."""
    known = weakref.ref(engine)

    def forget() -> None:
        if (inherited := known()) is not None:
            inherited.dispose(close=False)

    os.register_at_fork(after_in_child=forget)
