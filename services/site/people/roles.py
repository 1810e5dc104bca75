"""Who may do what. The only place that says which role includes which."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an account may do, and what a route or callback asks for.

    ``viewer`` looks; ``analyst`` looks, and changes presets and playbooks; ``exporter`` looks, and takes data
    away; ``admin`` does everything, and reads the audit log.
    """

    VIEWER = "viewer"
    ANALYST = "analyst"
    EXPORTER = "exporter"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        """Whether this role includes ``needed``."""
        return self is Role.ADMIN or needed in (self, Role.VIEWER)

    @property
    def sees_contacts(self) -> bool:
        """Whether this role is shown how a customer is reached."""
        return any(self.may(each) for each in CONTACTS_SEEN_BY)


CONTACTS_SEEN_BY = (Role.ANALYST, Role.EXPORTER)
"""Who is shown e-mails and phone numbers of single customers."""
