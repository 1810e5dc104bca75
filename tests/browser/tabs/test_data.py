"""The tab Data in a real browser: open it, look at a table by keyboard, go to another release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.releases.tiny import make_tiny_release
from tests.running import Site, serve


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str, str]]:
    """A site with an earlier release and the active one."""
    models = tmp_path_factory.mktemp("models")
    old = make_tiny_release(models, 4, made_at=datetime(2026, 11, 20, tzinfo=UTC))
    new = make_tiny_release(models)
    with serve(models, tmp_path_factory.mktemp("site"), WEB_CONCURRENCY="1") as running:
        yield running, old, new


def test_a_table_and_the_digest_are_reached_by_keyboard_and_the_table_holds_the_charts_numbers(
    visitor: Callable[..., Page], two
):
    site, _old, _new = two
    page = visitor(base_url=site.url)
    page.goto("/data")
    sales = page.get_by_role("region", name="Sales by month", exact=True)
    expect(sales.locator(".js-plotly-plot .bars path").first).to_be_visible()
    sales.get_by_role("button", name="Chart").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    table = sales.get_by_role("table", name="Revenue, orders and customers by month")
    expect(table.get_by_role("row").last).to_contain_text("Nov 2011")
    expect(sales.locator(".js-plotly-plot")).to_be_hidden()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(sales.locator(".js-plotly-plot")).to_be_visible()
    whole = page.get_by_text("0" * 64)
    page.locator(".sd-data-digest summary").focus()
    expect(whole).to_be_hidden()
    page.keyboard.press("Enter")
    expect(whole).to_be_visible()


def test_a_link_shows_the_site_as_it_was_with_an_earlier_release(visitor: Callable[..., Page], two):
    site, old, new = two
    page = visitor(base_url=site.url)
    page.goto("/data")
    expect(page.locator("#data-sub-text")).to_contain_text(new)
    page.get_by_role("link", name=old).press("Enter")
    expect(page.locator("#data-sub-text")).to_contain_text(old)
    expect(page).to_have_url(f"{site.url}/data?release={old}")
    expect(page.get_by_role("row", name=old)).to_contain_text("Shown here")
    expect(page.locator(".sd-kpi").nth(2)).to_contain_text("4")


def test_the_page_is_accessible_with_charts_and_with_tables(visitor, site: Site):
    page = visitor(base_url=site.url, **axe.FIRST_LOOK)
    page.goto("/data")
    expect(page.locator("#data-evidence-graph .js-plotly-plot .scatterlayer path").first).to_be_visible()
    assert axe.violations_in_two_looks(page) == []
    for button in page.get_by_role("button", name="Table").all():
        button.click()
    expect(page.get_by_role("table", name="Measures by number of clusters")).to_be_visible()
    assert axe.violations_in_two_looks(page) == []
