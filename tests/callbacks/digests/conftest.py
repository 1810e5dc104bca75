"""A site with a small release whose people get digests."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.callbacks.digests.stage import Stage
from tests.releases.tiny import make_tiny_release


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A models folder with a small release; only to be read."""
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder, made_at=datetime(2026, 11, 21, 22, 45, tzinfo=UTC))
    return folder


@pytest.fixture
def stage(tmp_path, small):
    made = Stage(tmp_path, small)
    yield made
    made.close()
