"""Thirty customers whose chances rise by row: see ``tests/releases/tiny_churn.py``."""

from __future__ import annotations

import pytest

from services.serving.release.loaded import Loaded
from tests.releases.tiny import make_tiny_release


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Loaded:
    models = tmp_path_factory.mktemp("models")
    return Loaded(models, make_tiny_release(models, 30))
