"""The tab Clusters, as an analyst uses it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from services.serving.clusters.report import report_of
from services.serving.release.loaded import Loaded
from tests.browser.axe import FIRST_LOOK, violations_in_two_looks
from tests.browser.waiting import go_within


def other_k(release: Loaded) -> int:
    return next(each["k"] for each in report_of(release)["evidence"]["ks"] if each["k"] != release.manifest.k)


def test_an_analyst_previews_another_k_shares_it_and_goes_back(stayed: Page, release):
    k, served = other_k(release), release.manifest.k
    page = go_within(stayed, "/clusters")
    select = page.get_by_label("Look at")
    expect(select).to_have_value(str(served))
    expect(page.locator(".sd-profile")).to_have_count(served)
    select.select_option(str(k))
    expect(page.get_by_text(f"train with --k {k} to use it")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"\?k={k}$"))
    expect(page.locator(".sd-profile")).to_have_count(served)
    page.go_back()
    expect(select).to_have_value(str(served))
    expect(page.get_by_text("to use it")).to_have_count(0)


def test_a_link_with_k_opens_the_preview_and_a_wrong_one_says_so(stayed: Page, release):
    k = other_k(release)
    page = go_within(stayed, f"/clusters?k={k}")
    expect(page.get_by_label("Look at")).to_have_value(str(k))
    expect(page.get_by_role("heading", name=f"Preview of {k} clusters, not in use")).to_be_visible()
    go_within(page, "/clusters?k=99")
    expect(page.get_by_text("“99” is not a number of clusters that was tried")).to_be_visible()
    expect(page.get_by_label("Look at")).to_have_value(str(release.manifest.k))


def test_a_cell_of_the_table_opens_the_customers_behind_it(stayed: Page):
    page = go_within(stayed, "/clusters")
    card = page.locator('section[aria-label="Segments and clusters"]')
    card.locator("td a").first.click()
    expect(page).to_have_url(re.compile(r"/\?segment=[a-z-]+&cluster=c\d+$"))


def test_axe_finds_nothing(visitor, site, release):
    page = visitor(base_url=site.url, **FIRST_LOOK)
    page.goto(f"/clusters?k={other_k(release)}")
    expect(page.locator(".sd-profile")).to_have_count(release.manifest.k)
    expect(page.locator("#clusters-inertia-graph .main-svg").first).to_be_visible()
    assert violations_in_two_looks(page) == []
