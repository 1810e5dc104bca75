"""An account and its sessions, for the tests of who gets in."""

import pytest

from services.site.accounts import Accounts
from services.site.roles import Role
from services.site.sessions import Sessions
from services.site.state import State
from tests.site.signing_in import KEY, PASSWORD, Clock


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
