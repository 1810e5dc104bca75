"""The app in this process, over a release that exists in name only: the shell needs no more."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app import create_app
from services.serving.release.cache import AnswerCache
from services.site.settings import Settings
from services.site.state import State

RELEASE = SimpleNamespace(
    id="20111210T125000Z-3fa9c1",
    manifest=SimpleNamespace(
        data_to="2011-12-09T12:50:00",
        made_at="2026-11-21T22:45:00+00:00",
        detected=SimpleNamespace(currency=None),
    ),
)


class Named:
    """A models folder with one release, or none."""

    def __init__(self, release: object) -> None:
        self.release = release
        self.problem = None if release else "There is no release yet."

    def current(self):
        return self.release

    def at(self, _asked):
        return self.release

    def listing(self):
        return []


def named(settings: Settings, release: object) -> SimpleNamespace:
    """Return services that know a release by name, or none."""
    return SimpleNamespace(
        settings=settings, releases=Named(release), cache=AnswerCache(), state=State(settings.state_dir)
    )


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    settings = Settings(state_dir=tmp_path_factory.mktemp("state"))
    return create_app(settings, named(settings, RELEASE))


@pytest.fixture
def client(app):
    return app.server.test_client()


@pytest.fixture(scope="session")
def german_app(tmp_path_factory):
    """A second site in this process, which writes otherwise."""
    settings = Settings(currency="EUR", locale="de_DE", state_dir=tmp_path_factory.mktemp("state"))
    return create_app(settings, named(settings, RELEASE))


@pytest.fixture(scope="session")
def app_without_release(tmp_path_factory):
    settings = Settings(currency="EUR", locale="de_DE", state_dir=tmp_path_factory.mktemp("state"))
    return create_app(settings, named(settings, None))
