"""The page that compares releases, in a real browser: publish one, and another page hears of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from layouts.ids import Shell
from tests.browser import axe
from tests.browser.waiting import expect_to_fit
from tests.releases.tiny import make_tiny_release
from tests.running import serve


def test_a_release_is_published_seen_by_an_open_page_and_gone_back_from(
    visitor: Callable[..., Page], tmp_path
):
    models = tmp_path / "models"
    old, new = (
        make_tiny_release(models, count, made_at=datetime(2026, 11, day, tzinfo=UTC))
        for count, day in ((6, 21), (8, 22))
    )
    with serve(models, tmp_path) as site:
        other, page = visitor(base_url=site.url), visitor(base_url=site.url)
        other.goto("/data")
        shown = other.locator(f"#{Shell.MAIN}")
        expect(shown).to_have_attribute("data-release", new)
        page.goto("/data")
        page.get_by_role("link", name="Compare releases and publish one").click()
        expect(page.get_by_text("2 customers are only in the active release.")).to_be_visible()
        assert axe.violations(page) == []
        page.set_viewport_size({"width": 390, "height": 900})
        page.reload()
        expect(page.get_by_text("2 customers are only in the active release.")).to_be_visible()
        expect_to_fit(page)
        page.get_by_role("button", name="Go back to this release").click()
        expect(page.get_by_text("is active. Open pages keep the release")).to_be_visible()
        expect(other.get_by_text("The release made on 21 Nov 2026, 00:00 is now active.")).to_be_visible()
        expect(shown).to_have_attribute("data-release", new)
        other.get_by_role("button", name="Show this release").click()
        expect(shown).to_have_attribute("data-release", old)
        page.get_by_role("button", name="Publish this release").click()
        expect(other.get_by_text("The release made on 22 Nov 2026, 00:00 is now active.")).to_be_visible()
        for opened in (other, page):  # an open page asks the site which release is active
            opened.close()
