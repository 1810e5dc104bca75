"""Contacts of customers: kept with the site, apart from releases. The log names the file alone."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, delete, func, select

from services.core.contacts.contact import COLUMNS, Contact, updated
from services.site.customers import opt_outs
from services.site.people.audit import What, add_within
from services.site.state import State
from services.site.state.tables import contact_attributes, contacts

_BATCH = 500
_Given = TypeVar("_Given")


@dataclass(frozen=True)
class Kept:
    """What became of a file's contacts.

    Attributes
    ----------
    added, changed, unchanged, removed : int
        Customers; those whose contact was there before and said the same are unchanged.
    opted_out : int
        Who said no to campaigns and was not on the opt-out list before.
    by_email, by_phone : int
        Contacts of the whole site with an address of the kind and a yes to campaigns by it.
    """

    added: int
    changed: int
    unchanged: int
    removed: int
    opted_out: int
    by_email: int
    by_phone: int


@dataclass(frozen=True)
class Standing:
    """How many contacts there are, who of them may be written to, and when the last came (UTC)."""

    contacts: int
    by_email: int
    by_phone: int
    at: datetime | None


class Contacts:
    """The contacts of one site.

    Parameters
    ----------
    state : State
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def keep(self, given: Collection[Contact], *, who: str, subject: str, replace: bool = False) -> Kept:
        """Keep contacts, and put who said no to campaigns on the opt-out list; all of it or nothing.

        Parameters
        ----------
        given : collection of Contact
            One a customer. What one leaves open stays as it was, unless ``replace``.
        who, subject : str
            For the log: who brings them, and in which file.
        replace : bool
            Whether everybody else's contact goes. Nobody leaves the opt-out list by it.

        Raises
        ------
        StateUnusable
        """
        with self._state.writing() as connection:
            gone: list[str] = []
            if replace:
                meant = {each.customer_id for each in given}
                gone = [
                    each
                    for each in connection.execute(select(contacts.c.customer_id)).scalars()
                    if each not in meant
                ]
                _remove(connection, gone)
            placed = Counter[str]()
            for part in _parts(given):
                placed += _place(connection, part, replace=replace)
            out = [each.customer_id for each in given if each.refused]
            opted_out = opt_outs.add_within(connection, out, who, subject) if out else 0
            result = "replaced" if replace else "merged"
            add_within(connection, who, What.CONTACTS, subject, rows=placed.total(), result=result)
            now = _standing(connection)
        return Kept(
            added=placed["added"],
            changed=placed["changed"],
            unchanged=placed["unchanged"],
            removed=len(gone),
            opted_out=opted_out,
            by_email=now.by_email,
            by_phone=now.by_phone,
        )

    def of(self, customer_id: str) -> Contact | None:
        """Return the contact of a customer, or None.

        Raises
        ------
        StateUnusable
        """
        return self.among([customer_id]).get(customer_id)

    def among(self, ids: Sequence[str]) -> dict[str, Contact]:
        """Return the contacts of some customers by id.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return {
                found.customer_id: found
                for start in range(0, len(ids), _BATCH)
                for found in _read(connection, ids[start : start + _BATCH])
            }

    def standing(self) -> Standing:
        """Return how many there are.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return _standing(connection)


def _standing(connection: Connection) -> Standing:
    by_email = contacts.c.email.is_not(None) & contacts.c.email_consent.is_(True)
    by_phone = contacts.c.phone.is_not(None) & contacts.c.phone_consent.is_(True)
    asked = select(
        func.count(),
        func.count().filter(by_email),
        func.count().filter(by_phone),
        func.max(contacts.c.changed_at),
    ).select_from(contacts)
    every, mails, phones, at = connection.execute(asked).one()
    return Standing(every, mails, phones, None if at is None else datetime.fromtimestamp(at, UTC))


def _parts(given: Iterable[_Given]) -> Iterable[list[_Given]]:
    left = iter(given)
    while part := list(islice(left, _BATCH)):
        yield part


def _remove(connection: Connection, ids: Iterable[str]) -> None:
    for part in _parts(ids):
        for table in (contacts, contact_attributes):
            connection.execute(delete(table).where(table.c.customer_id.in_(part)))


def _place(connection: Connection, part: Sequence[Contact], *, replace: bool) -> Counter[str]:
    """Keep some contacts, one a customer; count those that are added, changed and unchanged."""
    known = {each.customer_id: each for each in _read(connection, [each.customer_id for each in part])}
    meant = part if replace else [updated(known.get(each.customer_id, each), each) for each in part]
    new = [each for each in meant if known.get(each.customer_id) != each]
    changed = [each.customer_id for each in new if each.customer_id in known]
    _remove(connection, changed)
    now = int(time.time())
    if new:
        connection.execute(contacts.insert(), [_values(each, now) for each in new])
    if said := [
        {"customer_id": each.customer_id, "name": name, "value": value}
        for each in new
        for name, value in each.attributes.items()
    ]:
        connection.execute(contact_attributes.insert(), said)
    return Counter(added=len(new) - len(changed), changed=len(changed), unchanged=len(meant) - len(new))


def _values(contact: Contact, now: int) -> Mapping[str, Any]:
    values = {name: getattr(contact, name) for name in COLUMNS}
    written = json.dumps(dict(contact.attributes), ensure_ascii=False)
    return values | {"attributes": written, "changed_at": now}


def _read(connection: Connection, ids: Sequence[str]) -> list[Contact]:
    rows = connection.execute(select(contacts).where(contacts.c.customer_id.in_(ids)))
    return [_contact(row) for row in rows]


def _contact(row: Row[Any]) -> Contact:
    kept = dict(row._mapping)
    del kept["changed_at"]
    return Contact(**kept | {"attributes": json.loads(kept["attributes"])})
