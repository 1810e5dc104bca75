"""When a page has come to rest: what a test has to wait for before it reads without waiting."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

PATIENCE = 60_000  # milliseconds for a locator, a page or its rest; a machine that runs other things is slow
# Several in a row: an answer is drawn, and what it asks for in turn is under way, before the last of them.
QUIET_READINGS = 3
READING_MILLISECONDS = 50
# The first visit is offered to whom it was not offered before; a page that runs this was.
VISITED = """
(() => {
  const kept = Storage.prototype.getItem;
  Storage.prototype.getItem = function (name) {
    return name.startsWith("sd-visit-") ? "offered" : kept.call(this, name);
  };
})()
"""
COUNT_REQUESTS = """
(() => {
  const ask = window.fetch;
  window.requestsUnderWay = 0;
  window.fetch = (...given) => {
    window.requestsUnderWay += 1;
    return ask(...given).finally(() => { window.requestsUnderWay -= 1; });
  };
})()
"""


def settled(page: Page) -> Page:
    """Wait until ``page``, a visitor's, has its heading and no answer is on its way; return it.

    Patience ends with an answer that does not come. A page that is busy drawing is left to it: on a machine
    under load one reading of it takes as long as all patience.
    """
    expect(page.locator("h1:visible").first).to_be_visible()
    end = time.monotonic() + PATIENCE / 1000
    quiet = 0
    while quiet < QUIET_READINGS:
        page.wait_for_timeout(READING_MILLISECONDS)
        waits = page.evaluate("window.requestsUnderWay") > 0
        assert not waits or time.monotonic() < end, "The page still waits for answers of the site."
        quiet = 0 if waits else quiet + 1
    return page


def go_within(page: Page, address: str) -> Page:
    """Open another address of the site as a link does, without loading ``page`` anew, until it rests."""
    with page.expect_response("**/_dash-update-component*"):
        page.evaluate(
            "to => { history.pushState({}, '', to); dispatchEvent(new Event('_dashprivate_pushstate')) }",
            address,
        )
    return settled(page)


def query(page: Page) -> dict[str, list[str]]:
    """Return what the address asks for."""
    return parse_qs(urlsplit(page.url).query)


def expect_query(page: Page, asked: dict[str, list[str]]) -> None:
    """Wait until the address asks for exactly this."""
    page.wait_for_url(lambda address: parse_qs(urlsplit(address).query) == asked)


def expect_to_fit(page: Page) -> None:
    """Fail if ``page``, once it rests, can be scrolled sideways."""
    viewport = settled(page).viewport_size
    assert viewport is not None
    end = time.monotonic() + PATIENCE / 1000
    # charts and tables follow a new width only after it has been drawn
    while (wide := page.evaluate("document.documentElement.scrollWidth")) > viewport["width"]:
        assert time.monotonic() < end, f"{wide} px in a window of {viewport['width']} px"
        page.wait_for_timeout(READING_MILLISECONDS)
