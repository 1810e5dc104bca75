"""Orders opened in a browser by a press, a link and their number; from one customer of a list to the next."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from layouts.ids import Customers, Segments, Shell
from services.serving.customers.orders import orders
from tests.browser.axe import violations_in_two_looks
from tests.browser.site.test_requests import asking
from tests.browser.waiting import go_within, settled

FIRST_ROW = f"#{Segments.GRID} .ag-center-cols-container .ag-row[row-index='0'] a"


def best(release) -> tuple[int, str]:
    row = int(release.customers["order_monetary"][-1])
    return row, release.id_of(row)


def heading(page: Page):
    return page.locator(f"#{Customers.ID}")


def test_an_order_is_opened_by_one_request_stands_in_the_link_and_is_closed_again(stayed, release):
    row, customer = best(release)
    latest, *_ = sorted(orders(release, row), key=lambda each: each.bought_at, reverse=True)
    page = go_within(stayed, f"/customers?id={customer}")
    opened, link = page.locator(f"#{Customers.ORDER_LINES}"), page.locator(f"#{Customers.ORDERS} a").first
    expect(link).to_have_text(latest.invoice)
    with asking(page) as asked:
        link.click()
        expect(opened.get_by_role("heading")).to_have_text(f"Order {latest.invoice}")
    assert len(asked) == 1, asked
    expect(opened.get_by_role("heading")).to_be_focused()
    expect(opened.get_by_role("row")).to_have_count(latest.lines + 1)
    expect(page).to_have_url(re.compile(rf"\?id={customer}&order={latest.invoice}$"))
    assert violations_in_two_looks(page) == []
    address = page.url
    opened.get_by_role("button", name="Close").click()
    expect(opened).to_be_empty()
    expect(page).not_to_have_url(address)
    page.goto(address)
    expect(opened.get_by_role("row")).to_have_count(latest.lines + 1)


def test_the_number_of_an_order_typed_at_the_top_opens_it(stayed, release):
    row, customer = best(release)
    number = orders(release, row)[0].invoice
    page = stayed
    page.locator(f"#{Shell.LOOKUP}").fill(number)
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(customer)
    expect(page.locator(f"#{Customers.ORDER_LINES}").get_by_role("heading")).to_have_text(f"Order {number}")


def test_j_and_k_go_through_the_list_that_one_came_from(stayed, release):
    page = go_within(stayed, "/?sort=recency:asc")
    first = page.locator(FIRST_ROW)
    expect(first).not_to_be_empty()  # a row is there before what stands in it
    name = first.text_content()  # and is there before it is painted
    assert name
    first.click()
    expect(heading(page)).to_have_text(name)
    way = page.locator(".sd-way")
    expect(way).to_contain_text(f"1 of {release.count:,}")
    expect(way.get_by_role("link")).to_have_count(1)
    after = way.get_by_role("link").get_attribute("aria-label").removeprefix("Next customer, ")
    page.keyboard.press("j")
    expect(heading(page)).to_have_text(after)
    expect(way).to_contain_text(f"2 of {release.count:,}")
    settled(page).reload()
    expect(way).to_contain_text(f"2 of {release.count:,}")
    page.keyboard.press("k")
    expect(heading(page)).to_have_text(name)
    page.get_by_role("link", name=f"Audience of these {release.count:,}").click()
    expect(page).to_have_url(re.compile(r"/audiences\?save=segments$"))
