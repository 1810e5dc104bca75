"""Customers who were erased: a keyed digest of each id stays, so that no training brings them back.

The key lies beside the digests, for a training has to ask; who holds the site's records can try ids out,
and reads none.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import Connection, delete, func, select, update

from services.core.text.addresses import query_of
from services.site.jobs.job import remove_naming
from services.site.people.audit import What, add_within, tame
from services.site.sources import forgetting
from services.site.state import State, alone_with
from services.site.state.tables import (
    audience_members,
    audiences,
    audit,
    contacts,
    forgotten,
    keys,
    notes,
    opt_outs,
    push_members,
    standing_contacts,
)

_KEY = "forgotten"
_SHOWN = 12
_HOLDING = (audience_members, notes, opt_outs, contacts, push_members)
"""In the order of ``Removed``."""


@dataclass(frozen=True)
class Removed:
    """What the site's records held of a customer, in rows.

    Attributes
    ----------
    audiences, notes, opt_outs, contacts, pushes : int
        Removed; of the last, from those that were still to be sent.
    log : int
        Entries of the audit log that name the id; they stay, since the log only grows.
    """

    audiences: int
    notes: int
    opt_outs: int
    contacts: int
    pushes: int
    log: int

    @property
    def any(self) -> bool:
        """Whether there was anything to remove."""
        return bool(self.audiences or self.notes or self.opt_outs or self.contacts or self.pushes)


class Forgotten:
    """Who was erased from one site.

    Parameters
    ----------
    state : State
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def among(self, ids: Iterable[str]) -> set[str]:
        """Return those of some ids that were erased.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            known = set(connection.execute(select(forgotten.c.digest)).scalars())
            key = _key(connection)
        if not known or key is None:
            return set()
        return {each for each in ids if _digest(key, each) in known}

    def add(self, customer_id: str) -> str:
        """Keep the digest of an id, and return how the log names it from now on.

        Raises
        ------
        StateUnusable
        """
        with self._state.writing() as connection:
            key = _key(connection)
            if key is None:
                key = secrets.token_bytes(32)
                connection.execute(keys.insert().values(name=_KEY, value=key))
            digest = _digest(key, customer_id)
            known = connection.execute(select(forgotten).where(forgotten.c.digest == digest)).first()
            if known is None:
                connection.execute(forgotten.insert().values(digest=digest, at=int(time.time())))
        return f"forgotten-{digest.hex()[:_SHOWN]}"

    def held(self, customer_id: str) -> Removed:
        """Count what the site's records hold of a customer.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return _count(connection, customer_id)

    def erase(self, customer_id: str, name: str, who: str, result: str) -> Removed:
        """Remove a customer from all lists, notes, contacts, queues, ended jobs and failures; log it.

        Parameters
        ----------
        customer_id : str
        name : str
            From ``add``: what the log says instead of the id.
        who, result : str
            For the log.

        Raises
        ------
        StateUnusable
            If it cannot be done; then nothing is.
        """
        with self._state.writing() as connection:
            alone_with(connection, standing_contacts)  # first, as whoever keeps contacts does
            found = _count(connection, customer_id)
            for table in (*_HOLDING, standing_contacts):  # these say which contact counts
                connection.execute(delete(table).where(table.c.customer_id == customer_id))
            _blank_views(connection, customer_id)
            remove_naming(connection, customer_id)
            forgetting.remove_naming(connection, customer_id)
            add_within(connection, who, What.ERASURE, name, result=result)
        with self._state.reading() as connection:
            if connection.dialect.name == "sqlite":  # the side file of changes holds the rows as they were
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return found


def _key(connection: Connection) -> bytes | None:
    return connection.execute(select(keys.c.value).where(keys.c.name == _KEY)).scalar_one_or_none()


def _digest(key: bytes, customer_id: str) -> bytes:
    return hmac.digest(key, customer_id.encode(), hashlib.sha256)


def _count(connection: Connection, customer_id: str) -> Removed:
    counts = [
        connection.execute(
            select(func.count()).select_from(table).where(table.c.customer_id == customer_id)
        ).scalar_one()
        for table in _HOLDING
    ]
    named = select(func.count()).select_from(audit).where(audit.c.subject == tame(customer_id))
    audiences_of, notes_of, opt_outs_of, contacts_of, pushes_of = counts
    log = connection.execute(named).scalar_one()
    return Removed(audiences_of, notes_of, opt_outs_of, contacts_of, pushes_of, log)


def _blank_views(connection: Connection, customer_id: str) -> None:
    """Take the id out of the view an audience was saved from, where somebody had searched for it."""
    for row in connection.execute(select(audiences.c.id, audiences.c.query, audiences.c.described)).all():
        query = query_of(row.query)
        if customer_id in query.get("containing", []):
            del query["containing"]
            described = row.described.replace(customer_id, "…")
            changed = {"query": urlencode(query, doseq=True), "described": described}
            connection.execute(update(audiences).where(audiences.c.id == row.id).values(**changed))
