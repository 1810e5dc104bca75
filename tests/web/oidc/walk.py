"""The way to a provider and back, as a browser goes it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.site.people.accounts import Account, Accounts
from services.site.people.audit import Audit, Entry
from services.site.people.roles import Role
from services.site.people.sessions import Sessions
from services.site.state import State
from tests.oidc import Provider, led_to
from tests.web.people import KEY

ROLES = (("heads", Role.ADMIN), ("sellers", Role.MARKETER), ("staff", Role.VIEWER))
AGAIN = "Signing in with Shop ID did not work."


@dataclass(frozen=True)
class Trusting:
    """A site that trusts a provider, and its records."""

    server: Flask
    state: State

    def begun(self, client: FlaskClient | None = None, wanted: str = "/") -> tuple[FlaskClient, str]:
        """Go to the provider; return the browser and the address to which it leads back."""
        client = client or self.server.test_client()
        answer = client.get("/sign-in/oidc", query_string={"next": wanted})
        assert answer.status_code == 302, answer.text
        return client, led_to(answer.location).removeprefix("http://localhost")

    def gone(self, client: FlaskClient | None = None, wanted: str = "/") -> tuple[FlaskClient, TestResponse]:
        """Go there and come back; return the browser and the last answer."""
        client, back = self.begun(client, wanted)
        return client, client.get(back)

    def let_in(self, client: FlaskClient) -> bool:
        """Whether a browser has a session that is not over, whatever the site remembers of it."""
        kept = client.get_cookie("session")
        return kept is not None and Sessions(self.state, KEY).who(kept.value) is not None

    def account(self, name: str) -> Account | None:
        """Return an account, if there is one of this name."""
        return next((each for each in Accounts(self.state).listed() if each.name == name), None)

    def logged(self, most: int = 1) -> list[Entry]:
        """Return the last rows of the log, the newest first."""
        return Audit(self.state).listed(most=most)

    def refused(self, there: Provider, said: str = AGAIN, status: int = 401) -> Entry:
        """Go there and come back, not be let in, be told so, and have no account; return what is logged."""
        client, answer = self.gone()
        assert (answer.status_code, said in answer.text) == (status, True), answer.text
        assert "Set-Cookie" not in answer.headers
        assert not self.let_in(client)
        assert self.account(there.says["email"]) is None
        return self.logged()[0]
