"""A models folder with one active tiny release, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from services.releases import read_current
from tests.releases.tiny import make_tiny_release


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    models = tmp_path_factory.mktemp("template")
    make_tiny_release(models)
    return models


@pytest.fixture
def models(template, tmp_path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "models"))


@pytest.fixture
def release_id(models) -> str:
    return read_current(models)


@pytest.fixture
def folder(models, release_id) -> Path:
    return models / "releases" / release_id
