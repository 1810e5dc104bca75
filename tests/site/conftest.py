"""An account and its sessions, for the tests of who gets in."""

import pytest

from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.people.sessions import Sessions
from services.site.state import State
from tests.clock import Clock
from tests.site.people.signing_in import KEY, PASSWORD


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def accounts(state):
    made = Accounts(state)
    made.add("Ana@Example.org ", Role.VIEWER, PASSWORD)
    return made


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sessions(state, accounts, clock):
    return Sessions(state, KEY, clock)
