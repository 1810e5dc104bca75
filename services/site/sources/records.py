"""How each source stands: who tries it, when it was tried and changed, why it fails, when it is due."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.site.sources.configured import Source
from services.site.state import State
from services.site.state.tables import sources

FIRST_WAIT, LONGEST_WAIT = 60, 3_600
"""Seconds between tries that fail: each wait is twice the one before, and never longer than the interval."""


@dataclass(frozen=True)
class Done:
    """What came of a try that went well: whether it changed the ledger, and the digest of what it gave."""

    changed: bool = False
    held: str | None = None


@dataclass(frozen=True)
class Standing:
    """How a source stands.

    Attributes
    ----------
    source : Source
    tried_at, changed_at, next_at : datetime or None
        UTC. Tried last; changed the ledger last; to be tried next, None where that is now.
    failing_since : datetime or None
        UTC; None where the last try went well.
    failure : str or None
        Why, in a sentence.
    """

    source: Source
    tried_at: datetime | None = None
    changed_at: datetime | None = None
    next_at: datetime | None = None
    failing_since: datetime | None = None
    failure: str | None = None


class Sources:
    """What the site remembers of its sources.

    Parameters
    ----------
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock

    def due(self, among: Sequence[Source]) -> list[Source]:
        """Return those that are to be tried now and that nobody tries.

        Raises
        ------
        StateUnusable
        """
        now = self._now()
        with self._state.reading() as connection:
            known = set(connection.execute(select(sources.c.name)).scalars())
            free = {
                each.name
                for each in among
                if connection.execute(
                    select(sources.c.name).where(*_free(each, now), _due(each, now))
                ).first()
            }
        return [each for each in among if each.name in free or each.name not in known]

    def claim(self, source: Source, who: str, seconds: int, *, early: bool = False) -> bool:
        """Take a source that is due, so that nobody else tries it for some time.

        Parameters
        ----------
        source : Source
        who : str
            64 characters at most; no other process has the name.
        seconds : int
            How long it is theirs without a further word.
        early : bool
            Also where it is not due yet.

        Returns
        -------
        bool
            Whether it is theirs.

        Raises
        ------
        StateUnusable
        """
        now = self._now()
        conditions = [*_free(source, now)] if early else [*_free(source, now), _due(source, now)]
        taken = {"worker": who, "lease_until": now + seconds}
        own = update(sources).where(*conditions).values(taken).returning(sources.c.name)
        with self._state.writing() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            new = {"name": source.name, "about": source.about, "next_at": now, "failures": 0, "train": False}
            connection.execute(dialect.insert(sources).values(new).on_conflict_do_nothing())
            return connection.execute(own).first() is not None

    def beat(self, source: Source, who: str, seconds: int) -> bool:
        """Keep a source for some time more; False where somebody else has taken it.

        Raises
        ------
        StateUnusable
        """
        return self._write(source, who, {"lease_until": self._now() + seconds})

    def give_back(self, source: Source, who: str) -> None:
        """Leave a source to the next one, as if it had not been taken.

        Raises
        ------
        StateUnusable
        """
        self._write(source, who, _LEFT)

    def held(self, source: Source) -> str | None:
        """Return the digest of what the source gave when it changed last.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return connection.execute(select(sources.c.held).where(sources.c.name == source.name)).scalar()

    def succeeded(self, source: Source, who: str, done: Done, *, train: bool) -> None:
        """Say that a try went well, and whether a training is to follow where it changed the ledger.

        Raises
        ------
        StateUnusable
        """
        now = self._now()
        values: dict[str, Any] = {"tried_at": now, "next_at": now + source.every, "about": source.about}
        values |= {"failures": 0, "failed_at": None, "failure": None}
        if done.changed:
            values |= {"changed_at": now, "held": done.held} | ({"train": True} if train else {})
        self._write(source, who, values | _LEFT)

    def failed(self, source: Source, who: str, sentence: str) -> None:
        """Say why a try failed; the next one waits longer, up to an hour and to the source's interval.

        Raises
        ------
        StateUnusable
        """
        now = self._now()
        with self._state.writing() as connection:
            found = connection.execute(select(sources).where(sources.c.name == source.name)).first()
            again = found is not None and found.failure is not None and found.about == source.about
            before = found.failures if found is not None and again else 0
            wait = min(FIRST_WAIT * 2 ** min(before, 10), LONGEST_WAIT, source.every)
            values: dict[str, Any] = {"tried_at": now, "next_at": now + wait, "about": source.about}
            values |= {"failures": before + 1, "failure": sentence}
            if not again:
                values["failed_at"] = now
            connection.execute(update(sources).where(*_own(source, who)).values(values | _LEFT))

    def to_train(self) -> bool:
        """Whether a source has changed the ledger, and no training was asked for since.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return connection.execute(select(sources.c.name).where(sources.c.train)).first() is not None

    def trained(self) -> None:
        """Say that a training was asked for.

        Raises
        ------
        StateUnusable
        """
        with self._state.writing() as connection:
            connection.execute(update(sources).values(train=False))

    def standing(self, among: Sequence[Source]) -> list[Standing]:
        """Return how each of these stands; what was noted of other settings is not theirs.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            found = {row.name: row for row in connection.execute(select(sources)).all()}
        return [_standing(each, found.get(each.name)) for each in among]

    def _write(self, source: Source, who: str, values: dict[str, Any]) -> bool:
        own = update(sources).where(*_own(source, who)).values(values).returning(sources.c.name)
        with self._state.writing() as connection:
            return connection.execute(own).first() is not None

    def _now(self) -> int:
        return int(self._clock())


_LEFT: dict[str, Any] = {"worker": None, "lease_until": None}


def _free(source: Source, now: int) -> tuple[ColumnElement[bool], ...]:
    lapsed = or_(sources.c.lease_until.is_(None), sources.c.lease_until < now)
    return sources.c.name == source.name, lapsed


def _due(source: Source, now: int) -> ColumnElement[bool]:
    return or_(sources.c.next_at <= now, sources.c.about != source.about)


def _own(source: Source, who: str) -> tuple[ColumnElement[bool], ...]:
    return sources.c.name == source.name, sources.c.worker == who


def _standing(source: Source, row: Any) -> Standing:
    if row is None:
        return Standing(source)
    same = row.about == source.about
    return Standing(
        source,
        _moment(row.tried_at),
        _moment(row.changed_at),
        _moment(row.next_at) if same and row.tried_at else None,
        _moment(row.failed_at) if same else None,
        row.failure if same else None,
    )


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
