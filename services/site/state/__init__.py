"""What the site remembers: accounts, versions, audiences, the log. SQLite, or PostgreSQL by DATABASE_URL."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, Table, text
from sqlalchemy.exc import SQLAlchemyError

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.state import engines
from services.site.state.patience import ANSWERS_SECONDS, LONG_SECONDS, Patience, held, long_work
from services.site.state.schema import migrate

FILE = "site.sqlite"
_LOCK = ".migration.lock"
_LOCK_NUMBER = 7_364_617  # of PostgreSQL's locks, ours
_FRESH_SECONDS = 5.0


class StateUnusable(Refusal):
    """The site's state cannot be read or written: a full or read-only disk, a database that is away."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The site's own records cannot be read or written, so nothing was done. Tell the person who "
                "runs this site: the disk may be full or read-only, or the database out of reach."
            )
        )


class State:
    """The database of one site; opened and migrated when first asked. A process has one of it.

    On a disk that takes no change what is there is read on; the next question after it takes changes
    again opens the file as usual.

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
        self._standing: Engine | None = None
        self._blank: Engine | None = None
        self._opening = Lock()
        self._choosing = Lock()
        self._patience = Patience()
        self._tried = -_FRESH_SECONDS
        self._writable = False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for single queries.

        Raises
        ------
        StateUnusable
        """
        try:
            engine = self._readable()
            with self._patience.asking(changes=False), engine.connect() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as fault:
            raise StateUnusable from fault

    @contextmanager
    def reading_one_moment(self) -> Iterator[Connection]:
        """Give a connection all of whose queries see the records of one moment; others go on writing.

        Raises
        ------
        StateUnusable
        """
        level = {"isolation_level": "REPEATABLE READ"} if self._url else {"desk_one_moment": True}
        try:
            engine = self._readable()
            with (
                self._patience.asking(changes=False),
                engine.connect().execution_options(**level) as connection,
                self._long_work(connection),
            ):
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
            engine = self._opened()
            with (
                self._patience.asking(changes=True),
                engine.connect().execution_options(desk_writes=True) as connection,
                connection.begin(),
            ):
                yield connection
        except (SQLAlchemyError, OSError) as fault:
            raise StateUnusable from fault

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Give a connection as ``writing`` does, while nobody else changes tables.

        Raises
        ------
        StateUnusable
        """
        try:
            self._opened()
            with self._locked(), self.writing() as connection:
                self._lock_tables(connection)
                with self._long_work(connection):
                    yield connection
        except (SQLAlchemyError, OSError) as fault:
            raise StateUnusable from fault

    @property
    def readable(self) -> bool:
        """Whether the records can be read now."""
        try:
            with self.reading() as connection:
                connection.execute(text("SELECT 1"))
        except StateUnusable:
            return False
        return True

    @property
    def writable(self) -> bool:
        """Whether a change could be kept within the last seconds; tried by writing something."""
        if time.monotonic() - self._tried >= _FRESH_SECONDS:
            try:
                with self.writing() as connection:
                    self._touch(connection)
                self._writable = True
            except StateUnusable:
                self._writable = False
            self._tried = time.monotonic()
        return self._writable

    def close(self) -> None:
        """Close every connection; the next question opens anew."""
        for engine in (self._engine, self._standing, self._blank):
            if engine is not None:
                engine.dispose()
        self._blank = None  # it was kept by its connection alone

    def _opened(self) -> Engine:
        if self._engine is None:
            with self._patience.asking(changes=True):
                self._open()
        assert self._engine is not None
        return self._engine

    def _open(self) -> None:
        """Open the database, or wait for whoever does; where they fail, it is not tried once more in turn."""
        if self._opening.acquire(blocking=False):
            try:
                self._engine = self._engine or self._made()
            finally:
                self._opening.release()
        elif self._opening.acquire(timeout=ANSWERS_SECONDS):
            self._opening.release()
        if self._engine is None:
            raise TimeoutError("the database could not be opened in time")

    def _made(self) -> Engine:
        path = self._folder / FILE
        if self._url:
            engine = engines.postgres(self._url)
        else:
            self._folder.mkdir(parents=True, exist_ok=True)
            engine = engines.sqlite(path)
        try:
            with self._locked():  # before connecting: SQLite changes its journal then
                if not self._url:
                    engines.make(path)
                with (
                    engine.connect().execution_options(desk_writes=True) as connection,
                    connection.begin(),
                ):
                    self._lock_tables(connection)
                    with self._long_work(connection):
                        migrate(connection)
        except BaseException:
            engine.dispose()
            raise
        engines.close_before_forks(engine)
        return engine

    def _readable(self) -> Engine:
        try:
            return self._opened()
        except (SQLAlchemyError, OSError):
            if self._url:
                raise
        path = self._folder / FILE
        with self._choosing:
            if _is_there(path):
                self._standing = self._standing or engines.sqlite_as_it_stands(path)
                return self._standing
            self._blank = self._blank or engines.no_records()
            return self._blank

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the file under which one process changes tables; the others then find it done."""
        if self._url:
            yield
            return
        descriptor = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            held(lambda: _flocked(descriptor))
            yield
        finally:
            os.close(descriptor)

    def _lock_tables(self, connection: Connection) -> None:
        """Do the same for a database that several hosts may share."""
        if self._url:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK_NUMBER})"))

    @contextmanager
    def _long_work(self, connection: Connection) -> Iterator[None]:
        """Let statements on whole tables take their time; PostgreSQL's limit holds for the transaction."""
        with long_work():
            if self._url:
                connection.execute(text(f"SET LOCAL statement_timeout = {int(LONG_SECONDS * 1_000)}"))
            yield

    def _touch(self, connection: Connection) -> None:
        if self._url:
            found = connection.execute(text("SHOW transaction_read_only")).scalar_one()
            if found == "on":
                raise StateUnusable
        else:
            number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            connection.exec_driver_sql(f"PRAGMA user_version={int(number)}")


def alone_with(connection: Connection, table: Table) -> None:
    """Let nobody else change ``table`` until the transaction ends; SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))


def _flocked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_there(path: Path) -> bool:
    """Whether there is a file; where that cannot be said, fail rather than say no."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    return True
