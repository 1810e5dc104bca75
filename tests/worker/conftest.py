"""A site with workers whose trainings take no time."""

from __future__ import annotations

import pytest

from tests.worker.stage import Stage


@pytest.fixture
def stage(tmp_path):
    made = Stage(tmp_path)
    yield made
    made.close()
