"""The card Training in a real browser; the test does what a worker would."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from layouts.ids import Compare, Data, Training
from services.site.jobs.leases import Leases, Told
from services.site.jobs.queue import Jobs
from services.site.ledger import Ledger
from services.site.state import State
from tests.browser import axe
from tests.browser.waiting import expect_to_fit
from tests.releases.tiny import make_tiny_release
from tests.running import Site, serve
from tests.site.ledger.keeping import keep

STEPS = {"read": 0.0, "clean": 7.0, "customers": 11.0}


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[Site]:
    """A site with a release and two files in its ledger."""
    folder = tmp_path_factory.mktemp("desk")
    make_tiny_release(folder / "models", made_at=datetime(2026, 11, 21, tzinfo=UTC))
    for name, month in (("april.csv", 4), ("may.csv", 5)):
        text = f"customer;date;amount\nA;2024-{month:02}-01;3\n"
        keep(Ledger(folder / "state"), name, text, month)
    with serve(folder / "models", folder, WEB_CONCURRENCY="1") as running:
        yield running


@pytest.fixture
def state(desk: Site) -> Iterator[State]:
    opened = State(desk.state)
    yield opened
    opened.close()


def card(page: Page) -> Locator:
    return page.locator(f"#{Training.CARD}")


def finding(page: Page) -> Locator:
    return page.locator(f"#{Training.FINDING}")


def working(state: State) -> Leases:
    """Return a worker that is heard of for an hour, however slowly the test goes."""
    return Leases(state, "worker", lambda: time.time() + 3_600)


def opened(page: Page) -> Page:
    page.goto(f"/data#{Training.CARD}")
    expect(card(page).get_by_text("may.csv")).to_be_visible()
    return page


def test_a_training_on_the_ledger_is_followed_to_its_release_by_two_people(
    visitor: Callable[..., Page], desk: Site, state: State
):
    page, other = visitor(base_url=desk.url), visitor(base_url=desk.url)
    opened(page)
    expect(card(page).get_by_text("No worker is running.")).to_be_visible()
    worker = working(state)
    worker.show()
    assert axe.violations(page) == []
    page.get_by_role("button", name="Train on the ledger").click()
    expect(finding(page)).to_contain_text("The training waits for the worker.")
    job = worker.claim()
    assert (job.on_ledger, job.asked["preset"]["id"]) == (True, "standard")
    worker.beat(job.id, STEPS, 0.25, 48, "")
    other.goto("/data")
    for each in (page, other):
        expect(finding(each)).to_contain_text("step 3 of 9. About 50 seconds left.")
        expect(card(each).get_by_role("progressbar")).to_have_attribute("aria-valuenow", "25")
        expect(card(each).get_by_role("button", name="Train on the ledger")).to_be_hidden()
    assert axe.violations(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    expect_to_fit(page)
    page.reload()
    expect(finding(page)).to_contain_text("step 3 of 9. About 50 seconds left.")
    new = make_tiny_release(desk.models, 8, made_at=datetime(2026, 11, 22, tzinfo=UTC), active=False)
    worker.finish(job, new, "")
    for each in (page, other):
        expect(finding(each)).to_contain_text("The training has made a release.")
        expect(each.locator(f"#{Data.LISTED}")).to_contain_text(new)  # listed without a reload
    other.get_by_role("link", name="Compare it with the active one").click()
    expect(other.locator(f"#{Compare.CHOICE}")).to_have_value(new)
    for each in (page, other):  # an open page asks the site
        each.close()


def test_a_training_is_stopped_and_the_other_person_sees_it(
    visitor: Callable[..., Page], desk: Site, state: State
):
    page, other = visitor(base_url=desk.url), visitor(base_url=desk.url)
    worker, jobs = working(state), Jobs(state)
    opened(page).get_by_role("button", name="Train on the ledger").click()
    expect(card(page).get_by_role("button", name="Stop")).to_be_visible()
    job = worker.claim()
    worker.beat(job.id, STEPS, 0.25, None, "")
    other.goto("/data")
    expect(finding(other)).to_contain_text("step 3 of 9.")
    page.get_by_role("button", name="Stop").click()
    expect(finding(page)).to_contain_text("is being stopped.")
    assert worker.beat(job.id, STEPS, 0.25, None, "") is Told.CANCELLED
    worker.stopped(job.id, "last line")
    for each in (page, other):
        expect(finding(each)).to_contain_text("The training was stopped; nothing was kept.")
        expect(card(each).get_by_role("button", name="Train on the ledger")).to_be_visible()
    card(other).get_by_text("The last lines it printed").click()
    expect(card(other).get_by_text("last line", exact=True)).to_be_visible()
    assert jobs.standing().job.cancelled_by == "local"
    for each in (page, other):
        each.close()
