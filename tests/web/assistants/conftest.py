"""A site that answers assistants, with 40 customers, and a program that may take lists of them away."""

from __future__ import annotations

import pytest

from services.site.people.roles import Role
from tests.releases.tiny import make_tiny_release
from tests.web.people import guarded


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder, 40)
    return folder


@pytest.fixture(scope="session")
def site(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("state"), mcp=True)


@pytest.fixture(scope="session")
def program(site):
    return site.program(Role.EXPORTER)
