"""Records of a site, a clock, and an audience that is to be sent."""

from __future__ import annotations

import pytest

from services.site.pushes.sending import Sending
from services.site.state import State
from tests.clock import Clock
from tests.site.pushing import audience_of


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sending(state, clock):
    return Sending(state, clock)


@pytest.fixture
def audience(state):
    return audience_of(state)
