"""Who asks, for callbacks that keep what somebody did, and whom an answer tells of, for the log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import g

from services.site.people.audit import NOBODY
from services.site.people.roles import Action, Role
from services.web.access.parameters import understood
from services.web.access.person import LOCAL

if TYPE_CHECKING:
    from services.desk import Services
    from services.serving.lists.by_contacts import ByContacts


@dataclass(frozen=True)
class Asking:
    """Who asks.

    Attributes
    ----------
    name : str or None
        Of the account; None on a site that nobody signs in to.
    role : Role
    """

    name: str | None
    role: Role

    def may(self, action: Action) -> bool:
        """Whether they may do that."""
        return self.role.may(action)

    @property
    def account(self) -> str:
        """Who stands in the audit log."""
        return self.name or NOBODY


def asking() -> Asking:
    """Return who sent the request that is being answered: from the session, never from a body."""
    person = g.get("person", LOCAL)
    return Asking(None if person is LOCAL else person.name, person.role)


def seen_contacts(services: Services) -> ByContacts | None:
    """Return what contacts say, for the filters of who asks; None where they may not see contacts."""
    return services.by_contacts if asking().may(Action.CONTACTS) else None


def lists(release: str, page: str, asked: Iterable[tuple[str, object]], rows: int) -> None:
    """Have a portion of a list of customers logged, where people sign in.

    Parameters
    ----------
    release : str
        Id of the release whose customers they are.
    page : str
        Its path.
    asked : iterable of (str, object)
        The filters as understood.
    rows : int
        How many the answer holds.
    """
    query = understood(asked)
    g.listed = (release, f"{page}?{query}" if query else page, rows)


def tells_of(release: str, customers: Iterable[str]) -> None:
    """Have the answer's customers logged as looked up, where people sign in.

    Parameters
    ----------
    release : str
        Id of the release that tells of them.
    customers : iterable of str
        Ids; those that nobody has too.
    """
    g.shown = (release, list(customers))
