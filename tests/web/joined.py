"""People who join a site of a test: each has an account of their own, which the test may change."""

from __future__ import annotations

from itertools import count

from flask.testing import FlaskClient

from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from tests.web.people import PASSWORD, Guarded

_NUMBERS = count(1)


def joined(site: Guarded, role: Role) -> str:
    """Return the name of a new account with this role and the password of all."""
    name = f"{role}-{next(_NUMBERS)}"
    Accounts(site.state).add(name, role, PASSWORD)
    return name


def entered(site: Guarded, name: str, password: str = PASSWORD, agent: str = "") -> tuple[FlaskClient, int]:
    """Return a browser in which somebody tried to sign in, and the status of the answer."""
    client = site.visitor()
    client.environ_base["HTTP_USER_AGENT"] = agent
    return client, client.post("/sign-in", data={"name": name, "password": password}).status_code


def logged(site: Guarded, name: str) -> list[tuple[str, str]]:
    """Return who did what to an account, the last change first."""
    return [(each.who, each.result) for each in site.audit.listed(what="account", subject=name)]
