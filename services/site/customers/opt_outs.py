"""Who wants no campaigns, as staff were told: a list kept with the site, each change of it logged.

A ledger may have a column of its own for this; what it says is part of the release, not of this list.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import JSON, BigInteger, Connection, Text, bindparam, cast, delete, exists, func, select

from services.core.text.customer_ids import folded
from services.site.people import audit
from services.site.people.audit import What
from services.site.state import State
from services.site.state.portions import portions, small_change
from services.site.state.tables import opt_outs

# Made once: the first is asked with every list of customers, the second with every customer.
_IDS = select(opt_outs.c.customer_id)
_ONE = select(opt_outs).where(opt_outs.c.customer_id.in_(bindparam("meant", expanding=True)))
# One statement a portion, by the database's dialect: others wait for it.
_GIVEN = bindparam("ids", type_=Text)
_EACH = {
    "sqlite": func.json_each(_GIVEN).table_valued("value"),
    "postgresql": func.json_array_elements_text(cast(_GIVEN, JSON)).table_valued("value"),
}
_ADDED = {
    dialect: opt_outs.insert().from_select(
        ["customer_id", "who", "at"],
        select(each.c.value, bindparam("by", type_=Text), bindparam("now", type_=BigInteger)).where(
            ~exists().where(opt_outs.c.customer_id == each.c.value)
        ),
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

        A long list goes in portions. Each counts at once and is logged by itself: whoever sends meanwhile
        asks the log whether anybody opted out.

        Parameters
        ----------
        ids : iterable of str
            As ``services.core.text.customer_ids.canonical_id`` spells them.
        who, subject : str
            For the log: who does it, and the id or the file it is done for.

        Raises
        ------
        StateUnusable
            If it cannot be kept; portions that were kept before stay.
        """
        with self._state.reading() as connection:
            known = set(map(folded, connection.execute(_IDS).scalars()))
        wanted = sorted({folded(each) for each in ids} - known)
        added = 0
        for part in list(portions(wanted)) or [[]]:
            with small_change(self._state) as connection:
                added += _add(connection, part, who, subject)
        return added

    def remove(self, ids: Iterable[str], who: str, subject: str) -> int:
        """Take customers off the list and return how many were on it; as ``add``."""
        meant = {folded(each) for each in ids}
        removed = 0
        with self._state.reading() as connection:
            wanted = [each for each in connection.execute(_IDS).scalars() if folded(each) in meant]
        for part in list(portions(sorted(wanted))) or [[]]:
            with small_change(self._state) as connection:
                gone = delete(opt_outs).where(opt_outs.c.customer_id.in_(part))
                rows = connection.execute(gone).rowcount
                audit.add_within(connection, who, What.OPT_OUT, subject, rows=rows, result="removed")
            removed += rows
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


def _add(connection: Connection, ids: list[str], who: str, subject: str) -> int:
    given = {"ids": json.dumps(ids, ensure_ascii=False), "by": who, "now": int(time.time())}
    added = _ADDED[connection.dialect.name].execution_options(preserve_rowcount=True)
    rows = connection.execute(added, given).rowcount
    audit.add_within(connection, who, What.OPT_OUT, subject, rows=rows, result="added")
    return rows
