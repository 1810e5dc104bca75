"""Who wants no campaigns, as staff were told: a list kept with the site, each change of it logged.

A ledger may have a column of its own for this; what it says is part of the release, not of this list.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import JSON, BigInteger, Connection, Text, bindparam, cast, delete, func, select

from services.core.text.customer_ids import folded
from services.site.people import audit
from services.site.people.audit import What
from services.site.state import State
from services.site.state.tables import opt_outs

_BATCH = 500
# Made once: the first is asked with every list of customers, the second with every customer.
_IDS = select(opt_outs.c.customer_id)
_ONE = select(opt_outs).where(opt_outs.c.customer_id.in_(bindparam("meant", expanding=True)))
# One statement whatever their number, by the database's dialect: others wait for it.
_GIVEN = bindparam("ids", type_=Text)
_EACH = {
    "sqlite": func.json_each(_GIVEN).table_valued("value"),
    "postgresql": func.json_array_elements_text(cast(_GIVEN, JSON)).table_valued("value"),
}
_ADDED = {
    dialect: opt_outs.insert().from_select(
        ["customer_id", "who", "at"],
        select(each.c.value, bindparam("by", type_=Text), bindparam("now", type_=BigInteger)),
    )
    for dialect, each in _EACH.items()
}


@dataclass(frozen=True)
class OptOut:
    """A customer on the list: who put them there, and when (UTC)."""

    customer_id: str
    who: str
    at: datetime


class OptOuts:
    """The list of one site.

    Parameters
    ----------
    state : State
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, ids: Iterable[str], who: str, subject: str) -> int:
        """Put customers on the list and return how many were not on it before.

        Parameters
        ----------
        ids : iterable of str
            As ``services.core.text.customer_ids.canonical_id`` spells them.
        who, subject : str
            For the log: who does it, and the id or the file it is done for.

        Raises
        ------
        StateUnusable
            If it cannot be kept; then nothing is.
        """
        with self._state.writing() as connection:
            return add_within(connection, ids, who, subject)

    def remove(self, ids: Iterable[str], who: str, subject: str) -> int:
        """Take customers off the list and return how many were on it; as ``add``."""
        meant = {folded(each) for each in ids}
        removed = 0
        with self._state.writing() as connection:
            wanted = [each for each in connection.execute(_IDS).scalars() if folded(each) in meant]
            for start in range(0, len(wanted), _BATCH):
                part = opt_outs.c.customer_id.in_(wanted[start : start + _BATCH])
                removed += connection.execute(delete(opt_outs).where(part)).rowcount
            log = (connection, who, What.OPT_OUT, subject)
            audit.add_within(*log, rows=removed, result="removed")
        return removed

    def ids(self) -> frozenset[str]:
        """Return the ids on the list, e-mails as all their spellings are stored.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return frozenset(map(folded, connection.execute(_IDS).scalars()))

    def one(self, customer_id: str) -> OptOut | None:
        """Return the entry of a customer, or None.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            row = connection.execute(_ONE, {"meant": [customer_id, folded(customer_id)]}).first()
        return OptOut(row.customer_id, row.who, datetime.fromtimestamp(row.at, UTC)) if row else None

    def listed(self) -> list[OptOut]:
        """Return the list in the order of the ids' bytes.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            rows = connection.execute(select(opt_outs)).all()
        found = [OptOut(row.customer_id, row.who, datetime.fromtimestamp(row.at, UTC)) for row in rows]
        return sorted(found, key=lambda each: each.customer_id.encode())


def add_within(connection: Connection, ids: Iterable[str], who: str, subject: str) -> int:
    """Put customers on the list as ``OptOuts.add`` does, as part of a change that is kept whole or not."""
    now = int(time.time())
    known = set(map(folded, connection.execute(_IDS).scalars()))
    wanted = sorted({folded(each) for each in ids} - known)
    if wanted:
        given = {"ids": json.dumps(wanted, ensure_ascii=False), "by": who, "now": now}
        connection.execute(_ADDED[connection.dialect.name], given)
    audit.add_within(connection, who, What.OPT_OUT, subject, rows=len(wanted), result="added")
    return len(wanted)
