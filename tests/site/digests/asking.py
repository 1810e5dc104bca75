"""Digests that tests ask for."""

from __future__ import annotations

from services.site.digests.subscriptions import Subscription, Subscriptions
from services.site.digests.when import Rhythm
from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.settings import Settings
from services.site.state import State

MONDAY = Rhythm("weekly", 1, 8, "Europe/London")
LINK = "https://desk.example.com"
PASSWORD = "four words and more"
BEFORE = 1_796_083_200.0
"""1 December 2026, a Tuesday: the next Monday is 7 December."""
DUE = BEFORE + (6 * 24 + 8) * 3_600
"""When that one is due."""


def mailing(**more: object) -> Settings:
    """Settings of a site that sends mail, and webhooks to this computer."""
    given = {"smtp_host": "127.0.0.1", "smtp_tls": "none", "smtp_from": "desk@example.org"}
    return Settings(**{**given, "digest_hosts": ("hooks.slack.com",), **more})


def asked(state: State, clock: object, settings: Settings, name: str = "ana", **how: object) -> Subscription:
    """Have an account, made where it is not there, ask for a digest."""
    accounts = Accounts(state)
    if name not in [each.name for each in accounts.listed()]:
        accounts.add(name, Role.VIEWER, PASSWORD)
    wanted = {"channel": "mail", "address": "ana@example.org", "rhythm": MONDAY, "link": LINK, **how}
    return Subscriptions(state, clock).add(name, settings=settings, **wanted)
