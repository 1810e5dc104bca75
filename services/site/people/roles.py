"""Who may do what: the one table of roles and actions.

Routes, callbacks, pages, documents and tests are made from it (decision 100).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Action(StrEnum):
    """What somebody may do on the site; the value goes on after “may”."""

    LOOK = "look at pages and find customers"
    CONTACTS = "see how a customer is reached"
    SERVE = "write notes and opt customers out"
    PLAYBOOKS = "edit playbooks"
    CAMPAIGNS = "save and change campaigns"
    EXPORT = "take files of customers away"
    PRESETS = "edit segments"
    TRAIN = "train"
    PUBLISH = "publish releases"
    DATA = "bring files"
    PEOPLE = "manage users"
    LOG = "read the audit log"


class Role(StrEnum):
    """What an account or a token may do.

    One for each job, and ``exporter``, which is older than these: who has it keeps it.
    """

    VIEWER = "viewer"
    SERVICE = "service"
    MARKETER = "marketer"
    ANALYST = "analyst"
    EXPORTER = "exporter"
    ADMIN = "admin"

    def may(self, action: Action) -> bool:
        """Whether this role allows ``action``."""
        return action in RIGHTS[self]


_SERVICE = (Action.LOOK, Action.CONTACTS, Action.SERVE)
RIGHTS: Mapping[Role, frozenset[Action]] = {
    Role.VIEWER: frozenset({Action.LOOK}),
    Role.SERVICE: frozenset(_SERVICE),
    Role.MARKETER: frozenset({*_SERVICE, Action.PLAYBOOKS, Action.CAMPAIGNS, Action.EXPORT}),
    Role.ANALYST: frozenset(
        {*_SERVICE, Action.PLAYBOOKS, Action.PRESETS, Action.TRAIN, Action.PUBLISH, Action.DATA}
    ),
    Role.EXPORTER: frozenset({Action.LOOK, Action.CONTACTS, Action.CAMPAIGNS, Action.EXPORT}),
    Role.ADMIN: frozenset(Action),
}
OLDER = frozenset({Role.EXPORTER})
"""Kept by those who have them, and not offered for new accounts on the page of users."""
OFFERED = tuple(role for role in Role if role not in OLDER)


def who_may(action: Action, *, older: bool = False) -> str:
    """Name the roles that allow ``action``, as a sentence does; ``older`` ones where they still count."""
    names = [role.value for role in (Role if older else OFFERED) if role.may(action)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
