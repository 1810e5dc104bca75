"""Contacts of a file are written in small changes that do not count yet, and then count all at once.

SQLite has one writer at a time, and who waits for it gives up (``LOCKED_MS``): signing in, and the log that
every file is written to. So nothing here holds a change open for longer than it takes to write some hundred
contacts, or to name those that count from now on.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select

from services.core.contacts.contact import COLUMNS, Contact, updated
from services.site.state import State, StateUnusable
from services.site.state.portions import LEFT_SECONDS, left_before, own_number, portions, small_change
from services.site.state.tables import STANDING, STANDS, contacts, standing_contacts

BATCH = 500
_CLEARED = delete(contacts).where(
    contacts.c.customer_id == bindparam("whose"), contacts.c.kept == bindparam("by"), ~STANDS
)


@dataclass
class Staged:
    """Contacts that are written and do not count yet.

    Attributes
    ----------
    number : int
        Of the keeping, as ``contacts.kept`` has it.
    placed : Counter
        How many customers are added, changed and unchanged.
    reached : Counter
        By ``email`` and ``phone``: how many more than before may be written to that way; of all who stand
        then, if everybody else goes.
    gone : list of str
        Whose contacts go.
    written, outdated : list of tuple of str and int
        Customer and keeping of each row that was written, and of each that counts no more after it.
    counting : bool
        Whether they were named as those that count.
    """

    number: int
    placed: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)
    gone: list[str] = field(default_factory=list)
    written: list[tuple[str, int]] = field(default_factory=list)
    outdated: list[tuple[str, int]] = field(default_factory=list)
    counting: bool = False

    def whole(self, connection: Connection) -> bool:
        """Whether everything is still there."""
        there = select(func.count()).select_from(contacts).where(contacts.c.kept == self.number)
        wanted = self.placed["added"] + self.placed["changed"]
        return connection.execute(there).scalar_one() == wanted

    def count(self, connection: Connection) -> None:
        """Have them count from now on, within the transaction that is open."""
        own = select(contacts.c.customer_id, contacts.c.kept).where(contacts.c.kept == self.number)
        whose = standing_contacts.c.customer_id
        connection.execute(
            delete(standing_contacts).where(whose.in_(own.with_only_columns(contacts.c.customer_id)))
        )
        for part in portions(self.gone, BATCH):
            connection.execute(delete(standing_contacts).where(whose.in_(part)))
        rows = own.order_by(contacts.c.customer_id)
        connection.execute(standing_contacts.insert().from_select(["customer_id", "kept"], rows))
        self.counting = True


@contextmanager
def staged(state: State, given: Collection[Contact], *, replace: bool) -> Iterator[Staged]:
    """Write contacts for the block to have them count; what does not count after it is removed.

    Raises
    ------
    StateUnusable
        If they cannot be written; then nothing is changed.
    """
    ready = Staged(own_number())
    left = ready.written
    try:
        for part in portions(given, BATCH):
            _write(state, ready, part, replace=replace)
        if replace:
            _find_gone(state, ready, {each.customer_id for each in given})
        yield ready
        if ready.counting:
            left = ready.outdated
    finally:
        with suppress(StateUnusable):  # whoever keeps contacts next, or sweeps, removes them
            _clear(state, left)


def clear_left_over(state: State) -> None:
    """Remove what a keeping that was killed an hour ago or earlier left behind.

    Raises
    ------
    StateUnusable
    """
    before = left_before(LEFT_SECONDS)
    query = select(contacts.c.customer_id, contacts.c.kept).where(contacts.c.kept < before, ~STANDS)
    with state.reading() as connection:
        rows = [(whose, by) for whose, by in connection.execute(query)]
    _clear(state, rows)


def known(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[int, Contact]]:
    """Return the contacts of some customers that count, and the keeping of each, by customer."""
    rows = connection.execute(
        select(contacts).select_from(STANDING).where(standing_contacts.c.customer_id.in_(ids))
    )
    return {row.customer_id: (row.kept, _contact(row)) for row in rows}


def _write(state: State, ready: Staged, part: Sequence[Contact], *, replace: bool) -> None:
    with state.reading() as connection:
        found = known(connection, [each.customer_id for each in part])
    before = {customer_id: contact for customer_id, (_kept, contact) in found.items()}
    meant = part if replace else [updated(before.get(each.customer_id, each), each) for each in part]
    new = [each for each in meant if before.get(each.customer_id) != each]
    changed = [each.customer_id for each in new if each.customer_id in before]
    ready.placed += Counter(
        added=len(new) - len(changed), changed=len(changed), unchanged=len(meant) - len(new)
    )
    ready.reached.update(_reached(meant))
    if not replace:
        ready.reached.subtract(_reached(before.values()))
    ready.outdated += [(each, found[each][0]) for each in changed]
    if new:
        ready.written += [(each.customer_id, ready.number) for each in new]
        values = [_values(each, ready.number) for each in new]
        with small_change(state) as connection:
            connection.execute(contacts.insert(), values)


def _find_gone(state: State, ready: Staged, meant: set[str]) -> None:
    with state.reading() as connection:
        rows = connection.execute(select(standing_contacts.c.customer_id, standing_contacts.c.kept)).all()
    left = [(whose, by) for whose, by in rows if whose not in meant]
    ready.gone = [whose for whose, _by in left]
    ready.outdated += left


def _clear(state: State, rows: Iterable[tuple[str, int]]) -> None:
    for part in portions(rows, BATCH):
        with small_change(state) as connection:
            connection.execute(_CLEARED, [{"whose": whose, "by": by} for whose, by in part])


def _reached(them: Iterable[Contact]) -> Counter[str]:
    counted = Counter[str]()
    for each in them:
        counted["email"] += each.email is not None and each.email_consent is True
        counted["phone"] += each.phone is not None and each.phone_consent is True
    return counted


def _values(contact: Contact, number: int) -> Mapping[str, Any]:
    values = {name: getattr(contact, name) for name in COLUMNS}
    written = json.dumps(dict(contact.attributes), ensure_ascii=False)
    return values | {"attributes": written, "changed_at": int(time.time()), "kept": number}


def _contact(row: Row[Any]) -> Contact:
    found = {name: getattr(row, name) for name in COLUMNS}
    return Contact(**found | {"attributes": json.loads(found["attributes"])})
