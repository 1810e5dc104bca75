"""Who may do what: the one table of roles and actions.

Routes, callbacks, pages, documents and tests are made from it (decision 100).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from services.core.language.messages import _, later, sense


class Action(StrEnum):
    """What somebody may do on the site; the value goes on after “may”, in English as the log keeps it."""

    LOOK = later("look at pages and find customers").text
    CONTACTS = later("see how a customer is reached").text
    SERVE = later("write notes and opt customers out").text
    PLAYBOOKS = later("edit playbooks").text
    CAMPAIGNS = later("save and change campaigns").text
    EXPORT = later("take files of customers away").text
    PRESETS = later("edit segments").text
    TRAIN = later("train").text
    PUBLISH = later("publish releases").text
    DATA = later("bring files").text
    PEOPLE = later("manage users").text
    LOG = later("read the audit log").text

    @property
    def said(self) -> str:
        """What goes on after “may” in the language that holds."""
        return _(self.value)


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

    @property
    def said(self) -> str:
        """Its name in the language that holds; the value is what accounts, commands and programs have."""
        return {
            Role.VIEWER: sense("role", "viewer"),
            Role.SERVICE: sense("role", "service"),
            Role.MARKETER: sense("role", "marketer"),
            Role.ANALYST: sense("role", "analyst"),
            Role.EXPORTER: sense("role", "exporter"),
            Role.ADMIN: sense("role", "admin"),
        }[self]

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
    *others, last = [role.said for role in (Role if older else OFFERED) if role.may(action)]
    return _("{others} or {last}", others=", ".join(others), last=last) if others else last
