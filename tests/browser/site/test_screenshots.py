"""Pictures of every tab, to be looked at: 1280 and 390 px, light and dark, into ``screenshots/``."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.waiting import expect_to_fit, settled
from tests.running import ROOT

FOLDER = ROOT / "screenshots"
PAGES = {
    "segments": "/",
    "customer": "/customers?id={customer}",
    "predict": "/predict?recency=75&frequency=4&monetary=1797.24",
    "baskets": "/baskets",
    "clusters": "/clusters",
    "playbooks": "/playbooks",
    "data": "/data",
}


@pytest.fixture(scope="module")
def best_customer(site):
    from services.serving.release.active import Releases

    release = Releases(site.models).current()
    return release.id_of(int(release.customers["order_monetary"][-1]))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_filled_tab_is_accessible_fits_its_width_and_has_its_picture(
    visitor, site, best_customer, name, width, theme
):
    page = visitor(base_url=site.url, color_scheme=theme, viewport={"width": width, "height": 900})
    page.goto(PAGES[name].format(customer=best_customer))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    expect(page.get_by_text("could not be shown")).to_have_count(0)
    expect(page).to_have_title(re.compile("Segment Desk"))
    settled(page)
    FOLDER.mkdir(exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}-{width}-{theme}.png", full_page=True)
    if (width, theme) == (1280, "light"):
        page.screenshot(path=FOLDER / f"{name}.png")
    assert axe.violations(page) == []
    expect_to_fit(page)
