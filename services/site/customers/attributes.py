"""What contacts say of customers, by column and by value: for filters of lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import JSON, Connection, cast, func, select

from services.site.people import audit
from services.site.people.audit import What
from services.site.state import State
from services.site.state.tables import STANDING, contacts, standing_contacts

_PORTION = 50_000
_CHANGING = (What.CONTACTS, What.ERASURE, What.BACKUP)
# By the database's dialect: the names that contacts have a value of, and who has which value of one. SQLite
# reads the JSON of 200,000 contacts of 30 attributes in about a second.
_EACH = {
    "sqlite": func.json_each(contacts.c.attributes).table_valued("key", "value", joins_implicitly=True),
    "postgresql": func.json_each_text(cast(contacts.c.attributes, JSON)).table_valued(
        "key", "value", joins_implicitly=True
    ),
}


class Attributes:
    """What the contacts of one site say.

    Parameters
    ----------
    state : State
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def stamp(self) -> str:
        """Return what is another one after each change: every change of contacts is logged as it is made.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return stamp_within(connection)

    def columns(self) -> list[str]:
        """Return the columns that some contact has a value of, in the order of their letters.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading_one_moment() as connection:
            each = _EACH[connection.dialect.name].c
            query = select(each.key).select_from(STANDING).where(each.value != "").distinct()
            found = connection.execute(query).scalars().all()
        return sorted(found, key=lambda name: (name.casefold(), name))

    def known(self) -> bool:
        """Whether there is any contact.

        Raises
        ------
        StateUnusable
        """
        with self._state.reading() as connection:
            return connection.execute(select(standing_contacts.c.customer_id).limit(1)).first() is not None

    def values(self, column: str) -> Iterator[Sequence[Sequence[str]]]:
        """Give the values of a column: portions of pairs of value and customer's id.

        Raises
        ------
        StateUnusable
        """
        if "\0" in column:  # which PostgreSQL does not take, and no header has
            return
        with self._state.reading_one_moment() as connection:
            each = _EACH[connection.dialect.name].c
            query = select(each.value, contacts.c.customer_id).select_from(STANDING)
            query = query.where(each.key == column, each.value != "")
            rows = connection.execution_options(yield_per=_PORTION).execute(query)
            yield from rows.partitions()

    def agreed(self, channel: str) -> Iterator[Sequence[str]]:
        """Give the ids of who agreed to campaigns by a channel, in portions.

        Parameters
        ----------
        channel : {"email", "phone"}

        Raises
        ------
        StateUnusable
        """
        said = {"email": contacts.c.email_consent, "phone": contacts.c.phone_consent}[channel]
        query = select(contacts.c.customer_id).select_from(STANDING).where(said.is_(True))
        with self._state.reading() as connection:
            rows = connection.execution_options(yield_per=_PORTION).execute(query)
            yield from rows.scalars().partitions()


def stamp_within(connection: Connection) -> str:
    """Return what ``Attributes.stamp`` does, within the transaction that is open."""
    return audit.stamp_within(connection, _CHANGING)
