"""A database that takes connections and answers nothing: pages say so soon, what needs none goes on."""

from __future__ import annotations

import http.client
import json
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.people.sessions import Sessions
from services.site.people.tokens import Tokens
from services.site.state import FILE, State
from tests.postgresql import postgresql
from tests.releases.tiny import make_tiny_release
from tests.running import serve
from tests.server.wire import PATIENCE, address

KEY = "0123456789abcdef" * 4
PASSWORD = "four words and more"
PEOPLE = 4  # for each of six addresses: fewer in all than one worker has threads
GIVEN_UP = 6.0
AT_ONCE = 1.0  # 0.1 s where nothing else is going on; never the seconds that a database is waited for
NEEDS_NONE = (
    "/healthz",
    "/assets/base.css",
    "/vendor/desk.css",
    "/_dash-component-suites/dash/deps/react@18.3.1.min.js",
)


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder)
    return folder


def ana(state):
    """Make an account, and return two cookies and the token of who has it."""
    Accounts(state).add("ana", Role.ADMIN, PASSWORD)
    sessions = [Sessions(state, KEY).sign_in("ana", PASSWORD, "127.0.0.1") for _ in range(2)]
    token = Tokens(state, KEY).add("till", Role.VIEWER)
    state.close()
    return [{"Cookie": f"session={each}"} for each in sessions], {"Authorization": f"Bearer {token}"}


def ask(site, path, headers, body=None):
    """Ask once, and return how long it took, status, type and text."""
    connection = http.client.HTTPConnection(*address(site), timeout=PATIENCE)
    began = time.monotonic()
    try:
        connection.request("POST" if body else "GET", path, body, headers)
        found = connection.getresponse()
        text = found.read().decode("utf-8", "replace")
        return time.monotonic() - began, found.status, found.headers.get_content_type(), text
    finally:
        connection.close()


def asked(site, wanted):
    """Ask for each of ``wanted`` (path, headers, body) many times, all at once; answers by path."""
    with ThreadPoolExecutor(PEOPLE * len(wanted)) as pool:
        waiting = [(each[0], pool.submit(ask, site, *each)) for _ in range(PEOPLE) for each in wanted]
        found = {each[0]: [] for each in wanted}
        for path, answer in waiting:
            found[path].append(answer.result())
    return found


def test_a_silent_postgresql_is_given_up_soon_and_what_needs_none_goes_on(models, tmp_path):
    with postgresql() as database:
        state = State(tmp_path, database.url)
        (before, cookie), token = ana(state)
        with serve(models, tmp_path, DATABASE_URL=database.url, SECRET_KEY=KEY) as site:
            page = {**cookie, "Accept": "text/html"}
            callback = {**cookie, "Content-Type": "application/json"}
            wanted = [
                ("/", page),
                ("/api/v1/segments", token),
                ("/_dash-layout", cookie),
                ("/_dash-update-component", callback, "{}"),
                ("/export/customers.csv", cookie),
                ("/readyz", {}),
            ]
            assert ask(site, "/", before)[1] == 200  # what another session is remembered for is no help
            with database.silent():
                for _ in range(2):  # the second time it is known already
                    found = asked(site, [*wanted, *((path, {}) for path in NEEDS_NONE)])
                    for path in NEEDS_NONE:
                        assert {answer[1] for answer in found[path]} == {200}, path
                        assert max(answer[0] for answer in found[path]) < AT_ONCE, path
                    for path, *_ in wanted:
                        assert {answer[1] for answer in found[path]} == {503}, path
                        assert max(answer[0] for answer in found[path]) < GIVEN_UP, path
                kind, text = found["/"][0][2:]
                assert kind == "text/html"
                assert "The site’s records are not available" in text
                assert {found[path][0][2] for path in ("/_dash-layout", "/_dash-update-component")} == {
                    "application/json"
                }
                assert found["/api/v1/segments"][0][2] == "application/problem+json"
                assert json.loads(found["/readyz"][0][3]) == {"status": "not ready"}
            end = time.monotonic() + PATIENCE
            while {ask(site, "/", page)[1], ask(site, "/readyz", {})[1]} != {200}:
                assert time.monotonic() < end
        assert '"message": "failed"' not in site.log.read_text()


def test_a_lock_on_the_file_of_records_that_another_program_keeps_is_given_up_soon(models, tmp_path):
    state = State(tmp_path / "state")
    (cookie, _), _ = ana(state)
    with serve(models, tmp_path, SECRET_KEY=KEY) as site:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        wanted = [
            ("/sign-in", form, f"name=ana&password={PASSWORD.replace(' ', '+')}"),
            ("/export/rules.csv", cookie),
            ("/healthz", {}),
            ("/_dash-layout", cookie),
        ]
        with closing(sqlite3.connect(site.state / FILE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(2):
                found = asked(site, wanted)
                told = {path: {answer[1] for answer in found[path]} for path, *_ in wanted}
                assert told == {
                    "/sign-in": {503},
                    "/export/rules.csv": {503},
                    "/healthz": {200},
                    "/_dash-layout": {200},
                }
                assert max(answer[0] for path in told for answer in found[path]) < GIVEN_UP
                assert max(answer[0] for answer in found["/healthz"]) < AT_ONCE
            other.execute("ROLLBACK")
        end = time.monotonic() + PATIENCE
        while ask(site, "/export/rules.csv", cookie)[1] != 200:
            assert time.monotonic() < end
        assert '"message": "failed"' not in site.log.read_text()
