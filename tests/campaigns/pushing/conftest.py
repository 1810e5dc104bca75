"""A site that sends audiences, and who takes them."""

from __future__ import annotations

import pytest

from tests.campaigns.pushing.stage import Stage
from tests.releases.tiny import make_tiny_release
from tests.watching.receiver import receiver


@pytest.fixture(scope="session")
def shop_models(tmp_path_factory):
    """A models folder with a release of 30 customers; only to be read."""
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder, 30)
    return folder


@pytest.fixture
def told():
    with receiver() as running:
        yield running


@pytest.fixture
def stage(tmp_path, shop_models, told):
    made = Stage(tmp_path, shop_models, told.url)
    yield made
    made.close()
