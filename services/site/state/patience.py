"""How long a database is waited for, and when it is left alone for a moment.

A server that is stopped, or cut off by a network, still takes connections: its kernel does. No limit that
the server keeps ends such a wait, so the limits here are kept on this side.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy.exc import SQLAlchemyError

ANSWERS_SECONDS = 5.0
"""How long a database may be silent."""
LOCKED_MS = 4_000
"""How long a statement may run, or wait for a lock; shorter, so that a live server speaks first."""
LONG_SECONDS = 300.0
"""The same for work on whole tables, which nobody waits for at a page."""
AWAY_SECONDS = 2.0
"""How long a database that was waited for in vain is left alone; then one asks first."""

_VAIN_SECONDS = LOCKED_MS / 1_000 - 0.5


class Away(OSError):
    """A database that did not answer a moment ago, and was not asked again."""


class _Limit(threading.local):
    """How long the thread may wait for each answer; nothing is left of that once it was in vain."""

    def __init__(self) -> None:
        self.span = ANSWERS_SECONDS
        self.left = ANSWERS_SECONDS

    @contextmanager
    def waiting(self) -> Iterator[float]:
        """Give the seconds that the block may wait; own work between two answers does not count."""
        if not self.left:
            raise Unanswered
        began = time.monotonic()
        try:
            yield self.left
        except (psycopg.OperationalError, TimeoutError):
            if time.monotonic() - began < self.left:
                raise
            self.left = 0.0
            raise Unanswered from None
        self.left = self.span


_limit = _Limit()


class Unanswered(psycopg.OperationalError):
    """A server that did not answer in time."""

    def __init__(self) -> None:
        super().__init__("the server did not answer in time")


class Connection(psycopg.Connection[Any]):
    """A connection to PostgreSQL that waits for every answer with a limit; afterwards it is closed."""

    def wait(self, *given: Any, **named: Any) -> Any:
        """Wait for an answer as far as the thread's limit allows."""
        try:
            with _limit.waiting() as seconds:
                return super().wait(*given, **{**named, "timeout": seconds})
        except Unanswered:
            self.close()
            raise


def connected(*given: Any, **named: Any) -> Connection:
    """Connect to PostgreSQL within the thread's limit, however many addresses a name has.

    Raises
    ------
    Unanswered
    """
    named.setdefault("connect_timeout", int(ANSWERS_SECONDS))
    made: Future[Connection] = Future()

    def connect() -> None:
        try:
            made.set_result(Connection.connect(*given, **named))
        except BaseException as fault:  # noqa: BLE001 (it is raised where the result is asked for)
            made.set_exception(fault)

    with _limit.waiting() as seconds:
        # looking a name up cannot be broken off, so another thread does it
        threading.Thread(target=connect, daemon=True).start()
        try:
            connection = made.result(seconds)
        except TimeoutError:
            made.add_done_callback(_close_late)
            raise
    connection.execute(f"SET statement_timeout = {LOCKED_MS}; SET lock_timeout = {LOCKED_MS}")
    connection.commit()
    return connection


@contextmanager
def long_work() -> Iterator[None]:
    """Let the thread wait longer for each answer until the block ends."""
    _limit.span = _limit.left = LONG_SECONDS
    try:
        yield
    finally:
        _limit.span = ANSWERS_SECONDS
        _limit.left = min(_limit.left, ANSWERS_SECONDS)


class Patience:
    """What one database let people wait for in vain; reads and changes apart, as a lock stops only these."""

    def __init__(self) -> None:
        self._away_until = {False: 0.0, True: 0.0}

    @contextmanager
    def asking(self, *, changes: bool) -> Iterator[None]:
        """Let the block ask the database.

        Raises
        ------
        Away
            If it was waited for in vain a moment ago.
        """
        self.check(changes=changes)
        began = time.monotonic()
        if self._away_until[changes]:  # one tries; the others are not to wait with it
            self._away_until[changes] = began + ANSWERS_SECONDS + AWAY_SECONDS
        _limit.left = _limit.span
        try:
            yield
        except (SQLAlchemyError, OSError) as fault:
            vain = time.monotonic() - began >= _VAIN_SECONDS
            until = time.monotonic() + AWAY_SECONDS if vain else 0.0
            self._away_until[changes] = until
            if vain and (not changes or isinstance(getattr(fault, "orig", fault), Unanswered)):
                self._away_until = {False: until, True: until}
            raise
        except BaseException:
            self._away_until[changes] = 0.0
            raise
        else:
            self._away_until[changes] = 0.0

    def check(self, *, changes: bool) -> None:
        """Raise ``Away`` where ``asking`` would."""
        if time.monotonic() < self._away_until[changes]:
            raise Away("the database did not answer a moment ago")


def held(lock: Callable[[], bool]) -> None:
    """Take a lock that another process may hold.

    Parameters
    ----------
    lock : callable
        Tries once, and says whether it is held now.

    Raises
    ------
    TimeoutError
    """
    end = time.monotonic() + LOCKED_MS / 1_000
    while not lock():
        if time.monotonic() >= end:
            raise TimeoutError("a lock is held by another process")
        time.sleep(0.02)


def _close_late(made: Future[Connection]) -> None:
    if made.exception() is None:
        made.result().close()
