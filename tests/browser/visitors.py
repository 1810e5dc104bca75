"""Visitors of a site: the next one in the site's own context, which is kept, or one in a context of its own.

Half of what a page costs is compiling its scripts. Chromium does that once for all pages of one process, and
``--process-per-site`` gives one process to all pages of a site in one context.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.console import Console
from tests.browser.waiting import COUNT_REQUESTS, PATIENCE, VISITED, go_within, settled

VIEWPORT = {"width": 1280, "height": 900}
OF_A_PAGE = {"viewport", "color_scheme"}
"""Options that a page of an open context can take as well."""
KEPT = "cookies,local_storage,indexeddb,websql,service_workers,cache_storage"
"""What a site can keep in a browser, but for the copies of its files."""


class Warm:
    """The context of one site, lent to one visitor after the other; none finds anything of the one before."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self._site = site
        self._first = context.new_page()
        self._first.goto("/healthz")  # the process ends with its last page

    def page(self, viewport: Any = None, color_scheme: Any = "light") -> Page:
        """Open a page."""
        page = self.context.new_page()
        page.set_viewport_size(viewport or VIEWPORT)
        page.emulate_media(color_scheme=color_scheme, reduced_motion="reduce")
        return page

    def forget(self, but: Collection[Page]) -> None:
        """Close the pages but some, and drop what the site kept."""
        for page in self.context.pages:
            if page not in but:
                page.close()
        self.context.clear_cookies()
        asked = self.context.new_cdp_session(self._first)
        asked.send("Storage.clearDataForOrigin", {"origin": self._site, "storageTypes": KEPT})
        asked.detach()


@contextmanager
def at_help(page: Page, console: Console) -> Iterator[Page]:
    """Give a page that stays open to one test, which finds it at rest at Help and nothing that was opened."""
    page.set_viewport_size(VIEWPORT)
    page.emulate_media(media="screen", color_scheme="light", reduced_motion="reduce")
    console.listen(page)
    if page.url == "about:blank":
        page.goto("/help")
        settled(page)
    elif urlsplit(page.url).path != "/help":
        go_within(page, "/help")
    yield page
    page.unroute_all()
    console.leave(page)


class Visitors:
    """Opens pages for tests in one browser."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._warm: dict[str, Warm] = {}

    @contextmanager
    def of_a_test(self, console: Console) -> Iterator[Any]:
        """Lend the function that opens a page; what was opened is closed, and forgotten, at the end."""
        lent: list[tuple[Warm, list[Page]]] = []
        contexts: list[BrowserContext] = []

        def open_page(alone: bool = False, new: bool = False, **options: Any) -> Page:
            site = options.get("base_url")
            kept = options.keys() <= OF_A_PAGE | {"base_url"}
            if site and kept and not alone and not new and not lent:
                warm = self._of_site(options.pop("base_url"))
                lent.append((warm, warm.context.pages))
                page = warm.page(**options)
            else:  # a second visitor of a test shares nothing with the first
                contexts.append(self._context(new, **options))
                page = contexts[-1].new_page()
            console.listen(page)
            return page

        try:
            yield open_page
        finally:
            for context in contexts:
                context.close()
            for warm, before in lent:
                warm.forget(before)

    @contextmanager
    def staying(self, site: str) -> Iterator[Page]:
        """Lend a page that stays open over several tests, for `at_help`."""
        page = self._of_site(site).page()
        yield page
        page.close()

    def _of_site(self, site: str) -> Warm:
        if site not in self._warm:
            self._warm[site] = Warm(self._context(new=False, base_url=site), site)
        return self._warm[site]

    def _context(self, new: bool, **options: Any) -> BrowserContext:
        given = {
            "viewport": VIEWPORT,
            "locale": "en-GB",
            "timezone_id": "Europe/London",
            "reduced_motion": "reduce",
            **options,
        }
        context = self._browser.new_context(**given)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(COUNT_REQUESTS)
        if not new:
            context.add_init_script(VISITED)
        return context
