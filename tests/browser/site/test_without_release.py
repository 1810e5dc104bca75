"""A release that becomes unusable under an open page, and a site without any: said once, without remains."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from layouts.ids import Shell, Training
from services.releases import activate
from services.site.jobs.leases import Leases
from services.site.ledger import Ledger
from services.site.state import State
from tests.browser import axe
from tests.browser.console import Console
from tests.browser.waiting import expect_to_fit, go_within
from tests.releases.tiny import make_tiny_release
from tests.running import ROOT, Site, serve
from tests.site.ledger.keeping import keep

FOLDER = ROOT / "screenshots"
LOOKED_AT = 0.7  # seconds; the site looks at sizes twice a second
SAID = "cannot be used: model.pkl"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("own")
    make_tiny_release(folder / "models")
    with serve(folder / "models", folder) as running:
        yield running


@pytest.fixture
def own(served: Site) -> Site:
    """A site whose active release is sound; a test may damage it."""
    activate(served.models, make_tiny_release(served.models))
    time.sleep(LOOKED_AT)
    return served


def damage(site: Site) -> Path:
    """Cut the active release's model short."""
    release = (site.models / "CURRENT").read_text().strip()
    model = site.models / "releases" / release / "model.pkl"
    model.write_bytes(b"")
    return model


@pytest.mark.parametrize(
    ("address", "leads_on"),
    [("/", "?r_min=2"), pytest.param("/baskets", "?min_lift=2", marks=pytest.mark.long)],
)
def test_a_release_damaged_under_an_open_page_is_said_once_without_skeleton_or_toast(
    visitor: Callable[..., Page], own: Site, console: Console, address: str, leads_on: str
):
    page = visitor(base_url=own.url)
    page.goto(address)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    damage(own)
    page.wait_for_timeout(LOOKED_AT * 1000)
    go_within(page, leads_on)
    expect(page.get_by_text(SAID)).to_have_count(1)
    expect(page.locator(".sd-sk, [aria-busy=true]")).to_have_count(0)
    expect(page.locator(".sd-toasts > *")).to_have_count(0)
    activate(own.models, make_tiny_release(own.models))
    page.wait_for_timeout(LOOKED_AT * 1000)
    console.allow("503")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("h1:visible")).to_be_visible()
    expect(page.get_by_text(SAID)).to_have_count(0)


@pytest.mark.slow
def test_the_first_release_of_a_site_is_asked_for_and_published_in_the_browser(
    visitor: Callable[..., Page], tmp_path: Path, console: Console
):
    """The test does what a worker would; that a file is read and added is asked elsewhere."""
    console.allow("503")
    (tmp_path / "models").mkdir()
    with serve(tmp_path / "models", tmp_path, "/healthz", WEB_CONCURRENCY="1") as site:
        page = visitor(base_url=site.url)
        page.goto("/")
        page.get_by_role("link", name="Bring a file").click()
        expect(page.get_by_text("Up to 200 MB each.")).to_be_visible()
        assert axe.violations(page) == []
        keep(Ledger(site.state), "may.csv", "customer;date;amount\nA;2024-05-01;3\n")
        page.get_by_role("link", name="Data", exact=True).last.click()
        expect(page.get_by_text("There is no release yet.").first).to_be_visible()
        page.get_by_role("button", name="Train on the ledger").click()
        expect(page.locator(f"#{Training.FINDING}")).to_contain_text("training waits")
        state = State(site.state)
        worker = Leases(state, "worker")
        job = worker.claim()
        assert (job.on_ledger, job.asked["preset"]["id"]) == (True, "standard")
        first = make_tiny_release(site.models, active=False)
        worker.finish(job, first, "")
        state.close()
        page.locator(f"#{Training.CARD}").get_by_role("link", name="Look at it and publish it").click()
        expect(page.get_by_text("Once it is published, every page shows it.")).to_be_visible()
        assert axe.violations(page) == []
        page.get_by_role("button", name="Publish this release").click()
        page.get_by_role("button", name="Show this release").click()
        expect(page.locator(f"#{Shell.MAIN}")).to_have_attribute("data-release", first)
        page.close()  # it asks the site which release is active


@axe.in_all_looks()
def test_a_site_without_a_release_says_so_on_a_page_that_fits_and_is_accessible(
    visitor: Callable[..., Page], own: Site, console: Console, width: int, theme: str
):
    console.allow("503")
    for release in (own.models / "releases").iterdir():  # or the last good one would be shown
        (release / "model.pkl").write_bytes(b"")
    page = visitor(base_url=own.url, color_scheme=theme, viewport={"width": width, "height": 900})
    page.wait_for_timeout(LOOKED_AT * 1000)
    page.goto("/")
    expect(page.get_by_role("heading", name="There is nothing to show now")).to_be_visible()
    expect(page.get_by_text(SAID)).to_have_count(1)
    FOLDER.mkdir(exist_ok=True)
    page.screenshot(path=FOLDER / f"without-release-{width}-{theme}.png", full_page=True)
    assert axe.violations(page) == []
    expect_to_fit(page)
    expect(page.get_by_role("link", name="Open Data")).to_have_attribute("href", "/data")
