"""The tab Customers in a real browser: look up, go on, come back, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.visitors import Visitors
from tests.browser.waiting import expect_query, go_within, settled
from tests.running import Site, serve
from tests.serving.shops import AWKWARD, shop

UNKNOWN = "98765"


@pytest.fixture(scope="module")
def shop_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the small shop's release."""
    with serve(shop().folder.parents[1], tmp_path_factory.mktemp("site"), WEB_CONCURRENCY="1") as running:
        yield running


@pytest.fixture(scope="module")
def staying(visitors: Visitors, shop_site: Site) -> Iterator[Page]:
    with visitors.staying(shop_site.url) as opened:
        yield opened


@pytest.fixture
def page(stayed: Page) -> Page:
    return stayed


def look_up(page: Page, typed: str) -> None:
    page.get_by_role("search").get_by_label("Find a customer").fill(typed)
    page.keyboard.press("Enter")


def heading(page: Page):
    return page.locator("h1:visible")


def test_a_visitor_types_an_id_at_the_top_and_reads_the_segments_name(page: Page):
    go_within(page, "/")
    look_up(page, "12030")
    expect(heading(page)).to_have_text("12030")
    expect(page.locator("#customers-segment-span")).to_have_text("Champions")
    expect(page.locator("#customers-reason-text")).to_contain_text("Champions: last ordered")
    expect(page).to_have_url(f"{page.evaluate('location.origin')}/customers?id=12030")
    expect(page.get_by_role("region", name="Spend by month").locator(".bars path").first).to_be_visible()
    expect(page.locator("#customers-similar-div").get_by_role("row")).to_have_count(6)


def test_the_tab_of_the_browser_names_the_customer_and_nobody_once_there_is_none(page: Page):
    go_within(page, "/customers?id=12030")
    expect(page).to_have_title("Customer 12030 · Segment Desk")
    look_up(settled(page), "A/1 & B")
    expect(page).to_have_title("Customer A/1 & B · Segment Desk")
    page.go_back()
    expect(page).to_have_title("Customer 12030 · Segment Desk")
    look_up(settled(page), UNKNOWN)
    expect(page).to_have_title("Customers · Segment Desk")
    page.go_back()
    expect(page).to_have_title("Customer 12030 · Segment Desk")
    page.get_by_role("navigation").get_by_role("link", name="Data").click()
    expect(heading(page)).to_have_text("Data")
    expect(page).to_have_title("Data · Segment Desk")
    page.go_back()
    expect(heading(page)).to_have_text("12030")
    expect(page).to_have_title("Customer 12030 · Segment Desk")


def test_c1_an_unknown_id_clears_the_customer_and_back_brings_it_back(page: Page):
    go_within(page, "/customers?id=12030")
    expect(heading(page)).to_have_text("12030")
    look_up(page, UNKNOWN)
    expect(page.get_by_text(f"No customer {UNKNOWN} in this release")).to_be_visible()
    expect(page.locator("#customers-id-heading")).to_have_text("")
    expect(page.locator("#customers-similar-div")).to_have_text("")
    expect(heading(page)).to_have_text("Customers")
    page.go_back()
    expect(heading(page)).to_have_text("12030")
    expect(page.locator("#customers-similar-div").get_by_role("row")).to_have_count(6)
    page.go_forward()
    expect(page.get_by_text(f"No customer {UNKNOWN} in this release")).to_be_visible()


def test_from_one_customer_to_the_next_each_figure_is_asked_for_once(page: Page):
    go_within(page, "/customers?id=12030")
    expect(heading(page)).to_have_text("12030")
    settled(page)
    asked = []
    page.on("request", lambda request: asked.append(request.post_data or ""))
    similar = page.locator("#customers-similar-div").get_by_role("link").first
    name = similar.inner_text()
    similar.click()
    expect(heading(page)).to_have_text(name)
    settled(page)
    posted = [body for body in asked if "customers-" in body or "_pages_content" in body]
    # the head with what the site keeps of them, and the cards
    assert len(posted) == 2, [body[:80] for body in posted]
    page.go_back()
    expect(heading(page)).to_have_text("12030")


def test_what_to_offer_changes_with_its_choices_and_the_choice_stays_with_the_next_customer(page: Page):
    go_within(page, "/customers?id=12030")
    card = page.get_by_role("region", name="What to offer").first
    expect(card.get_by_label("Method")).to_be_visible()
    card.get_by_label("Buy again").check()
    expect(card.locator(".sd-finding")).to_contain_text("bought before and still on sale")
    expect(card.get_by_role("listitem").first).to_contain_text("of this customer")
    expect(card.get_by_label("Method")).to_be_hidden()
    look_up(page, "12033")
    expect(heading(page)).to_have_text("12033")
    expect(card.get_by_role("listitem").first).to_contain_text("of this customer")
    card.get_by_label("New to them").check()
    card.get_by_label("Method").select_option(label="Recent best sellers")
    expect(card.locator(".sd-finding")).to_contain_text("new to this customer")


def test_cards_that_fail_keep_nothing_of_the_customer_before(page: Page):
    go_within(page, "/customers?id=12030")
    rows = page.locator("#customers-similar-div").get_by_role("row")
    expect(rows).to_have_count(6)
    # what callbacks.shared.failures puts into the first of a failed callback's outputs
    told = "{type: 'P', namespace: 'dash_html_components', props: {children: 'could not be shown'}}"
    page.evaluate(f"dash_clientside.set_props('customers-months-finding', {{children: {told}}})")
    expect(page.get_by_text("could not be shown")).to_be_visible()
    expect(rows).to_have_count(0)
    expect(page.locator("#customers-history-div")).to_have_text("")


def test_several_ids_pasted_at_once_become_a_table_and_an_address(page: Page):
    go_within(page, "/customers")
    page.get_by_placeholder("One ID, or several pasted at once").fill(f"12030\n12031\n{UNKNOWN}")
    page.get_by_role("button", name="Find").click()
    table = page.get_by_role("table", name="Customers looked up")
    expect(table.get_by_role("row")).to_have_count(3)
    expect(page.get_by_text("1 ID is not in this release.")).to_be_visible()
    expect_query(page, {"id": ["12030", "12031", UNKNOWN]})
    table.get_by_role("link", name="12031").click()
    expect(heading(page)).to_have_text("12031")


def test_awkward_ids_are_text_and_addresses(page: Page):
    go_within(page, f"/customers?id={quote(AWKWARD[0], safe='')}")
    expect(heading(page)).to_have_text(AWKWARD[0])
    for customer in AWKWARD.values():
        look_up(page, customer)
        expect(heading(page)).to_have_text(customer)
    page.reload()
    expect(heading(page)).to_have_text(customer)


def test_c4_a_tag_for_an_id_stays_text(page: Page):
    go_within(page, "/customers")
    look_up(page, "<img src=x onerror=document.title=1>")
    expect(
        page.get_by_text("No customer <img src=x onerror=document.title=1> in this release")
    ).to_be_visible()
    assert page.locator("main img").count() == 0


def test_by_keyboard_alone_from_the_look_up_to_a_table(page: Page):
    go_within(page, "/customers")
    expect(page.get_by_text("Type an ID, or paste several")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("12030")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("12030")
    card = page.get_by_role("region", name="Spend by month").first
    card.get_by_role("button", name="Chart").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(card.get_by_role("table", name="Spend by month").get_by_role("row").last).to_contain_text(
        "Dec 2024"
    )
    sort = page.locator("#customers-orders-grid").get_by_role("columnheader", name="Value")
    sort.scroll_into_view_if_needed()
    sort.focus()
    page.keyboard.press("Enter")
    expect(sort).to_have_attribute("aria-sort", "ascending")


def test_typing_offers_ids(page: Page):
    go_within(page, "/customers")
    page.get_by_role("search").get_by_label("Find a customer").press_sequentially("1203")
    expect(page.locator("#shell-lookup-options option")).to_have_count(8)
    expect(page.locator("#shell-lookup-options option").first).to_have_attribute("value", "12030")


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    visitor: Callable[..., Page], shop_site: Site
):
    page = visitor(base_url=shop_site.url, **axe.FIRST_LOOK)
    page.goto("/customers")
    for search in ("", f"?id=12031&id={UNKNOWN}", "?id=12030"):
        if search:
            go_within(page, f"/customers{search}")
        assert axe.violations_in_two_looks(page) == []
    offers = page.get_by_role("region", name="What to offer").first
    offers.get_by_label("Buy again").check()
    expect(offers.get_by_role("listitem").first).to_be_visible()
    assert axe.violations_in_two_looks(page) == []
