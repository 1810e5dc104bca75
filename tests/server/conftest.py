"""A site behind the guide's proxy, for the files of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.front import Front, hosted


@pytest.fixture(scope="session")
def front(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """A hosted site of two workers, with the account ``ana``, and nginx in front of it."""
    with hosted(models, tmp_path_factory.mktemp("proxy")) as running:
        yield running
