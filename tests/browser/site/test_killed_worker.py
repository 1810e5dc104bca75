"""Workers die under an open page: it says so, keeps nothing of the customer before, and goes on."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from services.releases import read_current
from services.serving.release.loaded import Loaded
from tests.browser.console import Console
from tests.browser.waiting import PATIENCE
from tests.running import Site, serve
from tests.server.wire import hit, workers

HEADING = "h1:visible"


@pytest.fixture(scope="module")
def doomed(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of this file's own: the others' workers shall live. It outlives its own."""
    with serve(models, tmp_path_factory.mktemp("doomed")) as running:
        yield running


@pytest.fixture
def mortal(models: Path, tmp_path: Path) -> Iterator[Site]:
    """A site that dies with its test."""
    with serve(models, tmp_path) as running:
        yield running


def two_ids(models: Path) -> list[str]:
    release = Loaded(models, read_current(models))
    return [release.id_of(row) for row in (0, 1)]


def ask_frozen(page: Page, site: Site, models: Path) -> tuple[set[int], list[str]]:
    """Show one customer, and ask for another while the workers cannot answer."""
    known = two_ids(models)
    page.goto(f"/customers?id={known[0]}")
    expect(page.locator(HEADING)).to_have_text(known[0])
    frozen = workers(site)
    assert len(frozen) == 2
    hit(frozen, signal.SIGSTOP)
    page.get_by_role("search").get_by_label("Find a customer").fill(known[1])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"id={known[1]}$"))
    return frozen, known


def test_e1_a_question_whose_workers_are_killed_is_answered_by_new_ones(
    visitor: Callable[..., Page], doomed: Site, models: Path, console: Console
):
    console.allow("Failed to load resource")
    page = visitor(base_url=doomed.url, alone=True)
    frozen, known = ask_frozen(page, doomed, models)
    hit(frozen, signal.SIGKILL)
    # the browser asks again by itself where it may; where it may not, the page says so and asks again
    expect(page.locator(HEADING)).to_have_text(known[1])
    expect(page.get_by_role("alert").filter(has_text="Not connected")).to_have_count(0)
    expect(page.locator("[data-sd-kept]")).to_have_count(0)


def test_e1_new_workers_stand_in_within_five_seconds(doomed: Site):
    before = workers(doomed)
    hit(before, signal.SIGKILL)
    until = time.monotonic() + PATIENCE / 1000
    while len(workers(doomed) - before) < 2 and time.monotonic() < until:
        time.sleep(0.1)
    assert len(workers(doomed) - before) == 2


def test_e2_a_dead_site_is_said_and_nothing_of_the_customer_before_passes_for_the_answer(
    visitor: Callable[..., Page], mortal: Site, models: Path, console: Console
):
    console.allow("Failed to load resource")
    page = visitor(base_url=mortal.url, alone=True)
    frozen, _known = ask_frozen(page, mortal, models)
    hit({mortal.pid, *frozen}, signal.SIGKILL)
    expect(page.get_by_role("alert").filter(has_text="Not connected")).to_be_visible()
    expect(page.locator("#shell-main-main > .sd-kept")).to_have_text(re.compile(r"^as of \d\d:\d\d$"))
