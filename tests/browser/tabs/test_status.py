"""Old data is said above every page, and Status says how the site is doing, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.waiting import expect_to_fit
from tests.releases.tiny import make_tiny_release
from tests.running import serve


def test_old_data_is_said_until_it_is_hidden_and_leads_on_to_status(visitor: Callable[..., Page], tmp_path):
    make_tiny_release(tmp_path / "models")
    with serve(tmp_path / "models", tmp_path, DATA_MAX_AGE_DAYS="7", WEB_CONCURRENCY="1") as site:
        page = visitor(base_url=site.url, viewport={"width": 390, "height": 900})
        page.goto("/help")
        said = page.get_by_text("The data ends on 30 November 2011,")
        expect(said).to_be_visible()
        assert axe.violations(page) == []
        expect_to_fit(page)
        page.get_by_role("link", name="Open Data").click()
        expect(page.get_by_text("Bring newer sales and train on them.")).to_have_count(2)  # and the card's
        for note in ("local mode", "old data"):
            page.get_by_role("button", name=f"Hide the note on {note}").click()
        expect(said).to_be_hidden()
        page.get_by_role("link", name="Status").click()
        expect(page.get_by_text("Data and worker need a look.")).to_be_visible()
        assert axe.violations(page) == []
        expect_to_fit(page)
        page.reload()
        expect(page.get_by_text("Data and worker need a look.")).to_be_visible()
        expect(said).to_be_hidden()
        expect(page.get_by_text("Local mode.")).to_be_hidden()
