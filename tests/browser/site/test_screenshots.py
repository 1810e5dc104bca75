"""Pictures of every tab: 1280 and 390 px, light and dark, in ``screenshots/``; none is too wide for it."""

import re

import pytest
from playwright.sync_api import expect

from layouts import words
from layouts.ids import Shell
from services.site.tabs import TABS
from tests.browser.axe import violations
from tests.browser.waiting import expect_to_fit, go_within
from tests.pages import address
from tests.running import ROOT

FOLDER = ROOT / "screenshots"
# Width and theme. The gate has what is narrow and dark, the long ring the others; axe judges two of the four.
GATE = [(390, "dark")]
RING = [(1280, "light"), (1280, "dark"), (390, "light")]
JUDGED = [(390, "dark"), (1280, "light")]


@pytest.mark.parametrize(
    "looks",
    [pytest.param(GATE, id="narrow and dark"), pytest.param(RING, id="others", marks=pytest.mark.long)],
)
@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.key)
def test_a_filled_tab_has_its_name_and_mark_is_accessible_fits_its_width_and_has_its_pictures(
    stayed, release, tab, looks
):
    page = stayed if tab.key == "help" else go_within(stayed, address(tab.key, release))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    expect(page.get_by_text("could not be shown")).to_have_count(0)
    (marked,) = [each.name for each in TABS if each.key == (tab.within or tab.key)]
    expect(page.locator(f"#{Shell.NAVIGATION} [aria-current=page]")).to_have_text(marked)
    data_to = f"Data to {words.date(release.manifest.data_to)}"
    expect(page.get_by_text(data_to, exact=True)).to_be_visible()
    title = "Customer .+" if tab.key == "customers" else re.escape(tab.name)
    expect(page).to_have_title(re.compile(f"^{title} · Segment Desk$"))
    FOLDER.mkdir(exist_ok=True)
    # another look is half a second, a load of the page two: each tab is loaded in its own tests
    for width, theme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        expect(page.locator("html")).to_have_attribute("data-bs-theme", theme)
        expect_to_fit(page)
        page.screenshot(path=FOLDER / f"{tab.key}-{width}-{theme}.png", full_page=True)
        if width == 1280 and theme == "light":
            page.screenshot(path=FOLDER / f"{tab.key}.png")
        if (width, theme) in JUDGED:
            assert violations(page) == []
    if looks is RING:  # the narrowest that anybody has: a wide screen at 400 %
        page.set_viewport_size({"width": 320, "height": 800})
        expect_to_fit(page)
