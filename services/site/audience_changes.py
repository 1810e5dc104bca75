"""What happens to a saved audience: started, renamed, archived and brought back, deleted; each is logged.

Whoever changes one names what they saw: if somebody else renamed or deleted it meanwhile, nothing is done.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from services.core.refusals import NotFound, Refusal
from services.site.customers.audience_keeping import remove_members
from services.site.people.audit import What, add_within
from services.site.pushes import ending
from services.site.state import State, StateUnusable
from services.site.state.tables import audience_members, audiences

_BLANK = dict.fromkeys(("name", "seed", "owner", "playbook", "query", "described"), "")


class Changes:
    """Changes of the audiences of one site; each is kept together with its row of the log, or neither is.

    Parameters
    ----------
    state : State
    who : str
        Who changes, for the audit log.
    """

    def __init__(self, state: State, who: str) -> None:
        self._state = state
        self._who = who

    def start(self, number: int, seen: str, starts_on: date, ends_on: date) -> None:
        """Let the campaign of a draft run on these days.

        Raises
        ------
        Refusal
            If it has started already.
        NotFound, StateUnusable
        """
        days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
        draft = audiences.c.started_at.is_(None)
        with self._changing(number, seen, "started") as connection:
            if not _set(connection, and_(_which(number, seen), draft), started_at=int(time.time()), **days):
                raise Refusal("This campaign has already started.", "change")

    def rename(self, number: int, seen: str, name: str) -> None:
        """Give an audience another name; its groups stay as they were drawn.

        Raises
        ------
        Refusal, NotFound, StateUnusable
        """
        with self._changing(number, seen, "renamed") as connection:
            _set(connection, _which(number, seen), name=name)

    def archive(self, number: int, seen: str, *, archived: bool) -> None:
        """Take an audience out of the list, or bring it back; all of it is kept.

        Raises
        ------
        Refusal, NotFound, StateUnusable
        """
        with self._changing(number, seen, "archived" if archived else "brought back") as connection:
            _set(connection, _which(number, seen), archived_at=int(time.time()) if archived else None)

    def delete(self, number: int, seen: str) -> int:
        """Remove an audience's customers and texts for good, and return how many customers were in it.

        It is gone at once, and its customers are removed after that in portions. What is still to be sent of
        it stays here. Its number is given to no other: links and the log go on
        meaning this one.

        Raises
        ------
        Refusal, NotFound, StateUnusable
        """
        with self._changing(number, seen, "deleted") as connection:
            of_it = select(func.count()).where(audience_members.c.audience_id == number)
            gone, now = connection.execute(of_it).scalar_one(), int(time.time())
            ended = ending.delete_within(connection, number, now)
            _set(connection, _which(number, seen), deleted_at=now, **_BLANK)
        with suppress(StateUnusable):  # whoever saves next, or sweeps, goes on
            for each in ended:
                ending.remove_members(self._state, each)
            remove_members(self._state, number)
        return gone

    @contextmanager
    def _changing(self, number: int, seen: str, result: str) -> Iterator[Connection]:
        """Give a connection while the audience is as it was seen, and log what was done."""
        with self._state.writing() as connection:
            found = select(audiences.c.name, audiences.c.deleted_at).where(
                audiences.c.id == number, audiences.c.saving.is_(None)
            )
            row = connection.execute(found.with_for_update()).first()
            if row is None or row.deleted_at is not None:
                raise NotFound(
                    "This campaign is not there any more: somebody deleted it. Nothing was changed.",
                    "change",
                )
            if row.name != seen:
                raise Refusal(
                    f"Somebody renamed this campaign to “{row.name}” meanwhile, so nothing was changed. Open "
                    "it again from the list.",
                    "change",
                )
            yield connection
            add_within(connection, self._who, What.AUDIENCE, str(number), result=result)


def _which(number: int, seen: str) -> ColumnElement[bool]:
    return and_(audiences.c.id == number, audiences.c.name == seen)


def _set(connection: Connection, which: ColumnElement[bool], **values: object) -> bool:
    return bool(connection.execute(update(audiences).where(which).values(**values)).rowcount)
