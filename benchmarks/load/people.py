"""Staff with accounts and sessions of their own, made and signed in as people are."""

from __future__ import annotations

import http.client
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.people.tokens import Tokens
from services.site.state import State

PASSWORD = "a password for the load test"
SECRET_KEY = "only-for-sites-that-live-for-one-load-test"
_AT_ONCE = 2  # passwords are slow on purpose, and the site works on two at once


def hire(state: Path, count: int) -> list[str]:
    """Make accounts of all roles in turn and return their names."""
    names = [f"staff-{number:03}" for number in range(count)]
    kept = State(state)
    try:
        accounts = Accounts(kept)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            roles = [tuple(Role)[number % len(Role)] for number in range(count)]
            list(
                pool.map(
                    lambda each: accounts.add(each[0], each[1], PASSWORD), zip(names, roles, strict=True)
                )
            )
    finally:
        kept.close()
    return names


def token(state: Path) -> str:
    """Make a token that may look and return what a program sends with it."""
    kept = State(state)
    try:
        return f"Bearer {Tokens(kept, SECRET_KEY).add('load', Role.VIEWER)}"
    finally:
        kept.close()


def sign_in(port: int, names: Sequence[str]) -> list[str]:
    """Sign everybody in through the form and return their cookies, ``name=value``.

    Raises
    ------
    RuntimeError
        If somebody is not let in.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda name: _cookie(port, name), names))


def _cookie(port: int, name: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        form = urlencode({"name": name, "password": PASSWORD, "next": "/"})
        connection.request(
            "POST",
            "/sign-in",
            form,
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"},
        )
        answer = connection.getresponse()
        answer.read()
        cookie = answer.headers.get("Set-Cookie", "").partition(";")[0]
    finally:
        connection.close()
    if answer.status != 302 or not cookie:
        raise RuntimeError(f"{name} could not sign in: answered with {answer.status}")
    return cookie
