"""A site that does not answer for a while: what a page shows meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Page, Request, Route, expect

from tests.browser.waiting import PATIENCE, settled

PRESSED = "[data-sd-pressed]"
SHAPES = "[data-sd-shape], .sd-first-page"
REQUESTS = "**/_dash-update-component*"
# Milliseconds from the last press to the first sign and to the first grey shape, by the page's own clock.
STAMPS = """
(() => {
  const press = () => { window.stamps = { press: performance.now() }; };
  for (const kind of ["click", "change"]) window.addEventListener(kind, press, true);
  window.addEventListener("keydown", (event) => { if (event.key === "Enter") press(); }, true);
  window.stamps = {};
  const stamp = (name) => { window.stamps[name] ??= performance.now(); };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.target.hasAttribute?.("data-sd-pressed")) stamp("sign");
      if (change.target.hasAttribute?.("data-sd-shape")) stamp("shapes");
      if ([...change.addedNodes].some((node) => node.className === "sd-first-page")) stamp("shapes");
    }
  }).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-sd-pressed", "data-sd-shape"],
  });
})()
"""


@dataclass
class Held:
    """Requests of callbacks that the site has not been given yet."""

    routes: list[Route] = field(default_factory=list)
    over: bool = False

    def take(self, route: Route) -> None:
        """Keep a request back."""
        if self.over:
            route.continue_()
        else:
            self.routes.append(route)

    def release(self) -> None:
        """Let all of them be answered."""
        self.over = True
        for route in self.routes:
            route.continue_()


@contextmanager
def no_answers(page: Page) -> Iterator[Held]:
    """Keep every request of a callback back until the block ends."""
    held = Held()
    page.route(REQUESTS, held.take)
    yield held
    held.release()


@contextmanager
def nothing_answered(page: Page) -> Iterator[Held]:
    """Keep every request of a callback from the site; at the end each is answered that nothing changes."""
    held = Held()
    page.route(REQUESTS, held.take)
    yield held
    for route in held.routes:
        route.fulfill(status=204)
    held.routes.clear()
    page.unroute(REQUESTS)


def fills(request: Request, *stores: str) -> bool:
    """Whether a request asks a callback that fills any of ``stores``."""
    asked = (request.post_data or "").partition('"inputs"')[0]
    return any(store in asked for store in stores)


def follows(request: Request, *stores: str) -> bool:
    """Whether a request asks a callback because any of ``stores`` has changed."""
    changed = (request.post_data_json or {}).get("changedPropIds", [])
    return any(f"{store}.data" in changed for store in stores)


@contextmanager
def held(page: Page, *stores: str, by: Callable[..., bool] = fills) -> Iterator[None]:
    """Keep back the callbacks that fill any of ``stores``, or follow them, until the block ends."""
    waiting: list[Route] = []
    over = False

    def hold(route: Route) -> None:
        if not over and by(route.request, *stores):
            waiting.append(route)
        else:
            route.continue_()

    page.route(REQUESTS, hold)
    yield
    # a list marks the pressed heading before it asks
    end = time.monotonic() + PATIENCE / 1000
    while not waiting and time.monotonic() < end:
        page.wait_for_timeout(20)
    assert waiting, f"nothing asked for {stores}"
    over = True
    for route in waiting:
        route.continue_()


def stamps(page: Page) -> dict[str, int]:
    """Return the milliseconds from the last press to each sign."""
    seen: dict[str, float] = page.evaluate("window.stamps")
    return {name: round(at - seen["press"]) for name, at in seen.items() if name != "press"}


def expect_at_rest(page: Page) -> None:
    """Wait until nothing says any more that the page waits."""
    settled(page)
    expect(page.locator(f"{PRESSED}, {SHAPES}, main [aria-busy=true]")).to_have_count(0)
    expect(page.locator("#shell-waiting-text")).to_be_empty()
