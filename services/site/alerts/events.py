"""Alerts: each begins once and is over once, however many workers look."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select, update

from services.site.state import State, alone_with
from services.site.state.tables import alert_messages, alerts

KEPT = 200
"""How many alerts that are over stay in the list."""
_SHOWN = [alerts.c[name] for name in ("id", "rule", "event", "sentence", "began_at", "ended_at")]


@dataclass(frozen=True)
class Finding:
    """What is wrong now.

    Attributes
    ----------
    rule : str
        Its name, 16 characters at most.
    event : str
        What it is about, where the rule can hold of several one after the other; else empty.
    sentence : str
        For people; names no customer.
    """

    rule: str
    event: str
    sentence: str


@dataclass(frozen=True)
class Alert:
    """One event, from its beginning on; ``ended_at`` is None while it lasts. Times are UTC."""

    id: int
    rule: str
    event: str
    sentence: str
    began_at: datetime
    ended_at: datetime | None

    def as_fields(self) -> dict[str, str | int | None]:
        """Return what a program reads: as the log and messages have it."""
        return {
            "id": self.id,
            "rule": self.rule,
            "event": self.event,
            "state": "on" if self.ended_at is None else "over",
            "sentence": self.sentence,
            "began_at": self.began_at.isoformat(),
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }


class Alerts:
    """The alerts of one site.

    Parameters
    ----------
    state : State
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, state: State, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._clock = clock

    def settle(self, found: Sequence[Finding], *, tell: bool) -> list[Alert]:
        """Begin what is found and not on yet, end what is on and not found any more.

        Parameters
        ----------
        found : sequence of Finding
            Everything that is wrong now.
        tell : bool
            Whether a message is to be sent of each change.

        Returns
        -------
        list of Alert
            Those that began or ended by this call: no other worker is told of the same.

        Raises
        ------
        StateUnusable
        """
        wanted = {(each.rule, each.event): each for each in found}
        if {(each.rule, each.event): each.sentence for each in self.on()} == {
            key: each.sentence for key, each in wanted.items()
        }:
            return []
        now = int(self._clock())
        with self._state.writing() as connection:
            alone_with(connection, alerts)
            on = {(each.rule, each.event): each for each in _on(connection)}
            began = [_begun(connection, each, now) for key, each in wanted.items() if key not in on]
            ended = [_ended(connection, each, now) for key, each in on.items() if key not in wanted]
            for key, each in on.items():
                if key in wanted and wanted[key].sentence != each.sentence:
                    said = update(alerts).where(alerts.c.id == each.id)
                    connection.execute(said.values(sentence=wanted[key].sentence))
            changed = [*began, *ended]
            if tell and changed:
                messages = [{"body": _body(each), "due_at": now, "tries": 0} for each in changed]
                connection.execute(alert_messages.insert(), messages)
            _forget_old(connection)
        return changed

    def on(self) -> list[Alert]:
        """Return what is wrong as far as it was looked at, oldest first.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return _on(connection)

    def over(self, most: int) -> list[Alert]:
        """Return the last ``most`` that are over, newest first.

        Raises
        ------
        StateUnusable
        """
        ended = select(*_SHOWN).where(alerts.c.ended_at.is_not(None))
        with self._state.reading() as connection:
            rows = connection.execute(
                ended.order_by(alerts.c.ended_at.desc(), alerts.c.id.desc()).limit(most)
            )
            return [_alert(*row) for row in rows]


def _on(connection: Connection) -> list[Alert]:
    rows = connection.execute(select(*_SHOWN).where(alerts.c.ended_at.is_(None)).order_by(alerts.c.id))
    return [_alert(*row) for row in rows]


def _alert(id_: int, rule: str, event: str, sentence: str, began: int, ended: int | None) -> Alert:
    over = None if ended is None else datetime.fromtimestamp(ended, UTC)
    return Alert(id_, rule, event, sentence, datetime.fromtimestamp(began, UTC), over)


def _begun(connection: Connection, found: Finding, now: int) -> Alert:
    values = {"rule": found.rule, "event": found.event, "sentence": found.sentence, "began_at": now}
    row = connection.execute(alerts.insert().values(values).returning(*_SHOWN)).one()
    return _alert(*row)


def _ended(connection: Connection, alert: Alert, now: int) -> Alert:
    over = update(alerts).where(alerts.c.id == alert.id).values(ended_at=now).returning(*_SHOWN)
    return _alert(*connection.execute(over).one())


def _body(alert: Alert) -> str:
    return json.dumps(alert.as_fields(), ensure_ascii=False)


def _forget_old(connection: Connection) -> None:
    over = select(alerts.c.id).where(alerts.c.ended_at.is_not(None)).order_by(alerts.c.id.desc())
    oldest_kept = connection.execute(over.offset(KEPT - 1).limit(1)).scalar()
    if oldest_kept is not None:
        old = alerts.c.ended_at.is_not(None) & (alerts.c.id < oldest_kept)
        connection.execute(delete(alerts).where(old))
