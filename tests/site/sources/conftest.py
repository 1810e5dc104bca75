"""The site's records, and a clock that tests move."""

from __future__ import annotations

import pytest

from services.site.state import State
from tests.clock import Clock


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "state")
    yield opened
    opened.close()


@pytest.fixture
def clock():
    return Clock()
