"""A browser for a session, a context for a visitor, and a console that has to stay silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from services.releases import read_current
from services.serving.release.loaded import Loaded
from tests.browser import chromium
from tests.browser.console import Console
from tests.browser.visitors import Visitors, at_help
from tests.browser.waiting import PATIENCE
from tests.running import Site

HERE = Path(__file__).parent
SCRIPTS = HERE / "assets"  # without a site, and fast enough for `make check`
# A context's own patience does not cover expectations, which give up after five seconds.
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and SCRIPTS not in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium.find()
    if executable is None:
        pytest.fail(chromium.MISSING)
    arguments = [*chromium.arguments(), "--process-per-site"]  # see visitors.py
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield running
        running.close()


@pytest.fixture(scope="session")
def visitors(browser: Browser) -> Visitors:
    return Visitors(browser)


@pytest.fixture
def console() -> Iterator[Console]:
    """What all pages of the test wrote; a test that provokes an error says ``console.allow("its text")``."""
    collected = Console()
    yield collected
    collected.check()


@pytest.fixture
def visitor(visitors: Visitors, console: Console) -> Iterator[Callable[..., Page]]:
    """Open a page as a new visitor; takes the options of Playwright's ``new_context``.

    The first visitor of a test gets a context that knows the site's scripts; ``alone=True`` is for a test
    that changes the browser itself (its clock, its connection), or counts what is loaded.
    ``new=True`` is somebody to whom the first visit is still to be offered.
    """
    with visitors.of_a_test(console) as open_page:
        yield open_page


@pytest.fixture
def page(visitor: Callable[..., Page], site: Site) -> Page:
    """A visitor of the running site; ``page.goto("/customers")`` is enough of an address."""
    return visitor(base_url=site.url)


@pytest.fixture(scope="module")
def staying(visitors: Visitors, site: Site) -> Iterator[Page]:
    """The page that stays open over the tests of a file, for ``stayed``; a file may have one of its own."""
    with visitors.staying(site.url) as opened:
        yield opened


@pytest.fixture
def stayed(staying: Page, console: Console) -> Iterator[Page]:
    """A page at rest at Help, for a test that goes on from there with ``go_within``.

    It is the page of the file's tests before: as somebody has it who works on, and a second cheaper than
    a visitor of one's own.
    """
    with at_help(staying, console) as opened:
        yield opened


@pytest.fixture(scope="session")
def release(models: Path) -> Loaded:
    """The release that ``site`` shows."""
    return Loaded(models, read_current(models))
