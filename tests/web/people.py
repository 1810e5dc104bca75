"""A site in this process with an account of each role, over a real release, and clients signed in to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from dash import Dash
from flask.testing import FlaskClient

from app import create_app
from services.desk import load_services
from services.site.people.accounts import Accounts
from services.site.people.audit import Audit
from services.site.people.roles import Action, Role
from services.site.people.tokens import Tokens
from services.site.settings import Settings
from services.site.state import State
from services.web.access.gate import PRESSES

PASSWORD = "four words and more"
KEY = "0123456789abcdef" * 4
HTML = {"Accept": "text/html"}
READING = (Action.LOOK, Action.CONTACTS)
"""What changes nothing."""


@dataclass(frozen=True)
class Guarded:
    """The app, its state, and how to sign in."""

    app: Dash
    state: State
    tokens: dict[Role, str]

    @property
    def audit(self) -> Audit:
        """The log."""
        return Audit(self.state)

    def visitor(self) -> FlaskClient:
        """Return a browser that never signed in."""
        return self.app.server.test_client()

    def signed_in(self, role: Role) -> FlaskClient:
        """Return a browser of the account with that role."""
        client = self.visitor()
        answer = client.post("/sign-in", data={"name": role.value, "password": PASSWORD, "next": "/"})
        assert answer.status_code == 302, answer.text
        return client

    def program(self, role: Role) -> FlaskClient:
        """Return a program that shows a token with that role."""
        client = self.visitor()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {self.tokens[role]}"
        return client


def guarded(models: Path, folder: Path, **settings: object) -> Guarded:
    """Make the site; its accounts and tokens are named like their roles."""
    given = Settings(models_dir=models, state_dir=folder, secret_key=KEY, **settings)
    state = State(folder)
    for role in Role:
        Accounts(state).add(role.value, role, PASSWORD)
    tokens = {role: Tokens(state, KEY).add(role.value, role) for role in Role}
    return Guarded(create_app(given, load_services(given)), state, tokens)


def body_of(key: str, entry: dict) -> dict:
    """Return a body that the page could send for a callback: its inputs with no value."""

    def concrete(spec: dict) -> object:
        named = json.loads(spec["id"]) if spec["id"].startswith("{") else None
        if named is None:
            return {"id": spec["id"], "property": spec["property"], "value": None}
        if ["ALL"] in named.values():
            return []
        one = {part: "x" if isinstance(value, list) else value for part, value in named.items()}
        return {"id": one, "property": spec["property"], "value": None}

    several = key.startswith("..")
    names = key[2:-2].split("...") if several else [key]
    outputs = [concrete(dict(zip(("id", "property"), name.rsplit(".", 1), strict=True))) for name in names]
    return {
        "output": key,
        "outputs": outputs if several else outputs[0],
        "inputs": [concrete(spec) for spec in entry["inputs"]],
        "state": [concrete(spec) for spec in entry["state"]],
        "changedPropIds": [],
    }


def pressed_body(key: str, entry: dict) -> dict:
    """Return the body that the page sends when a button of a callback is pressed, one of each list too."""
    body = body_of(key, entry)
    for place, spec in enumerate(entry["inputs"]):
        if spec["property"] not in PRESSES:
            continue
        if body["inputs"][place] == []:
            body["inputs"][place] = [
                {"id": json.loads(spec["id"]) | {"index": 1}, "property": spec["property"]}
            ]
        given = body["inputs"][place]
        for each in given if isinstance(given, list) else [given]:
            each["value"] = 1
            name = (
                each["id"] if isinstance(each["id"], str) else json.dumps(each["id"], separators=(",", ":"))
            )
            body["changedPropIds"].append(f"{name}.{each['property']}")
    return body


def sent(site: Guarded, client: FlaskClient, callback: str, values: dict[str, object]) -> dict:
    """Ask a callback as the page does, and return its outputs' new properties by id.

    Parameters
    ----------
    site : Guarded
    client : FlaskClient
    callback : str
        Module and name, ``callbacks.predict.wiring.on_question``.
    values : dict
        Of its inputs and states, by ``id.property``; the others are None.
    """
    key, entry = next(
        (key, entry)
        for key, entry in site.app.callback_map.items()
        if "callback" in entry and f"{entry['callback'].__module__}.{entry['callback'].__name__}" == callback
    )
    body = body_of(key, entry)
    for each in (*body["inputs"], *body["state"]):
        if isinstance(each, dict):
            each["value"] = values.get(f"{each['id']}.{each['property']}")
    body["changedPropIds"] = list(values)
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json["response"]
