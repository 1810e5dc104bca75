"""The audit log: who did what, when, with which release, how many rows, and how it ended. Only ever grows.

It names ids and nothing else of a customer; SQL triggers refuse to change or to remove a row. What one person
pages through in a minute is one row, whose count alone grows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from services.site.requests import note_row
from services.site.state import State
from services.site.state.tables import audit

PAGE = 50
NOBODY = "local"
"""Who uses a site that nobody signs in to."""
_LONGEST = {"who": 64, "subject": 256, "release": 64, "result": 64}
_MINUTE = 60


class What(StrEnum):
    """What is logged."""

    SIGN_IN = "sign-in"
    SIGN_OUT = "sign-out"
    LOOK_UP = "look-up"
    LIST = "list"
    EXPORT = "export"
    ACCOUNT = "account"
    ACTIVATION = "activation"
    PRESET = "preset"
    PLAYBOOK = "playbook"
    AUDIENCE = "audience"
    TRAINING = "training"
    JOB = "job"
    BACKUP = "backup"
    OPT_OUT = "opt-out"
    CONTACTS = "contacts"
    NOTE = "note"
    ERASURE = "erasure"
    LEDGER = "ledger"
    DIGEST = "digest"
    PUSH = "push"
    VIEW = "view"
    REFUSED = "refused"


_WHOLE = (What.EXPORT, What.LIST, What.PUSH)
"""Kept whole, as the site itself writes their subjects: filters as it read them, why somebody is left out."""


@dataclass(frozen=True)
class Entry:
    """A row of the log.

    Attributes
    ----------
    number : int
        By which the log of requests names it.
    at : datetime
        UTC.
    who, what : str
    subject : str
        The id or address that it was about.
    release : str
        Empty where no release was involved.
    rows : int or None
        How many were taken away or shown.
    result : str
    """

    number: int
    at: datetime
    who: str
    what: str
    subject: str
    release: str
    rows: int | None
    result: str


class Audit:
    """The log of one site; it has no way to change or remove a row.

    Parameters
    ----------
    state : State
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def add(
        self,
        who: str,
        what: What,
        subject: str = "",
        *,
        release: str = "",
        rows: int | None = None,
        result: str = "done",
    ) -> None:
        """Write one row, now; control characters are written out and long texts cut.

        Raises
        ------
        StateUnusable
            If it cannot be written.
        """
        with self._state.writing() as connection:
            add_within(connection, who, what, subject, release=release, rows=rows, result=result)

    def add_each(self, who: str, what: What, subjects: Iterable[str], *, release: str) -> None:
        """Write a row for each subject; all of them or none.

        Raises
        ------
        StateUnusable
        """
        with self._state.writing() as connection:
            for subject in subjects:
                add_within(connection, who, what, subject, release=release, result="done")

    def count_on(self, who: str, what: What, subject: str, *, release: str, rows: int) -> None:
        """Write a row, or add ``rows`` to that of the same person, subject and release in the same minute.

        Raises
        ------
        StateUnusable
        """
        now = _now()
        same = json.dumps([who, what.value, subject, release, now // _MINUTE])
        tally = hashlib.sha256(same.encode()).hexdigest()
        values = _values(who, what, subject, release=release, rows=rows, result="done", at=now)
        with self._state.writing() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            row = dialect.insert(audit).values(tally=tally, **values)
            added = {"rows": audit.c.rows + row.excluded.rows}
            counted = row.on_conflict_do_update(index_elements=["tally"], set_=added)
            note_row(connection.execute(counted.returning(audit.c.id)).scalar_one())

    def listed(
        self, *, who: str = "", what: str = "", subject: str = "", skip: int = 0, most: int = PAGE
    ) -> list[Entry]:
        """Return rows, newest first; a filter that is not empty has to be equal.

        Raises
        ------
        StateUnusable
        """
        columns = (audit.c.id, audit.c.at, audit.c.who, audit.c.what, audit.c.subject, audit.c.release)
        query = select(*columns, audit.c.rows, audit.c.result).order_by(audit.c.id.desc())
        for column, wanted in ((audit.c.who, who), (audit.c.what, what), (audit.c.subject, subject)):
            if wanted:
                query = query.where(column == tame(wanted))
        with self._state.reading() as connection:
            rows = connection.execute(query.offset(skip).limit(most)).all()
        return [Entry(number, datetime.fromtimestamp(at, UTC), *rest) for number, at, *rest in rows]


def add_within(
    connection: Connection,
    who: str,
    what: What,
    subject: str,
    *,
    release: str = "",
    rows: int | None = None,
    result: str,
) -> None:
    """Write one row in a transaction that is open: it stands if what it tells of does."""
    values = _values(who, what, subject, release=release, rows=rows, result=result, at=_now())
    made = connection.execute(audit.insert().values(**values)).inserted_primary_key
    note_row(made[0])  # type: ignore[index]  # there is one where one row is inserted


def stamp_within(connection: Connection, whats: Iterable[What]) -> str:
    """Return what is another text after each change that is logged as one of these, as it is made.

    Changes are counted, too: of two at once the one with the lower number may come to hold last. What the
    last one was is part of it: a backup brings back a log that is shorter, and its restoring may have a
    number and second of before.
    """
    logged = audit.c.what.in_([each.value for each in whats])
    last = select(audit.c.what).where(logged).order_by(audit.c.id.desc()).limit(1).scalar_subquery()
    found = select(func.count(), func.max(audit.c.id), func.max(audit.c.at), last).where(logged)
    return " ".join(str(each) for each in connection.execute(found).one())


def _values(
    who: str, what: What, subject: str, *, release: str, rows: int | None, result: str, at: int
) -> dict[str, str | int | None]:
    texts = {"who": who, "subject": subject, "release": release, "result": result}
    whole = ("subject",) if what in _WHOLE else ()
    kept = {
        name: tame(text) if name in whole else tame(text)[: _LONGEST[name]] for name, text in texts.items()
    }
    return {"at": at, "what": what.value, "rows": rows, **kept}


def _now() -> int:
    return int(datetime.now(UTC).timestamp())


def tame(text: str) -> str:
    """Return ``text`` with every character that could break a line or hide what stands there written out."""
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text)
