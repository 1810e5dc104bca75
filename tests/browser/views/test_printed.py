"""A page on paper: in its colours and in light, without what waits to be pressed, lists as plain tables."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.waiting import go_within

HIDDEN = (".sd-bar", ".sd-actions", ".sd-tools", ".sd-add", ".sd-skip", ".sd-toasts", ".sd-ag")


def style(page: Page, part: str, name: str) -> str:
    of = page.locator(part).first
    return of.evaluate("(part, name) => getComputedStyle(part).getPropertyValue(name)", name)


def test_segments_prints_light_whole_and_in_colour_and_is_as_before_afterwards(stayed: Page):
    page = go_within(stayed, "/?segment=loyal")
    page.emulate_media(color_scheme="dark")
    picture = page.locator("#segments-treemap-graph .main-svg").first
    expect(page.locator(".sd-ag .ag-row").first).to_be_visible()
    wide = picture.get_attribute("width")
    finding = page.locator("#segments-customers-finding")
    # what Chromium says before and after it prints, with a look in between
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(picture).to_have_attribute("width", "660")
    page.emulate_media(media="print")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    for part in HIDDEN:
        expect(page.locator(part).first).to_be_hidden()
    expect(finding).to_be_visible()
    expect(page.locator(".sd-chip-on")).to_be_visible()
    rows = page.locator(".sd-printed tbody tr")
    assert rows.count() > 1
    expect(rows.first.locator(".sd-seg")).to_have_text("Loyal")
    expect(page.locator(".sd-printed .sd-note")).to_contain_text("The first 50 of ")
    assert style(page, ".sd-map-cell", "print-color-adjust") == "exact"
    assert style(page, ".sd-card", "break-inside") == "avoid"
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.locator(".sd-printed")).to_have_count(0)
    expect(picture).to_have_attribute("width", wide or "")


def test_the_rules_of_baskets_print_as_the_grid_draws_them(stayed: Page):
    page = go_within(stayed, "/baskets")
    expect(page.locator(".sd-ag .ag-row").first).to_be_visible()
    shown = page.locator(".sd-ag .ag-row [col-id=lift]").first.inner_text()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.locator(".sd-printed tbody tr").first
    expect(printed).to_contain_text(shown.strip())
    page.evaluate("dispatchEvent(new Event('afterprint'))")
