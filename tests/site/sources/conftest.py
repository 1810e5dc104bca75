"""The site's records, and a clock that tests move."""

from __future__ import annotations

import pytest

from services.site.state import State


class Clock:
    now = 1_796_083_200.0  # 2026-12-01 00:00 UTC

    def __call__(self):
        return self.now


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "state")
    yield opened
    opened.close()


@pytest.fixture
def clock():
    return Clock()
