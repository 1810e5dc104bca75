"""Who asks, for callbacks that keep what somebody did: from the session, never from a body."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

from services.site.roles import Role
from services.web.door import LOCAL


@dataclass(frozen=True)
class Asking:
    """Who asks.

    Attributes
    ----------
    name : str or None
        Of the account; None on a site that nobody signs in to.
    may_change : bool
        Whether presets may be saved.
    """

    name: str | None
    may_change: bool


def asking() -> Asking:
    """Return who sent the request that is being answered."""
    person = g.get("person", LOCAL)
    return Asking(None, True) if person is LOCAL else Asking(person.name, person.role.may(Role.ANALYST))
