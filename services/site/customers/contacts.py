"""Contacts of customers: kept with the site, apart from releases. The log names the file alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from services.core.contacts.contact import Contact
from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.customers import keeping
from services.site.customers.attributes import stamp_within
from services.site.customers.forgotten import Forgotten
from services.site.customers.opt_outs import OptOuts
from services.site.people.audit import What, add_within
from services.site.state import State, alone_with
from services.site.state.portions import portions
from services.site.state.tables import STANDING, contacts, standing_contacts

_TRIES = 5


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
        """Put who said no to campaigns on the opt-out list, and then keep the contacts, all or none of them.

        Others change records meanwhile. If they change contacts, this begins again with theirs.

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
        Refusal
            If others change contacts each time; then no contact is kept.
        StateUnusable
        """
        keeping.clear_left_over(self._state)
        opted_out = 0
        for _try in range(_TRIES):
            with self._state.reading() as connection:
                stamp, before = stamp_within(connection), _standing(connection)
            # asked after the stamp: an erasure of now gives another one, and was noted before
            erased = Forgotten(self._state).among(each.customer_id for each in given)
            meant = [each for each in given if each.customer_id not in erased]
            with keeping.staged(self._state, meant, replace=replace) as staged:
                reached = staged.reached
                if not replace:
                    reached.update(email=before.by_email, phone=before.by_phone)
                opted_out += self._opt_out([each.customer_id for each in meant if each.refused], who, subject)
                with self._state.writing() as connection:
                    alone_with(connection, standing_contacts)
                    if stamp_within(connection) != stamp or not staged.whole(connection):
                        continue
                    staged.count(connection)
                    placed = staged.placed
                    result = "replaced" if replace else "merged"
                    add_within(connection, who, What.CONTACTS, subject, rows=placed.total(), result=result)
                return Kept(
                    added=placed["added"],
                    changed=placed["changed"],
                    unchanged=placed["unchanged"],
                    removed=len(staged.gone),
                    opted_out=opted_out,
                    by_email=reached["email"],
                    by_phone=reached["phone"],
                )
        raise Refusal(
            _(
                "Other people kept changing contacts while this file was being saved, so no contact was "
                "kept. Customers who say no to campaigns in it are on the opt-out list already. "
                "Bring it again in a moment."
            )
        )

    def _opt_out(self, ids: Sequence[str], who: str, subject: str) -> int:
        """Opt customers out, but nobody who is erased by then: the erasure removes later ones itself."""
        if not ids:
            return 0
        store = OptOuts(self._state)
        added = store.add(ids, who, subject)
        erased = Forgotten(self._state).among(ids)
        return added - (store.remove(erased, who, subject) if erased else 0)

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
                for part in portions(ids, keeping.BATCH)
                for _kept, found in keeping.known(connection, part).values()
            }

    def clear(self) -> None:
        """Remove what a process that was killed while it kept contacts left behind.

        Raises
        ------
        StateUnusable
        """
        keeping.clear_left_over(self._state)

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
    ).select_from(STANDING)
    every, mails, phones, at = connection.execute(asked).one()
    return Standing(every, mails, phones, None if at is None else datetime.fromtimestamp(at, UTC))
