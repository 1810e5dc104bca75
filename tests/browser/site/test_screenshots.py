"""Pictures of every tab, to be looked at: 1280 and 390 px, light and dark, into ``screenshots/``."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import in_two_looks, violations
from tests.browser.waiting import expect_to_fit, settled
from tests.pages import KEYS, address
from tests.running import ROOT

FOLDER = ROOT / "screenshots"


@in_two_looks
@pytest.mark.parametrize("key", KEYS)
def test_a_filled_tab_is_accessible_fits_its_width_and_has_its_pictures(
    visitor, site, release, key, width, theme
):
    page = visitor(base_url=site.url, color_scheme=theme, viewport={"width": width, "height": 900})
    page.goto(address(key, release))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    expect(page.get_by_text("could not be shown")).to_have_count(0)
    expect(page).to_have_title(re.compile("Segment Desk"))
    settled(page)
    FOLDER.mkdir(exist_ok=True)
    page.screenshot(path=FOLDER / f"{key}-{width}-{theme}.png", full_page=True)
    if theme == "light":
        page.screenshot(path=FOLDER / f"{key}.png")
    assert violations(page) == []
    expect_to_fit(page)
    # the other theme is half a second, another load of the page two
    other = {"light": "dark", "dark": "light"}[theme]
    page.emulate_media(color_scheme=other)
    expect(page.locator("html")).to_have_attribute("data-bs-theme", other)
    expect_to_fit(page)
    page.screenshot(path=FOLDER / f"{key}-{width}-{other}.png", full_page=True)
